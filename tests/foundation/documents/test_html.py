"""The page in the browser."""

from __future__ import annotations

from lxml import html as parsed

from nithet.foundation.documents.html import write_html
from nithet.foundation.documents.model import paragraph
from tests.foundation.documents.samples import THAI, document, flat, table, whole


def test_every_text_stands_on_the_page() -> None:
    page = write_html(whole(mark="ร่าง"))
    shown = flat("".join(parsed.fromstring(page).itertext()))
    for text in (*THAI, "ข้อที่ 1 การนิเทศ", "เลขที่เอกสาร 12/2569", "ร่าง", "รายงานผลการนิเทศ"):
        assert flat(text) in shown


def test_a_table_says_what_heads_it() -> None:
    found = parsed.fromstring(write_html(whole())).find(".//table")
    assert [p.text_content() for p in found.findall("caption/p")] == ["ตัวบ่งชี้ที่ 1", "ข้อที่ 1 การนิเทศ"]
    assert [th.get("scope") for th in found.findall("thead/tr/th")] == ["col", "col"]
    rows = found.findall("tbody/tr")
    assert [row[0].get("scope") for row in rows] == ["row"] * 3
    assert rows[0][1].get("rowspan") == "3"
    assert len(rows[1]) == 1


def test_text_is_never_markup() -> None:
    text = "<script>alert(1)</script> & \" '\x00"
    page = write_html(document(paragraph(text), table(paragraph(text))))
    assert "<script" not in page
    assert "\x00" not in page
    assert parsed.fromstring(page).find(".//p").text == "<script>alert(1)</script> & \" '\ufffd"


def test_nothing_needs_an_inline_style() -> None:
    assert "style=" not in write_html(whole(mark="ร่าง"))


def test_headings_begin_below_those_of_the_page() -> None:
    page = parsed.fromstring(write_html(whole(), first_heading=2))
    assert page.find(".//h2").text == "รายงานผลการนิเทศ"
    assert page.find(".//h1") is None
