"""What a return tells as plain facts: counts, periods, visits, channels, and what it leaves out.

Each module asks one question of a finished document. The rules are general; none knows the words
of a particular office. What is not written is not concluded.
"""
