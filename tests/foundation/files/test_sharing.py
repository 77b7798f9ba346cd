import io
import zipfile

import docx
import openpyxl
import pptx
import pypdfium2
import pytest
from PIL import Image

from nithet.foundation.files.checking import keep_checked
from nithet.foundation.files.sharing import SHARED, remove_forgotten, shared_copy
from nithet.foundation.files.store import read_blob
from tests.foundation.files.hostile import packages, pdfs, pictures


def copied(content, name):
    checked = keep_checked("evidence", name, content, largest=10**8)
    copy = shared_copy(checked.sha256, checked.media_type)
    assert read_blob("evidence", checked.sha256) == content
    return None if copy is None else read_blob(SHARED, copy)


def test_a_photograph_loses_its_place_and_keeps_its_look():
    content = pictures.with_place()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    copy = copied(content, "เด็ก.jpg")
    picture = Image.open(io.BytesIO(copy))
    assert not picture.getexif()
    assert not set(picture.info) & {"exif", "xmp", "comment"}
    for trace in (b"Exif", b"Telephone", b"2012:09:14", b"http://ns.adobe.com"):
        assert trace not in copy
    # Turned upright, as the camera meant it.
    assert picture.size == (480, 640)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_other_pictures_lose_their_place_too(kind):
    content = pictures.with_place(kind)
    assert b"Telephone" in content
    copy = copied(content, f"ก.{kind.lower()}")
    assert b"Telephone" not in copy
    assert not Image.open(io.BytesIO(copy)).getexif().get_ifd(0x8825)
    assert Image.open(io.BytesIO(copy)).size in {(480, 640), (640, 480)}


def test_a_pdf_loses_its_information_and_keeps_its_words():
    info = b"<< /Author (Somebody) /Producer (Machine 7) /CreationDate (D:20120914) >>"
    xmp = pdfs.stream(b"<x:xmpmeta>Somebody</x:xmpmeta>", b"/Type /Metadata /Subtype /XML")
    content = pdfs.pdf(
        catalog=b"/Metadata 7 0 R",
        objects=[info, xmp],
        trailer=b"/Info 6 0 R",
        words=b"Report 2555",
    )
    copy = copied(content, "ก.pdf")
    document = pypdfium2.PdfDocument(copy)
    assert set(document.get_metadata_dict().values()) == {""}
    assert document[0].get_textpage().get_text_range() == "Report 2555"
    for trace in (b"Somebody", b"Machine 7", b"xmpmeta", b"20120914"):
        assert trace not in copy


def test_office_documents_lose_their_properties_and_still_open():
    for content, name, opens in (
        (packages.word(), "ก.docx", docx.Document),
        (packages.workbook(), "ก.xlsx", openpyxl.load_workbook),
        (packages.slides(), "ก.pptx", pptx.Presentation),
    ):
        copy = copied(content, name)
        assert opens(io.BytesIO(copy))
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            words = b"".join(
                archive.read(part) for part in archive.namelist() if "docProps" in part
            )
            assert {member.date_time[0] for member in archive.infolist()} == {1980}
        assert "ผู้จัดทำเอกสาร".encode() not in words
        assert b"<dc:creator>" not in words


def test_of_other_kinds_there_is_no_clean_copy():
    assert copied(pictures.film(), "ก.mp4") is None
    assert copied(pictures.telephone_picture(), "ก.heic") is None


def test_a_copy_is_made_once_and_again_after_it_was_forgotten():
    from datetime import timedelta

    checked = keep_checked("evidence", "ก.jpg", pictures.with_place(), largest=10**8)
    first = shared_copy(checked.sha256, checked.media_type)
    assert shared_copy(checked.sha256, checked.media_type) == first
    assert remove_forgotten() == 0
    assert remove_forgotten(timedelta(0)) == 1
    assert shared_copy(checked.sha256, checked.media_type) == first
    assert read_blob(SHARED, first)
