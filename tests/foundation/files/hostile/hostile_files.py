"""The forty hostile files, by their numbers, with what must become of each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nithet.foundation.files.workshop.eicar import EICAR
from tests.foundation.files.hostile import packages, pdfs, pictures

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
THAI_NAME = "รายงานผลการนิเทศ กำกับ ติดตาม และประเมินผลการจัดการศึกษา"


@dataclass(frozen=True)
class Hostile:
    """A file, and its outcome: the code of the refusal, or the name and kind under which it is kept, harmless."""

    number: int
    what: str
    make: Callable[[], bytes]
    name: str
    refused: str = ""
    kept_as: str = ""
    kind: str = ""
    declared: str = ""
    why: str = field(default="", compare=False)
    """What neutralises a file that is kept."""


def _bomb_member():
    return bytes(40_000_000)


def _xml_bomb(data, part, root):
    head = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    return packages.replaced(data, part, b"<" + root, head + b"<" + root)


def _without_declaration(data, part, root):
    def edit(name, content):
        return content[content.index(b"<" + root) :] if name == part else content

    return _xml_bomb(packages.changed(data, edit=edit), part, root)


def _with_script(action):
    return pdfs.pdf(catalog=b"/OpenAction 6 0 R", objects=[action])


def _polyglot():
    inner = packages.zipped({"a.txt": b"x"})
    return pdfs.pdf() + inner


def _dde_sheet():
    data = packages.workbook()
    part = "xl/worksheets/sheet1.xml"
    return packages.replaced(data, part, b"SUM(C1:C3)", b"cmd|'/c calc'!A0")


def _utf16_csv():
    return 'ลำดับ,โรงเรียน,สูตร\r\n1,=HYPERLINK("http://x"),@SUM(1)\r\n'.encode("utf-16")


HOSTILE = (
    Hostile(1, "ZIP bomb, nested", lambda: packages.zipped({f"{n}.zip": packages.zipped({"a.txt": bytes(1_000_000)}) for n in range(16)}), "แฟ้ม.zip", "files.nested"),
    Hostile(2, "ZIP with overlapping entries", packages.overlapping, "แฟ้ม.zip", "files.bomb"),
    Hostile(3, "bomb inside DOCX", lambda: packages.changed(packages.word(), add={"word/media/a.bmp": _bomb_member()}), "รายงาน.docx", "files.bomb"),
    Hostile(4, "bomb inside XLSX", lambda: packages.changed(packages.workbook(), add={"xl/media/a.bmp": _bomb_member()}), "งบ.xlsx", "files.bomb"),
    Hostile(5, "bomb inside ODT", lambda: packages.changed(packages.open_document(), add={"Pictures/a.bmp": _bomb_member()}), "งาน.odt", "files.bomb"),
    Hostile(6, "PDF with a stream that swells", pdfs.bomb, "ภาพ.pdf", "files.bomb"),
    Hostile(7, "PNG of 60,000 x 60,000", pictures.huge_png, "ภาพ.png", "files.bomb"),
    Hostile(8, "GIF of 100,000 frames", pictures.many_framed_gif, "ภาพ.gif", "files.bomb"),
    Hostile(9, "PDF that is a ZIP too", _polyglot, "รายงาน.pdf", "files.two_in_one"),
    Hostile(10, "PDF that is a page too", lambda: HTML + b"\n" + pdfs.pdf(), "รายงาน.pdf", "files.two_in_one"),
    Hostile(11, "JPEG that is a script or a JAR too", lambda: pictures.saved("JPEG") + packages.zipped({"A.class": b"\xca\xfe\xba\xbe"}), "ภาพ.jpg", "files.two_in_one"),
    Hostile(12, "SVG with a script", lambda: SVG % b"<script>alert(1)</script>", "ตรา.svg", "files.type"),
    Hostile(13, "SVG that fetches and embeds", lambda: SVG % b"<foreignObject/><use href='http://x/#a'/><image href='http://x'/>", "ตรา.svg", "files.type"),
    Hostile(14, "page named as PDF", lambda: HTML, "รายงาน.pdf", "files.type"),
    Hostile(15, "PDF with a script", lambda: _with_script(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "รายงาน.pdf", "files.active_pdf"),
    Hostile(16, "PDF locked by a password", pdfs.locked, "รายงาน.pdf", "files.locked"),
    Hostile(17, "PDF with an XFA form", lambda: pdfs.pdf(catalog=b"/AcroForm << /XFA [(form) 6 0 R] /Fields [] >>", objects=[pdfs.stream(b"<form/>")]), "แบบ.pdf", "files.active_pdf"),
    Hostile(18, "DOCM named as DOCX", packages.macro_word, "รายงาน.docx", "files.macros"),
    Hostile(19, "DOCX with vbaProject.bin", lambda: packages.changed(packages.word(), add={"word/vbaProject.bin": b"x"}), "รายงาน.docx", "files.macros"),
    Hostile(20, "DOCX with a template elsewhere", lambda: packages.with_relation(packages.word(), "word/_rels/settings.xml.rels", "attachedTemplate", "http://x/a.dotm"), "รายงาน.docx", "files.reaches_out"),
    Hostile(21, "XLSX with DDE", _dde_sheet, "งบ.xlsx", "files.reaches_out"),
    Hostile(22, "XLSX with an outside entity", lambda: _without_declaration(packages.list_of_names(), "xl/sharedStrings.xml", b"sst"), "งบ.xlsx", "files.document_type"),
    Hostile(23, "name that climbs", pdfs.pdf, "../../etc/รายงาน", kept_as="รายงาน.pdf", kind="pdf", why="folders are dropped; nothing on the disk has a person's name"),
    Hostile(24, "name with backslashes", pdfs.pdf, "C:\\Windows\\..\\รายงาน.pdf", kept_as="รายงาน.pdf", kind="pdf", why="as 23"),
    Hostile(25, "NUL in the name", pdfs.pdf, "รายงาน.pdf\0.exe", kept_as="รายงาน.pdf", kind="pdf", why="control marks are dropped, and extensions of programs"),
    Hostile(26, "name turned around", lambda: pictures.saved("JPEG"), "ภาพ\u202egpj.exe", kept_as="ภาพgpj.jpg", kind="image", why="marks of direction are dropped; the extension is that of the content"),
    Hostile(27, "invisible marks in a Thai name", pdfs.pdf, "ราย\u200bงา\u200dน\ufeff Re\u0301sume\u0301.pdf", kept_as="รายงาน Résumé.pdf", kind="pdf", why="NFC, nothing invisible"),
    Hostile(28, "name of 255 Thai characters", pdfs.pdf, "ก" * 255 + ".pdf", kept_as="ก" * 78 + ".pdf", kind="pdf", why="240 bytes at most, cut between characters"),
    Hostile(29, "name of a device", pdfs.pdf, "aux.pdf. ", kept_as="_aux.pdf", kind="pdf", why="a mark before it, dots and blanks at the end cut"),
    Hostile(30, "line break and quote in the name", pdfs.pdf, 'a"\r\nSet-Cookie: x=1;\r\n\r\n.pdf', kept_as="a Set-Cookie x=1;.pdf", kind="pdf", why="no line breaks, no quotes"),
    Hostile(31, "nothing", lambda: b"", "ว่าง.pdf", "files.empty"),
    # 32, two gigabytes announced and two gigabytes sent, is a test of its own: nothing of that size is made.
    Hostile(33, "declared as something else", pdfs.pdf, "รายงาน.pdf", kept_as="รายงาน.pdf", kind="pdf", declared="text/html", why="the type is told from the content"),
    Hostile(34, "two extensions", pdfs.pdf, "ใบเสร็จ.pdf.exe", kept_as="ใบเสร็จ.pdf", kind="pdf", why="as 25"),
    Hostile(35, "EICAR", lambda: EICAR, "อ่านก่อน.txt", "files.virus"),
    Hostile(36, "EICAR inside DOCX", lambda: packages.changed(packages.word(), add={"word/media/a.png": EICAR}), "รายงาน.docx", "files.virus"),
    Hostile(37, "JPEG broken off", lambda: pictures.saved("JPEG")[:-3000], "ภาพ.jpg", "files.damaged_kind"),
    Hostile(38, "ZIP with a link", packages.with_link, "แฟ้ม.zip", "files.misplaced"),
    Hostile(39, "photograph that says where it was taken", pictures.with_place, "เด็กนักเรียน.jpg", kept_as="เด็กนักเรียน.jpg", kind="image", why="the original stays private; the shared copy says nothing"),
    Hostile(40, "CSV with formulas, in UTF-16", _utf16_csv, "รายชื่อ.csv", kept_as="รายชื่อ.csv", kind="text", why="kept as text, shown as words, sent as an attachment"),
)  # fmt: skip

VARIANTS = (
    Hostile(2, "ZIP that lies about a size", lambda: packages.lying(packages.zipped({"a.txt": bytes(3_000_000)})), "แฟ้ม.zip", "files.damaged_kind"),
    Hostile(8, "APNG of 100,000 frames", pictures.many_framed_png, "ภาพ.png", "files.bomb"),
    Hostile(10, "PDF with a page behind it", lambda: pdfs.pdf() + HTML, "รายงาน.pdf", "files.two_in_one"),
    Hostile(11, "JPEG whose first segment opens a comment", pictures.scripted_jpeg, "ภาพ.jpg", "files.two_in_one"),
    Hostile(11, "GIF with a JAR behind it", lambda: pictures.animated() + packages.zipped({"A.class": b"x"}), "ภาพ.gif", "files.two_in_one"),
    Hostile(14, "page named as text", lambda: HTML, "อ่าน.txt", "files.type"),
    Hostile(14, "program named as PDF", lambda: b"MZ" + bytes(300), "รายงาน.pdf", "files.type"),
    Hostile(14, "words named as PDF", lambda: b"only words", "รายงาน.pdf", "files.type"),
    Hostile(15, "PDF that starts a program", lambda: _with_script(b"<< /S /Launch /F (cmd.exe) >>"), "รายงาน.pdf", "files.active_pdf"),
    Hostile(15, "PDF that opens an address", lambda: _with_script(b"<< /S /URI /URI (http://x) >>"), "รายงาน.pdf", "files.active_pdf"),
    Hostile(15, "PDF with a script spelled in numbers", lambda: _with_script(b"<< /S /J#61vaScript /J#53 (x) >>"), "รายงาน.pdf", "files.active_pdf"),
    Hostile(15, "PDF with a script in packed objects", pdfs.hidden_script, "รายงาน.pdf", "files.active_pdf"),
    Hostile(16, "PDF locked against changes, with a program to start", lambda: pdfs.locked(b"", catalog=b"/OpenAction 7 0 R", objects=[b"<< /S /Launch /F (x) >>"]), "รายงาน.pdf", "files.active_pdf"),
    Hostile(16, "Word document locked by a password", lambda: packages.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "รายงาน.docx", "files.locked"),
    Hostile(18, "old Excel with sheets of macros", lambda: packages.old_sheet(sheet_kind=1), "งบ.xls", "files.macros"),
    Hostile(19, "old PowerPoint with macros", lambda: packages.compound({"PowerPoint Document": packages.SLIDE_MACROS}), "นำเสนอ.ppt", "files.macros"),
    Hostile(20, "DOCX with a template on another machine", lambda: packages.with_relation(packages.word(), "word/_rels/settings.xml.rels", "attachedTemplate", "file:///\\\\server\\a.dotm"), "รายงาน.docx", "files.reaches_out"),
    Hostile(14, "AVIF, which is on no list", lambda: pictures.box(b"ftyp", b"avif" + bytes(4)) + pictures.box(b"meta", bytes(9)), "ภาพ.jpg", "files.type"),
    Hostile(19, "old Word with macros", lambda: packages.compound({"WordDocument": b"\xec\xa5\xc1\0", "_VBA_PROJECT": b"x"}), "งาน.doc", "files.macros"),
    Hostile(20, "DOCX with DDE", lambda: packages.replaced(packages.word(), "word/document.xml", b"<w:t>", b"<w:instrText>DDEAUTO c:\\\\cmd</w:instrText><w:t>"), "รายงาน.docx", "files.reaches_out"),
    Hostile(21, "XLSX tied to another workbook", lambda: packages.with_relation(packages.workbook(), "xl/externalLinks/_rels/externalLink1.xml.rels", "externalLinkPath", "file:///C:/x.xlsx"), "งบ.xlsx", "files.reaches_out"),
    Hostile(22, "ODT with an entity", lambda: _without_declaration(packages.open_document(), "content.xml", b"office:document-content"), "งาน.odt", "files.document_type"),
    Hostile(36, "EICAR inside ZIP", lambda: packages.zipped({"a.txt": EICAR}), "แฟ้ม.zip", "files.virus"),
    Hostile(37, "MP4 broken off", lambda: pictures.film()[:-100], "คลิป.mp4", "files.damaged_kind"),
    Hostile(37, "MP4 without its index", lambda: pictures.box(b"ftyp", b"isom" + bytes(4)) + pictures.box(b"mdat", bytes(99)), "คลิป.mp4", "files.damaged_kind"),
    Hostile(37, "PNG broken off", lambda: pictures.saved("PNG")[:-200], "ภาพ.png", "files.damaged_kind"),
    Hostile(37, "PDF broken off", lambda: pdfs.pdf()[:-120], "รายงาน.pdf", "files.damaged_kind"),
    Hostile(38, "ZIP that climbs", lambda: packages.zipped({"../../a.txt": b"x"}), "แฟ้ม.zip", "files.misplaced"),
    Hostile(38, "ZIP of a program", lambda: packages.zipped({"a.pdf": b"MZ" + bytes(99)}), "แฟ้ม.zip", "files.type"),
    Hostile(40, "CSV with its mark and formulas", lambda: "\ufeffชื่อ\r\n=cmd|'/c calc'!A0\r\n".encode(), "a.csv", kept_as="a.csv", kind="text"),
)  # fmt: skip
