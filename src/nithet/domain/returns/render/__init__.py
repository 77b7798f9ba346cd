"""Prints a return: the official form of five columns as DOCX, PDF or a page in the browser.

`layout.to_document` says what stands on the paper, in the terms of `foundation.documents`; `write`
has the three ways out. What is printed is decided by `returns.document` (its ``printed_*``
functions and its account of the DOCX layout), so that reading a printed return gives it back.

Thai terms: แบบรายงาน form, ร่าง draft, เลขที่เอกสาร document number, (ต่อ) continued.

Invariants: number, page, QR code and the word "ร่าง" stand in head and foot, where no reader takes
them for content; nothing is left out and nothing added between the margins.
"""
