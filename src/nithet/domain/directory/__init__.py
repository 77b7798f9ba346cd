"""Who and where: schools, networks, committees and stated figures of an area office (ทำเนียบ).

Each school and network is one-to-one with a tenancy `Unit`, so roles and records point at the unit and never up here.
Thai terms: โรงเรียน, กลุ่มเครือข่าย, คณะกรรมการเขตพื้นที่การศึกษา, ก.ต.ป.น.
"""
