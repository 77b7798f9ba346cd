"""Documents: paper as plain values, set as PDF, DOCX and HTML.

Owns a model of printed matter (headings, paragraphs, tables whose captions and headings return on
every page, running head and foot with number, pages and QR code) and three writers of it:
`pdf.write_pdf`, `docx.write_docx`, `html.write_html`. It knows no word of any domain and no Django:
whoever needs a document says in these terms what stands on the paper.

Thai terms: กระจายแบบไทย (`Align.THAI_DISTRIBUTE`), (ต่อ) (`Table.continuation`).

Invariants: text is data, never code of a typesetting language; what is written can be found in the
text layer of the PDF letter by letter; the same document gives the same DOCX to the byte; a PDF is
PDF/A-3u and PDF/UA-1 (tagged), set in a font whose Thai text layer is exact; setting runs in a
process of its own with limits of time and memory, so that no text can hang or swell the caller.
"""
