"""Official returns (แบบรายงานผลการประเมินตนเอง): read an old one, build a new one, issue it.

One value, `document.ReturnDocument`, stands in the middle: the reader makes it of an old file
(text or DOCX), the builder makes it from the office's records, and one renderer turns it into
DOCX, PDF or a page. Reading what was rendered gives back what was rendered.

Thai terms: ประเด็น issue, มาตรฐาน standard, ตัวบ่งชี้ indicator, ข้อ item, ระดับคุณภาพ level,
ปัจจัย/วิธีการ factors, ผลการดำเนินงาน results, ปัญหา/อุปสรรค/ข้อจำกัด problems,
จุดที่ควรพัฒนา to develop, แนวทางการพัฒนา way forward, (ต่อ) continuation.

Invariants: the reader proposes, flags and never guesses (a tick that the file lost stays
unknown, and so does a level); the author's words are kept as written, slips included; an issued
return is frozen, hashed and never rendered again.
"""
