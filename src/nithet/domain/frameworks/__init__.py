"""What good looks like: editions of official forms and standards, and the judge.

Owns the editions (ฉบับของมาตรฐาน/แบบรายงาน) with their items (ข้อ), tests (รายการตรวจ), expected evidence,
trace rule (ร่องรอยหลักฐาน) and quality levels (ระดับคุณภาพ), the catalogue of measures, and the judge that says
which level facts earn and why. It knows no office's records: facts come in from above.

Invariants: nothing about any one form is in code, an edition is a file that has passed its own checks and
cases. An edition that a round uses is frozen; a new year is a new file. The judge is a pure function: it
computes a level (ระดับจากข้อมูล) and never declares one. What is unanswered never counts as done.
"""
