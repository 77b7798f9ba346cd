"""Who may do what, and why: postings, dated powers, actors and policies (สิทธิและอำนาจหน้าที่).

A posting is a role at a unit from a day to a day. A power lets one person act for another office-holder by an order
(รักษาราชการแทน, ปฏิบัติราชการแทน). A policy answers with a reason, whether it allows or denies; a page shows it.
"""
