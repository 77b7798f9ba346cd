"""What is filed."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pypdfium2
import pytest

from nithet.foundation.documents.errors import UnprintableText
from nithet.foundation.documents.model import (
    Align,
    PageBreak,
    Picture,
    QrCode,
    Spacer,
    paragraph,
)
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.documents.qr import png
from tests.foundation.documents.samples import (
    THAI,
    document,
    flat,
    pages_of,
    running,
    table,
    text_of,
    whole,
)

CLUSTER_ENDS = ("", "ั", "ิ", "ี", "ึ", "ื", "็", "ุ", "ู")
TONES = ("", "่", "้", "๊", "๋", "์")


def test_every_paragraph_is_found_exactly_in_the_text_layer() -> None:
    shown = text_of(write_pdf(whole()))
    for text in (*THAI, "รายงานผลการนิเทศ", "ลำดับ", "ผลการดำเนินงาน", "แถวที่ 3"):
        assert flat(text) in shown, text


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("align", [Align.LEFT, Align.THAI_DISTRIBUTE])
def test_every_pair_of_letter_and_marks_comes_back_once(align: Align, *, bold: bool) -> None:
    letters = [chr(code) for code in range(ord("ก"), ord("ฮ") + 1)]
    clusters = [
        letter + vowel + tone for letter in letters for vowel in CLUSTER_ENDS for tone in TONES
    ] + [letter + tone + "ำ" for letter in letters for tone in TONES[:5]]
    lines = [f"ก{number:04d}ก{cluster}ก" for number, cluster in enumerate(clusters)]
    shown = text_of(
        write_pdf(document(*(paragraph(line, bold=bold, align=align) for line in lines)))
    )
    lost = [line for line in lines if line not in shown]
    # A tone behind a vowel that is lowered on its own: no word is written so.
    assert all(re.search("[ฎฏ][ุู][่-์]", line) for line in lost), lost[:5]


def test_no_invisible_letter_stands_in_the_text_layer() -> None:
    text = write_pdf(document(paragraph(THAI[0]), paragraph(THAI[1], align=Align.THAI_DISTRIBUTE)))
    opened = pypdfium2.PdfDocument(text)
    layer = "".join(page.get_textpage().get_text_range() for page in opened)
    assert not set(layer) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffc")


def test_it_is_archivable_accessible_and_thai() -> None:
    pdf = write_pdf(whole(mark="ร่าง"))
    assert re.search(rb"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U<", pdf)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert re.search(rb"/MarkInfo ?<</Marked true", pdf)
    assert b"/StructTreeRoot" in pdf
    assert set(re.findall(rb"/Lang ?\((\w+)\)", pdf)) == {b"th"}
    assert b"<rdf:li>th</rdf:li>" in pdf
    for tag in (b"/Table", b"/TH", b"/TD", b"/P", b"/H1"):
        assert re.search(rb"/S ?" + tag + rb"\b", pdf), tag


def test_the_language_is_put_only_where_the_file_names_it() -> None:
    """The code under which lines are broken must not be searched for in words."""
    odd = "/Lang(zh) <rdf:li>zh</rdf:li>"
    pdf = write_pdf(replace(document(paragraph(odd)), title=odd, organisation=odd))
    assert flat(odd) in text_of(pdf)
    opened = pypdfium2.PdfDocument(pdf)
    assert opened.get_metadata_value("Title") == opened.get_metadata_value("Author") == odd
    assert re.search(rb"/Type ?/Catalog.*?/Lang\(th\)", pdf, re.DOTALL)
    assert b"<dc:language><rdf:Bag><rdf:li>th</rdf:li></rdf:Bag></dc:language>" in pdf


def test_an_english_document_says_so() -> None:
    pdf = write_pdf(replace(document(paragraph("Supervision report")), language="en"))
    assert set(re.findall(rb"/Lang ?\((\w+)\)", pdf)) == {b"en"}


def test_captions_return_with_their_continuation_on_every_further_page() -> None:
    long = [paragraph(f"{number} {THAI[0]}") for number in range(60)]
    first, second = table(*long), table(*long[:40], captions=(paragraph("ข้อที่ 2 การประกันคุณภาพ"),))
    pages = pages_of(write_pdf(document(first, replace(second, starts_page=True))))
    of_first = [page for page in pages if "ข้อที่1การนิเทศ" in page]
    of_second = [page for page in pages if "ข้อที่2การประกันคุณภาพ" in page]
    assert len(of_first) > 2 and len(of_second) > 1
    assert len(of_first) + len(of_second) == len(pages)
    for mine in (of_first, of_second):
        assert ["(ต่อ)" in page for page in mine] == [False] + [True] * (len(mine) - 1)
        assert all("ผลการดำเนินงาน" in page for page in mine)


def test_a_caption_that_says_continued_does_not_say_it_twice() -> None:
    long = [paragraph(f"{number} {THAI[0]}") for number in range(40)]
    pages = pages_of(write_pdf(document(table(*long, captions=(paragraph("ข้อที่ 1 (ต่อ)"),)))))
    assert len(pages) > 1
    assert all(page.count("(ต่อ)") == 1 for page in pages)


def test_a_row_is_torn_only_between_paragraphs() -> None:
    words = [f"ย่อหน้า{number}เริ่ม {THAI[0]} {THAI[1]} จบ{number}" for number in range(40)]
    pages = pages_of(write_pdf(document(table(*map(paragraph, words), rows=4))))
    assert len(pages) > 2
    for text in words:
        assert sum(flat(text) in page for page in pages) == 1, text


@pytest.mark.parametrize("rows", [1, 4])
def test_nothing_falls_off_the_page(rows: int) -> None:
    words = [f"{number} {THAI[0]}" for number in range(30)]
    pdf = write_pdf(document(table(*map(paragraph, words), rows=rows), running=running()))
    shown = text_of(pdf)
    assert all(flat(text) in shown for text in words)
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right > left:
                assert bottom >= 0 and top <= page.get_height()
                assert left >= 0 and right <= page.get_width()


def test_head_foot_and_state_stand_on_every_page() -> None:
    shown = pages_of(
        write_pdf(
            document(paragraph("ก"), PageBreak(), paragraph("ข"), running=running(mark="ร่าง"))
        )
    )
    assert len(shown) == 2
    for number, page in enumerate(shown, 1):
        assert f"หน้า{number}จาก2" in page
        assert "เลขที่เอกสาร12/2569" in page
        assert "สำนักงานตัวอย่างปีงบประมาณ2569" in page
        assert "ร่าง" in page


def test_page_numbers_may_be_in_thai_digits() -> None:
    made = replace(document(paragraph("ก"), running=running()), thai_digits=True)
    assert "หน้า๑จาก๑" in text_of(write_pdf(made))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_pdf(whole()) == write_pdf(whole())


def test_a_letter_that_no_font_has_is_named_with_its_place() -> None:
    with pytest.raises(UnprintableText) as caught:
        write_pdf(document(paragraph("โรงเรียนของเรา 😀 ยิ้มแย้ม")))
    error = caught.value
    assert error.params["letter"] == "😀"
    assert error.params["code"] == "U+1F600"
    assert error.params["near"] == "โรงเรียนของเรา 😀 ยิ้มแย้ม"
    assert "😀 (U+1F600)" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") #let #set $x^2$ \\u{41} *bold* _it_ @ref <label> // /* ` ``` " \' = - + ~ --- [x]',
        '#import "@preview/x:1.0.0" #read("/etc/passwd") {"svg": 1}',
        "{page} {pages} %(x)s ${x}",
        "https://example.go.th/" + "abc/" * 200,
    ],
    ids=["markup", "imports", "templates", "address"],
)
@pytest.mark.parametrize("align", [Align.LEFT, Align.THAI_DISTRIBUTE])
def test_whatever_the_text_is_it_is_set_as_text(text: str, align: Align) -> None:
    shown = text_of(
        write_pdf(document(paragraph(text, align=align), table(paragraph(text, align=align))))
    )
    assert shown.count(flat(text)) == 2


@pytest.mark.parametrize("letter", ["ค", "a"])
@pytest.mark.parametrize("align", [Align.LEFT, Align.THAI_DISTRIBUTE])
def test_a_word_of_ten_thousand_letters_goes_on_over_pages(letter: str, align: Align) -> None:
    word = paragraph(letter * 10_000, align=align)
    pages = pages_of(write_pdf(document(word, table(word, captions=()))))
    assert len(pages) > 3
    heads = "ลำดับผลการดำเนินงานแถวที่1"
    assert sum(page.count(letter) for page in pages) == 20_000 + heads.count(letter)


def test_what_cannot_be_shown_is_replaced_visibly() -> None:
    shown = text_of(write_pdf(document(paragraph("ก\x00ข\x1bค\ud800ง\uffffจ\u200bฉ\vช"))))
    assert "ก\ufffdข\ufffdค\ufffdง\ufffdจฉช" in shown


def test_a_title_is_data_too() -> None:
    pdf = write_pdf(replace(document(paragraph("ก")), title='#panic() ") \\ (ก'))
    assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title") == '#panic() ") \\ (ก'


def test_every_kind_of_block_can_be_set() -> None:
    blocks = (
        QrCode("https://example.go.th", "รหัส"),
        Picture(png("ภาพ"), "ภาพถ่าย", 40.0),
        Spacer(5.0),
    )
    pdf = write_pdf(document(*blocks, PageBreak(), paragraph("ก"), paragraph("")))
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert pdf.count(b"/Figure") >= 2


def test_fonts_are_embedded_and_no_other_is_used() -> None:
    pdf = write_pdf(whole())
    streams = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    names = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([\w-]+)", b"".join(streams)))
    assert names
    assert all(name.startswith((b"Laksaman", b"THSarabunNew", b"DejaVu")) for name in names), names
