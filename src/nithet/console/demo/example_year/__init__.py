"""The example records of a whole year (ข้อมูลตัวอย่าง): plain values that add up, made by rule and never by chance.

Everything here is invented and carries the badge for example data. The frame (130 schools, their sizes, 431 visits, the money)
is one consistent picture; its sums are tests. Nobody has a name.
"""
