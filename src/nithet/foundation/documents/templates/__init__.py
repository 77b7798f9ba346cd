"""Word files with fields: what they ask for, whether they may be used, and the paper made of them.

A template is a DOCX in which an office writes ``{{ชื่อโรงเรียน}}`` where a value goes, and ``{%tr for คน in คณะกรรมการ %}``
… ``{%tr endfor %}`` around the row of a table that returns. `package` opens the file safely, `language`
knows the few words that may stand between the braces, `filling` puts the values in.

Invariants: a template runs no code (no call, no arithmetic, no attribute of an object; data is plain
texts, numbers, pictures and rows); a field that nobody fills is named before a paper is made, with the
paragraph it stands in; texts are data and never markup.
"""
