"""The official form on paper and on the screen."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html

import nithet.domain.returns
from nithet.domain.returns.document import (
    ReturnDocument,
    items_of,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
)
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx, render_html, render_pdf

SOURCE = Path(nithet.domain.returns.__file__).parent / "demo_data" / "000_0bf55f414089a6b9.txt"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ISSUED = Print(
    issued=True,
    number="12/2569",
    qr_payload="https://example.go.th/d/7QK2M4",
    dated=date(2026, 11, 22),
)
DRAFT = Print(issued=False, dated=date(2026, 11, 22))


@pytest.fixture(scope="module")
def returned() -> ReturnDocument:
    return read_return(SOURCE.read_bytes()).document


@pytest.fixture(scope="module")
def pages(returned: ReturnDocument) -> list[str]:
    opened = pypdfium2.PdfDocument(render_pdf(returned, ISSUED))
    return [flat(page.get_textpage().get_text_range()) for page in opened]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def paragraphs(returned: ReturnDocument) -> list[str]:
    """Every paragraph that the paper must hold."""
    found = [*returned.heading]
    for block in returned.blocks:
        found.extend(line.removesuffix("(ต่อ)") for line in block.captions)
        found.extend(block.columns)
        for level in block.levels:
            found.extend((printed_level(level), level.text))
        found.extend(map(printed_information, block.information))
        found.extend(map(printed_paragraph, block.narrative))
        for mark in block.evidence:
            found.extend((printed_evidence(mark), *mark.body))
    return [text for text in found if text]


def test_the_pdf_holds_every_paragraph_exactly(returned: ReturnDocument, pages: list[str]) -> None:
    expected = paragraphs(returned)
    assert len(expected) > 250
    lost = [text for text in expected if not any(flat(text) in page for page in pages)]
    assert lost == []


def test_the_pdf_holds_the_lines_of_the_source_file(pages: list[str]) -> None:
    """As written in the file, but for the boxes whose glyph it lost."""
    everything = "".join(pages)
    lines = [flat(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    lines = [line.removesuffix("(ต่อ)") for line in lines if len(line) > 3 and line[0] != "("]
    assert len(lines) > 200
    assert [line for line in lines if line not in everything] == []


def test_each_item_begins_a_page_and_its_captions_return_with_continued(
    returned: ReturnDocument, pages: list[str]
) -> None:
    seen = 0
    for item in items_of(returned):
        caption = next(b.captions.item for b in returned.blocks if b.key == item.key)
        mine = [page for page in pages if flat(caption) in page]
        seen += len(mine)
        assert [flat(caption) + "(ต่อ)" in page for page in mine] == [False] + [True] * (
            len(mine) - 1
        )
    assert seen == len(pages)


def test_number_page_and_owner_stand_on_every_page(pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        assert f"หน้า{number}จาก{len(pages)}" in page
        assert "เลขที่เอกสาร12/2569" in page
        assert "สพป.เพชรบุรีเขต1ปีงบประมาณ2555" in page
        assert "ร่าง" not in page.replace("ร่างกาย", "")


def test_a_draft_says_so_on_every_page_and_has_no_number(returned: ReturnDocument) -> None:
    opened = pypdfium2.PdfDocument(render_pdf(returned, DRAFT))
    for page in opened:
        text = flat(page.get_textpage().get_text_range())
        assert "ร่างยังไม่ออกเลขที่" in text
        assert "เลขที่เอกสาร" not in text
    page = render_html(returned, DRAFT)
    assert "ร่าง ยังไม่ออกเลขที่" in page


def test_word_gets_a_table_for_every_block_with_the_wide_columns_merged_down(
    returned: ReturnDocument,
) -> None:
    with zipfile.ZipFile(BytesIO(render_docx(returned, ISSUED))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    tables = body.findall(f".//{W}tbl")
    assert len(tables) == len(returned.blocks) == 11
    for table, block in zip(tables, returned.blocks, strict=True):
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert len(rows) == 1 + max(1, len(block.levels))
        if block.levels:
            merged = [
                [c.find(f"{W}tcPr/{W}vMerge") is not None for c in row]
                for row in (row.findall(f"{W}tc") for row in rows[1:])
            ]
            assert merged == [[False, False, True, True, True]] * len(block.levels)
    breaks = body.findall(f".//{W}pageBreakBefore")
    assert len(breaks) == len(returned.blocks) - 1
    assert {jc.get(f"{W}val") for jc in body.iter(f"{W}jc")} >= {"thaiDistribute"}


def test_the_page_holds_what_the_paper_holds(returned: ReturnDocument) -> None:
    page = html.fromstring(render_html(returned, ISSUED))
    shown = flat("".join(page.itertext()))
    assert [text for text in paragraphs(returned) if flat(text) not in shown] == []
    assert len(page.findall(".//table")) == len(items_of(returned)) == 5
    assert page.find(".//h1") is None


def test_digits_may_be_thai_throughout(returned: ReturnDocument) -> None:
    printed = Print(issued=True, number="12/2569", numerals="thai", dated=date(2026, 11, 22))
    shown = flat("".join(html.fromstring(render_html(returned, printed)).itertext()))
    assert "ประเด็นที่๕.๔" in shown
    assert "๑๒/๒๕๖๙" in shown
    assert not re.search("[0-9]", shown)
