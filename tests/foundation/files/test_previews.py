import io
import os
import time

import pytest
from PIL import Image

from nithet.foundation.files import previews
from nithet.foundation.files.checking import keep_checked
from nithet.foundation.files.previews import Block, preview, remove_forgotten
from tests.foundation.files.hostile import packages, pdfs, pictures


def kept(content, name):
    checked = keep_checked("evidence", name, content, largest=10**8)
    return checked.sha256, checked.media_type


def shown(content, name, page=1):
    return preview(*kept(content, name), page)


def size(picture):
    return Image.open(io.BytesIO(picture)).size


def test_a_page_of_a_pdf_is_a_picture():
    got = shown(pdfs.pdf(), "ก.pdf")
    assert (got.page, got.pages, got.reason, got.blocks) == (1, 1, "", ())
    width, height = size(got.picture)
    assert 1200 <= width <= 1260
    assert 1.4 < height / width < 1.43
    picture = Image.open(io.BytesIO(got.picture)).convert("L")
    assert picture.getextrema()[0] < 100


def test_a_page_that_is_not_there_is_empty():
    got = shown(pdfs.pdf(), "ก.pdf", 2)
    assert (got.pages, got.picture) == (1, b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_picture_is_small_upright_and_says_nothing_of_its_place(kind):
    content = (
        pictures.with_place()
        if kind == "JPEG"
        else pictures.saved(kind, pictures.drawn(3000, 1000))
    )
    got = shown(content, f"ก.{kind.lower()}")
    picture = Image.open(io.BytesIO(got.picture))
    assert picture.format == "WEBP"
    assert max(picture.size) <= previews_longest()
    assert not picture.getexif()
    if kind == "JPEG":
        assert picture.size == (480, 640)


def previews_longest():
    from nithet.foundation.files.workshop.previews import TALLEST

    return TALLEST


def test_a_document_shows_its_words_and_tables_in_their_order():
    got = shown(packages.word(["ย่อหน้าที่หนึ่ง", "<script>alert(1)</script>"]), "ก.docx")
    assert got.blocks == (
        Block("heading", packages.THAI, 1),
        Block("paragraph", "ย่อหน้าที่หนึ่ง"),
        Block("paragraph", "<script>alert(1)</script>"),
        Block("table", rows=(("โรงเรียน", ""), ("", "12"))),
    )
    assert (got.pages, got.picture, got.is_cut) == (1, b"", False)


def test_a_sheet_is_a_page_and_long_ones_are_cut():
    content = packages.workbook(500)
    first, second = shown(content, "ก.xlsx"), shown(content, "ก.xlsx", 2)
    assert first.pages == 2
    assert first.blocks[0] == Block("heading", "งบประมาณ", 2)
    assert first.blocks[1].rows[1][:3] == ("2", "โครงการที่ 2", "2001")
    assert first.is_cut
    assert second.blocks[0].text == "สรุป"
    assert not second.is_cut


def test_a_slide_is_a_page():
    got = shown(packages.slides(), "ก.pptx")
    assert got.pages == 1
    assert got.blocks == (
        Block("heading", packages.THAI, 2),
        Block("paragraph", "โรงเรียนขนาดเล็ก"),
    )


def test_open_documents_show_words_and_tables():
    body = (
        "<text:h text:outline-level='2'>หัวข้อ</text:h><text:p>เนื้อ<text:span>ความ</text:span></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>ก</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>ข</text:p></table:table-cell></table:table-row></table:table>"
    )
    got = shown(packages.open_document(body=body), "ก.odt")
    assert got.blocks == (
        Block("heading", "หัวข้อ", 2),
        Block("paragraph", "เนื้อความ"),
        Block("table", rows=(("ก", "ข", "ข"),)),
    )


def test_text_and_csv_show_their_first_lines_in_any_thai_encoding():
    text = shown("บรรทัดแรก\nบรรทัดสอง".encode("cp874"), "ก.txt")
    assert [block.text for block in text.blocks] == ["บรรทัดแรก", "บรรทัดสอง"]
    for encoding in ("cp874", "utf-8-sig", "utf-16"):
        got = shown('รหัส;ชื่อ\n1;"ก;ข"\n'.encode(encoding), "ก.csv")
        assert got.blocks == (Block("table", rows=(("รหัส", "ชื่อ"), ("1", "ก;ข"))),)
    assert shown("\n".join(["x"] * 999).encode(), "ก.txt").is_cut


def test_an_archive_lists_what_is_in_it():
    got = shown(packages.zipped({"งาน/ก.txt": b"x" * 1234}), "ก.zip")
    assert got.blocks == (Block("table", rows=(("งาน/ก.txt", "1,234"),)),)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pictures.telephone_picture(), "a.heic"),
        (pictures.film(), "a.mp4"),
        (packages.old_word(), "a.doc"),
    ],
)
def test_what_cannot_be_shown_says_why(content, name):
    got = shown(content, name)
    assert (got.picture, got.blocks) == (b"", ())
    assert "Download it" in got.reason


def test_a_preview_is_made_once(monkeypatch):
    where = kept(pdfs.pdf(), "ก.pdf")
    first = preview(*where)
    monkeypatch.setattr(previews.sandbox, "run", None)
    assert preview(*where) == first


def test_a_damaged_preview_is_made_again(data_folder):
    where = kept(pdfs.pdf(), "ก.pdf")
    first = preview(*where)
    for path in (data_folder / "previews").rglob("*.json"):
        path.write_text("{")
    assert preview(*where) == first


def test_previews_that_nobody_looks_at_go(data_folder):
    where = kept(pdfs.pdf(), "ก.pdf")
    preview(*where)
    assert remove_forgotten() == 0
    folder = next((data_folder / "previews").glob("*/*"))
    then = time.time() - 100 * 86400
    os.utime(folder, (then, then))
    assert remove_forgotten() == 1
    assert not folder.exists()
    assert preview(*where).picture
