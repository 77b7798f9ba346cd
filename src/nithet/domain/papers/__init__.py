"""Papers: the office's templates, the papers made from them, and what the office publishes.

Thai terms: แม่แบบเอกสาร (`Template`), ฉบับของแม่แบบ (`TemplateVersion`), เอกสาร (`Paper`), หัวกระดาษ (`Letterhead`), เผยแพร่
(`Publication`).

A kind of paper (บันทึกข้อความ, คำสั่ง …) is declared with its fields in `kinds`; where its words come from (a round, a
project, a visit) is a source, which the package that owns the record registers there too. A good template of every kind
is shipped and made by code; an office may put its own in force and go back at any time. Files are never replaced: a new
template, a paper brought back from Word and a corrected publication are each a version more. A paper is a Word file that
may be changed; the changed file is welcome back. What is published keeps its address when it is corrected, and says so
when it is withdrawn.
"""
