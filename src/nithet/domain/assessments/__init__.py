"""Rounds of an office: answers, facts, narrative, judgement and sign-off (รอบการรายงาน).

Three levels stand side by side and are always named in full: ระดับจากข้อมูล (computed, by the judge, never stored before
sign-off), ระดับที่เขตประเมินตนเอง (declared, the working group's signed decision) and ระดับที่ผู้ประเมินให้ (the assessor's).
The judge never sets the declared one. A measure proposes the tick of a test; a person ticks.
"""
