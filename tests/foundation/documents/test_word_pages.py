"""Word files set as pages by our own engine."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from PIL import Image as Pixels

from nithet.foundation.documents.model import Page
from nithet.foundation.documents.pdf.write import word_as_pdf, write_pages
from nithet.foundation.documents.templates.sheets import Grid, line, made
from nithet.foundation.documents.word.model import (
    Box,
    Image,
    Line,
    PageEnd,
    Sheet,
    Table,
    Text,
    WordPages,
    Words,
)
from nithet.foundation.documents.word.reading import read_word
from nithet.kernel.errors import BadInput


def saved(document: docx.document.Document) -> bytes:
    """A document of python-docx as bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def a_picture() -> bytes:
    """A small picture."""
    out = BytesIO()
    Pixels.new("RGB", (40, 20), "navy").save(out, "PNG")
    return out.getvalue()


def text_of(pdf: bytes) -> list[str]:
    """The text layer, page by page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def test_a_sheet_of_ours_keeps_its_margins_its_looks_and_its_tabs() -> None:
    sheet = made(
        (
            line("คำสั่ง", bold=True, points=20, align="center", before=6),
            line("สิ่งที่ส่งมาด้วย\tจำนวน 1 ฉบับ", tabs=(125.0,)),
            line("ย่อหน้า", first=25.0, align="thaiDistribute"),
        ),
        title="คำสั่ง",
        page=Page(top=15.0, bottom=20.0, left=30.0, right=20.0),
    )
    pages = read_word(sheet)
    assert round(pages.sheet.left) == 30
    assert round(pages.sheet.top) == 15
    head, tabbed, even = (one for one in pages.blocks if isinstance(one, Text))
    assert (head.align, head.before) == ("center", 6.0)
    assert isinstance(head.parts[0], Words)
    assert (head.parts[0].bold, head.parts[0].size) == (True, 20.0)
    assert [round(stop) for stop in tabbed.tabs] == [125]
    assert (even.align, round(even.first)) == ("both", 25)


def test_the_words_of_a_sheet_are_found_again_in_its_pdf() -> None:
    sheet = made(
        (
            line("ขั้นที่ 1 ที่ปรึกษา", points=16),
            Grid(
                (40, 60),
                (((line("หัวข้อ"),), (line("ผล"),)), ((line("น้ำ"),), (line("ผู้รับผิดชอบ"),))),
                header=True,
                ruled=True,
            ),
        ),
        title="แบบ",
        page=Page(),
    )
    (page,) = text_of(word_as_pdf(sheet))
    for words in ("ขั้นที่ 1 ที่ปรึกษา", "หัวข้อ", "ผู้รับผิดชอบ", "น้ำ"):
        assert words in page


def test_page_breaks_page_numbers_and_pictures_of_a_file_from_word_are_understood() -> None:
    document = docx.Document()
    document.add_paragraph("one").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("two").add_run().add_picture(BytesIO(a_picture()), width=Mm(20))
    foot = document.sections[0].footer.paragraphs[0]
    run = foot.add_run("page ")
    run.font.size = Pt(12)
    field = docx.oxml.parse_xml(
        '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    )
    foot._p.append(field)
    pages = read_word(saved(document))
    assert any(isinstance(one, PageEnd) for one in pages.blocks)
    pictures = [
        part
        for one in pages.blocks
        if isinstance(one, Text)
        for part in one.parts
        if isinstance(part, Image)
    ]
    assert [(round(one.width), round(one.height)) for one in pictures] == [(20, 10)]
    first, second = text_of(word_as_pdf(saved(document)))
    assert "one" in first
    assert "page 1" in first.replace("  ", " ")
    assert "page 2" in second.replace("  ", " ")


def test_a_merged_cell_reaches_over_its_rows_and_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "tall"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "wide"
    (read,) = (one for one in read_word(saved(document)).blocks if isinstance(one, Table))
    boxes = [box for row in read.lines for box in row.boxes]
    assert [(box.columns, box.rows) for box in boxes if box.rows > 1] == [(1, 2)]
    assert [(box.columns, box.rows) for box in boxes if box.columns > 1] == [(2, 1)]
    assert {box.rules for box in boxes} == {"trbl"}
    assert word_as_pdf(saved(document)).startswith(b"%PDF-")


def test_what_is_not_understood_is_named() -> None:
    document = docx.Document()
    box = docx.oxml.parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pict/></w:r>'
    )
    document.add_paragraph("words")._p.append(box)
    assert read_word(saved(document)).left_out == {"box"}


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(BadInput):
        read_word(b"%PDF-1.4")


def test_pages_are_drawn_as_one_square_picture() -> None:
    side = 90.0
    box = Box(
        (Text((Words("นิเทศโรงเรียน", 30.0, bold=True, colour="FFFFFF"),), "center"),), fill="1F4E8C"
    )
    pages = WordPages(
        "ภาพข่าว",
        (Table((side,), (Line((box,), side, exact=True),), sides=0.0),),
        Sheet(side, side, 0, 0, 0, 0),
        output="png",
        dots=1080 * 25.4 / side,
    )
    with Pixels.open(BytesIO(write_pages(pages))) as drawn:
        assert drawn.size == (1080, 1080)
        assert drawn.convert("RGB").getpixel((10, 1000)) == (0x1F, 0x4E, 0x8C)
