"""The year of supervision of the second office (สพป.ตัวอย่าง เขต 1): visits, forms, answers of schools, committee, study.

Everything is made up and bears "ข้อมูลตัวอย่าง"; nobody has a name. What is written is dated as it would have been: on a working day,
after the visit that it tells of.
"""
