"""What Word is given."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import Align, PageBreak, Picture, QrCode, Spacer, paragraph
from nithet.foundation.documents.qr import png
from tests.foundation.documents.samples import THAI, document, flat, table, text_of, whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONT = "TH Sarabun New"
HOSTILE = (
    '#import "x": * $ \\ " \' ` <w:t>&amp; {{ d }} %s',
    "ก\x00ข\x1bค\x0bง\ud800จ\uffff",
    "ก" * 10_000,
    "😀 ☑ ☐",
    "=HYPERLINK(1)",
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[name])


def value(element: etree._Element, path: str) -> str | None:
    found = element.find(path.replace("w:", W))
    return None if found is None else found.get(f"{W}val")


def test_thai_gets_its_font_size_and_language_in_every_style() -> None:
    styles = xml(write_docx(whole()), "word/styles.xml")
    places = [styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")]
    for identity in ("Normal", "Heading1", "Heading2", "Heading3"):
        style = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == identity)
        places.append(style.find(f"{W}rPr"))
    for place in places:
        fonts = place.find(f"{W}rFonts")
        assert {fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
        assert not [name for name in fonts.attrib if "heme" in name]
        assert value(place, "w:szCs") == value(place, "w:sz") is not None
    assert places[0].find(f"{W}lang").get(f"{W}bidi") == "th-TH"
    assert places[1].find(f"{W}lang").get(f"{W}bidi") == "th-TH"
    for heading in places[2:]:
        assert heading.find(f"{W}bCs") is not None


def test_bold_is_bold_in_thai_too() -> None:
    body = xml(write_docx(whole()))
    bold = body.findall(f".//{W}b")
    assert bold
    assert all(weight.getnext().tag == f"{W}bCs" for weight in bold)


def test_the_heading_of_a_table_returns_on_every_page_and_is_not_torn() -> None:
    rows = xml(write_docx(whole())).findall(f".//{W}tbl/{W}tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True, False, False, False]
    kept = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    assert kept == [True, True, True, False]


def test_rows_are_torn_only_between_paragraphs() -> None:
    cells = xml(write_docx(whole())).iterfind(f".//{W}tc/{W}p")
    filled = [cell for cell in cells if cell.find(f"{W}r") is not None]
    assert filled
    assert all(cell.find(f"{W}pPr/{W}keepLines") is not None for cell in filled)


def test_a_tall_cell_is_merged_down() -> None:
    rows = xml(write_docx(whole())).findall(f".//{W}tbl/{W}tr")[1:]
    merges = [row.findall(f"{W}tc")[1].find(f"{W}tcPr/{W}vMerge") for row in rows]
    assert [merge.get(f"{W}val") for merge in merges] == ["restart", None, None]


def test_lines_are_spread_the_thai_way_where_asked() -> None:
    body = xml(write_docx(whole()))
    shown = {jc.get(f"{W}val") for jc in body.iter(f"{W}jc")}
    assert shown == {"thaiDistribute", "left", "center"}


def test_captions_stay_with_their_table() -> None:
    body = xml(write_docx(whole())).find(f"{W}body")
    before = body.index(body.find(f"{W}tbl"))
    for caption in body[before - 2 : before]:
        style = caption.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        assert style.startswith("TableCaption")


def test_head_and_foot_hold_owner_number_pages_and_code() -> None:
    data = write_docx(whole(mark="ร่าง"))
    opened = docx.Document(BytesIO(data)).sections[0]
    assert [p.text for p in opened.header.paragraphs] == ["ร่าง", "สำนักงานตัวอย่าง ปีงบประมาณ 2569"]
    foot = parts(data)["word/footer1.xml"].decode()
    assert "เลขที่เอกสาร 12/2569" in foot
    assert " PAGE \\* Arabic " in foot and " NUMPAGES \\* Arabic " in foot
    assert 'descr="ตรวจสอบเอกสาร 12/2569"' in foot


def test_page_numbers_may_be_in_thai_digits() -> None:
    foot = parts(write_docx(replace(whole(), thai_digits=True)))["word/footer1.xml"].decode()
    assert foot.count("ThaiArabic") == 2


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_docx(whole()) == write_docx(whole())
    assert write_docx(whole()) != write_docx(whole(number="เลขที่เอกสาร 13/2569"))


def test_no_person_no_machine_and_no_time_of_writing_stand_in_the_file() -> None:
    data = write_docx(whole())
    held = parts(data)
    properties = docx.Document(BytesIO(data)).core_properties
    assert properties.author == properties.last_modified_by == "สำนักงานตัวอย่าง"
    assert properties.comments == properties.keywords == properties.subject == ""
    assert properties.created == properties.modified
    assert properties.created.date() == whole().dated
    assert not [
        name for name in held if "app.xml" in name or "thumbnail" in name or "custom" in name
    ]
    everything = b"".join(held.values())
    for trace in (b"python-docx", b"Macintosh", b"rsid", b"docId"):
        assert trace not in everything, trace
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_the_page_is_a4_lying_or_standing() -> None:
    for landscape, expected in ((True, (297, 210)), (False, (210, 297))):
        data = write_docx(document(paragraph("ก"), landscape=landscape))
        section = docx.Document(BytesIO(data)).sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == expected


def test_ticks_are_set_in_a_font_that_has_them_and_read_as_one_text() -> None:
    data = write_docx(document(paragraph("☑ ระดับ 1")))
    found = docx.Document(BytesIO(data)).paragraphs[0]
    assert found.text == "☑ ระดับ 1"
    fonts = found.runs[0]._r.find(f"{W}rPr/{W}rFonts")
    assert fonts.get(f"{W}cs") == "Segoe UI Symbol"


@pytest.mark.parametrize("text", HOSTILE, ids=["code", "controls", "long", "signs", "formula"])
def test_whatever_the_text_is_it_comes_back_as_text(text: str) -> None:
    data = write_docx(document(paragraph(text), table(paragraph(text))))
    opened = docx.Document(BytesIO(data))
    shown = opened.paragraphs[0].text
    assert opened.tables[0].rows[1].cells[1].text == shown
    for before, after in zip(text, shown, strict=False):
        assert after == before or after in " \ufffd"


def test_every_kind_of_block_can_be_written() -> None:
    code = QrCode("https://example.go.th", "รหัส")
    picture = Picture(png("ภาพ"), "ภาพถ่าย", 40.0)
    data = write_docx(
        document(code, picture, Spacer(5.0), PageBreak(), paragraph("ก"), running=None)
    )
    body = xml(data)
    shown = [e for e in body.iter() if etree.QName(e).localname == "docPr"]
    assert [(e.get("id"), e.get("descr")) for e in shown] == [("1", "รหัส"), ("2", "ภาพถ่าย")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_it_and_shows_every_paragraph(tmp_path: Path) -> None:
    (tmp_path / "one.docx").write_bytes(write_docx(whole()))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "one.docx")],
        check=True,
        timeout=240,
        capture_output=True,
    )
    shown = text_of((tmp_path / "one.pdf").read_bytes())
    for text in (THAI[0], "ข้อที่ 1 การนิเทศ", "เลขที่เอกสาร 12/2569", "หน้า 1 จาก 1"):
        assert flat(text) in shown


def test_alignment_names_are_those_of_the_format() -> None:
    for align, expected in ((Align.RIGHT, "right"), (Align.THAI_DISTRIBUTE, "thaiDistribute")):
        body = xml(write_docx(document(paragraph("ก", align=align))))
        assert body.find(f".//{W}jc").get(f"{W}val") == expected
