"""People and desks that sign in (ผู้ใช้งาน): who they are, never what they may do.

A *desk account* (บัญชีโต๊ะของโรงเรียน) is shared by the staff of one school: whoever sits there names themselves, and every
record then reads "ในนาม … โดย …". User names need no e-mail: a school's is its code.
"""
