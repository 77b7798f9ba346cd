"""What was agreed and by when, wherever it arose, and where it was closed (ข้อตกลง มติ จุดที่ควรพัฒนา งานมอบหมาย).

A commitment names who does it (a person, or the holder of a post) and the day. It points at what it is about and at where it
arose by record references, so that rounds, visits and meetings above this package all use the same ones. Done, dropped with
a reason, opened again, handed over: each is a decision of a person with its own line in the history.
"""
