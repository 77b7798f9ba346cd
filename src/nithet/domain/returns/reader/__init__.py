"""Reads an old return (text or DOCX) into a `ReturnDocument`, flags what a person must look at.

`reading.read_return` is the only entry. The way of a file: bytes are decoded (`decoding`,
`docx_package`), cut into captions and tables of five columns (`text_source`, `docx_source`),
the columns are understood line by line (`levels`, `information`, `narrative`, `evidence`), and
the document is put together (`assembling`). What is flagged (`inspection`) and what is found out
(`facts`) follows from the finished document alone, so it is the same for a document read from
text, read from Word or built from records.

Thai terms: ประเด็น issue, ตัวบ่งชี้ indicator, ข้อ item, (ต่อ) continuation, ช่องทำเครื่องหมาย box.

Invariants: nothing is guessed, nothing is corrected (split and misplaced Thai marks apart, which
no reader can see), nothing touches disk or network, and whatever the bytes are the answer is a
result or `BadInput`.
"""
