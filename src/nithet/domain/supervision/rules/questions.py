"""The four questions that a committee member is asked, and the kinds of findings that each form of a visit has."""

COMMITTEE_QUESTIONS = ("impression", "problem", "need", "suggestion")
"""สิ่งที่ประทับใจ, ปัญหาที่พบ, ความต้องการของโรงเรียน, ข้อเสนอแนะ: kinds of findings, in the order in which they are asked."""
SUPERVISION_FINDINGS = ("impression", "problem", "need", "to_develop", "suggestion")
"""What a supervisor writes down, help first."""
FINDINGS_OF = {"supervision": SUPERVISION_FINDINGS, "committee": COMMITTEE_QUESTIONS}
LEAST_OPINIONS = 5
"""Answers of schools about the help are counted from this many on; fewer would tell who said what."""
