"""Plain Python that every floor may use, and that uses none of them: no Django, no files, no
network.

Owns: the one error type for broken rules, the clock, digests, numerals (เลขไทย, เลขอารบิก), Thai
dates (พ.ศ., months, ranges), fiscal and school years (ปีงบประมาณ, ปีการศึกษา, ภาคเรียน) and the repair
of text.

Invariants: a date is a Gregorian `datetime.date` inside and a พ.ศ. year only at the edge; every
period includes both its ends and never runs backwards; nothing here reads the machine's clock but
`clock`.
"""
