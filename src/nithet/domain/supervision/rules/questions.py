"""The four questions that a committee member is asked, and the kinds of findings that each form of a visit has."""

COMMITTEE_QUESTIONS = ("impression", "problem", "need", "suggestion")
"""สิ่งที่ประทับใจ, ปัญหาที่พบ, ความต้องการของโรงเรียน, ข้อเสนอแนะ: kinds of findings, in the order in which they are asked."""
SUPERVISION_FINDINGS = ("impression", "problem", "need", "to_develop", "suggestion")
"""What a supervisor writes down, help first."""
FINDINGS_OF = {"supervision": SUPERVISION_FINDINGS, "committee": COMMITTEE_QUESTIONS}
OPINIONS_AS_ASKED = {
    "fitted_need": "การนิเทศตรงกับความต้องการของโรงเรียน",
    "gave_way": "ได้แนวทางที่นำไปทำต่อได้จริง",
    "helped_kindly": "เป็นการช่วยเหลือกันอย่างกัลยาณมิตร ไม่ใช่การจับผิด",
}
"""The three questions about the help itself as papers print them: the very Thai words in which schools are asked."""
LEAST_OPINIONS = 5
"""Answers of schools about the help are counted from this many on; fewer would tell who said what."""
