"""What the office means to do: plans, projects, activities and policies with targets (แผนปฏิบัติการประจำปีงบประมาณ).

A project is entered once and serves as many items of as many editions as it does (โครงการเดียวตอบได้หลายข้อ).
"""
