"""Forty honest files, one like each hostile one; all are taken and none is changed."""

from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2

from tests.foundation.files.hostile import packages, pdfs, pictures


@dataclass(frozen=True)
class Honest:
    """A file that must be taken under its own name."""

    number: int
    what: str
    make: Callable[[], bytes]
    name: str
    kind: str


def _attached():
    document = pypdfium2.PdfDocument(pdfs.pdf())
    attachment = document.new_attachment("a.docx")
    attachment.set_data(packages.word())
    return packages.saved(document)


def _scanned():
    """A blank page as scanners send it: six million white pixels that pack to almost nothing."""
    image = pdfs.flate(
        b"\xff" * (2480 * 3508),
        b"/Type /XObject /Subtype /Image /Width 2480 /Height 3508 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    return pdfs.pdf(objects=[image])


def _second_picture():
    return pictures.saved("JPEG") + pictures.saved("JPEG", pictures.drawn(160, 120))


HONEST = (
    Honest(1, "ZIP of a report and a photograph", lambda: packages.zipped({"รายงาน.pdf": pdfs.pdf(), "ภาพ.jpg": pictures.saved("JPEG")}), "หลักฐาน.zip", "archive"),
    Honest(2, "ZIP stored without packing", lambda: packages.zipped({"ก.txt": b"x" * 999, "ข.txt": b"y" * 999}, stored=("ก.txt",)), "หลักฐาน.zip", "archive"),
    Honest(3, "DOCX with a photograph", lambda: packages.changed(packages.word(), add={"word/media/a.jpeg": pictures.saved("JPEG", pictures.drawn(2000, 1500))}), "รายงาน.docx", "word"),
    Honest(4, "XLSX of 3,000 rows", lambda: packages.workbook(3000), "งบประมาณ.xlsx", "sheet"),
    Honest(5, "ODT", packages.open_document, "บันทึก.odt", "word"),
    Honest(6, "PDF of a scanned blank page", _scanned, "สแกน.pdf", "pdf"),
    Honest(7, "PNG of twelve million pixels", lambda: pictures.saved("PNG", pictures.drawn(4000, 3000)), "แผนที่.png", "image"),
    Honest(8, "GIF that moves", pictures.animated, "ภาพ.gif", "image"),
    Honest(9, "PDF with a document attached", _attached, "แนบ.pdf", "pdf"),
    Honest(10, "PDF with blank lines around", lambda: b"\r\n" + pdfs.pdf() + b"\r\n\r\n", "รายงาน.pdf", "pdf"),
    Honest(11, "JPEG with a second picture behind it", _second_picture, "ภาพถ่าย.jpg", "image"),
    Honest(12, "PNG of a crest", lambda: pictures.saved("PNG", pictures.drawn(200, 200)), "ตรา.png", "image"),
    Honest(13, "WEBP", lambda: pictures.saved("WEBP"), "ภาพ.webp", "image"),
    Honest(14, "words about pages", lambda: "ถ้า a < b และ c > d ให้ดู https://example.org".encode(), "อ่าน.txt", "text"),
    Honest(15, "PDF that opens at a page and has links", lambda: pdfs.pdf(catalog=b"/OpenAction [3 0 R /Fit]", page=b"/Annots [6 0 R]", objects=[b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>"]), "คู่มือ.pdf", "pdf"),
    Honest(16, "PDF locked against changes", lambda: pdfs.locked(b""), "ประกาศ.pdf", "pdf"),
    Honest(17, "PDF with a plain form", lambda: pdfs.pdf(catalog=b"/AcroForm << /Fields [] >>"), "แบบฟอร์ม.pdf", "pdf"),
    Honest(18, "DOCX", packages.word, "บันทึกข้อความ.docx", "word"),
    Honest(19, "PPTX", packages.slides, "นำเสนอ.pptx", "slides"),
    Honest(20, "DOCX with a link", lambda: packages.word(link="https://example.org"), "รายงาน.docx", "word"),
    Honest(21, "XLSX with formulas over two sheets", packages.workbook, "สรุปงบ.xlsx", "sheet"),
    Honest(22, "XLSX with Thai words", packages.list_of_names, "รายชื่อ.xlsx", "sheet"),
    Honest(23, "name with brackets and a year", pdfs.pdf, "รายงาน ปี 2555 (ฉบับแก้ไข).pdf", "pdf"),
    Honest(24, "name with dots and dashes", pdfs.pdf, "สพป.พบ.1 - ประเด็น 5.4.pdf", "pdf"),
    Honest(25, "name with blanks", pdfs.pdf, "คำสั่ง ที่ 12-2555 ลงวันที่ 1 ต.ค.pdf", "pdf"),
    Honest(26, "name in letters that run to the left", pdfs.pdf, "تقرير.pdf", "pdf"),
    Honest(27, "name with every Thai mark", pdfs.pdf, "กิ่งแก้ว ซ้ำๆ น้ำผึ้ง ปีที่ ๒ ฯลฯ.pdf", "pdf"),
    Honest(28, "long Thai name", pdfs.pdf, f"{'รายงานผลการนิเทศ ' * 4}ฉบับสมบูรณ์.pdf", "pdf"),
    Honest(29, "name that begins like a device", pdfs.pdf, "console เครื่องเล่น.pdf", "pdf"),
    Honest(30, "name with a per cent sign and a quote", pdfs.pdf, "งบ 50% & 'ร่าง'; ก=1.pdf", "pdf"),
    Honest(31, "one letter", "ก".encode, "ก.txt", "text"),
    Honest(32, "MP4 of some size", lambda: pictures.film() + pictures.box(b"free", bytes(9_000_000)), "กิจกรรม.mp4", "video"),
    Honest(33, "HEIC", pictures.telephone_picture, "IMG_0001.HEIC", "image"),
    Honest(34, "name with several dots", packages.word, "รายงาน.ฉบับ.2.docx", "word"),
    Honest(35, "words about the test file", lambda: b"EICAR is a test of virus scanners.", "เรื่อง EICAR.txt", "text"),
    Honest(36, "ZIP with a DOCX", lambda: packages.zipped({"งาน/รายงาน.docx": packages.word()}), "งาน.zip", "archive"),
    Honest(37, "JPEG sent bit by bit", lambda: pictures.saved("JPEG", progressive=True), "ภาพ.jpeg", "image"),
    Honest(38, "ZIP with folders", lambda: packages.zipped({"ปี 2555/ก.txt": b"x", "ปี 2556/ข.csv": b"1,2"}), "งาน.zip", "archive"),
    Honest(39, "photograph without a place", lambda: pictures.saved("JPEG", quality=95), "ถ่ายภาพ.jpg", "image"),
    Honest(40, "CSV in Windows-874", lambda: "ลำดับ,โรงเรียน\r\n1,บ้านท่ายาง\r\n".encode("cp874"), "โรงเรียน.csv", "text"),
)  # fmt: skip

MORE_KINDS = (
    Honest(0, "DOC", packages.old_word, "งาน.doc", "word"),
    Honest(0, "DOCX with a template on its maker's disk", lambda: packages.with_relation(packages.word(), "word/_rels/settings.xml.rels", "attachedTemplate", "file:///C:\\แม่แบบ\\บันทึก.dotx"), "บันทึก.docx", "word"),
    Honest(0, "MP4 filled up with zeros", lambda: pictures.film() + bytes(300), "คลิป.mp4", "video"),
    Honest(0, "XLS", packages.old_sheet, "งบ.xls", "sheet"),
    Honest(0, "PPT", packages.old_slides, "นำเสนอ.ppt", "slides"),
    Honest(0, "ODS", lambda: packages.open_document("spreadsheet", "<table:table><table:table-row><table:table-cell><text:p>ก</text:p></table:table-cell></table:table-row></table:table>"), "งบ.ods", "sheet"),
    Honest(0, "ODP", lambda: packages.open_document("presentation", ""), "นำเสนอ.odp", "slides"),
    Honest(0, "RTF", lambda: rb"{\rtf1\ansi \'a1\'d2\par}", "งาน.rtf", "word"),
    Honest(0, "TIFF", lambda: pictures.saved("TIFF"), "สแกน.tif", "image"),
    Honest(0, "BMP", lambda: pictures.saved("BMP"), "ภาพ.bmp", "image"),
    Honest(0, "MOV", lambda: pictures.film(b"qt  "), "คลิป.mov", "video"),
    Honest(0, "3GP", lambda: pictures.film(b"3gp4"), "คลิป.3gp", "video"),
    Honest(0, "WEBM", pictures.webm, "คลิป.webm", "video"),
    Honest(0, "M4A", lambda: pictures.film(b"M4A ", sound_only=True), "เสียง.m4a", "audio"),
    Honest(0, "MP3", pictures.mp3, "เสียง.mp3", "audio"),
    Honest(0, "MP3 without a tag", lambda: pictures.mp3(tagged=False), "เสียง.mp3", "audio"),
    Honest(0, "WAV", pictures.wav, "เสียง.wav", "audio"),
    Honest(0, "OGG", pictures.ogg, "เสียง.ogg", "audio"),
    Honest(0, "text in UTF-16", lambda: "ข้อความ".encode("utf-16"), "ข้อความ.txt", "text"),
)  # fmt: skip
