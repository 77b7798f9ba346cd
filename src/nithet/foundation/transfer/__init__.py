"""A whole office in one file that opens on another installation (ยกข้อมูลทั้งสำนักงาน).

Works on every `OfficeOwned` model through Django's register of models and knows no domain: each package declares, in its
`references.py`, which of its fields point at records, name files, are secret, or are kept to the letter.
"""
