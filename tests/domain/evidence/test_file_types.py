"""What a file is, told from its content."""

import io
import zipfile

import pytest

from nithet.domain.evidence.rules.file_types import (
    DOCX,
    HEIC,
    JPEG,
    MP4,
    PDF,
    PNG,
    PPTX,
    TEXT,
    XLSX,
    ZIP,
    FileType,
    checked_type,
    tidy_file_name,
)
from nithet.kernel.errors import BadInput
from tests.domain.record_factories import PDF_BYTES


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG_BYTES = b"\xff\xd8\xff\xe0" + b"\0" * 20
HEIC_BYTES = b"\0\0\0\x18ftypheic" + b"\0" * 20
MP4_BYTES = b"\0\0\0\x18ftypmp42" + b"\0" * 20
DOCX_BYTES = zipped("[Content_Types].xml", "word/document.xml")
XLSX_BYTES = zipped("[Content_Types].xml", "xl/workbook.xml")
PPTX_BYTES = zipped("[Content_Types].xml", "ppt/presentation.xml")

GOOD: list[tuple[str, bytes, FileType]] = [
    ("รายงาน.pdf", PDF_BYTES, PDF),
    ("รายงาน.PDF", b"\xef\xbb\xbf" + PDF_BYTES, PDF),
    ("a.docx", DOCX_BYTES, DOCX),
    ("a.xlsx", XLSX_BYTES, XLSX),
    ("a.pptx", PPTX_BYTES, PPTX),
    ("a.zip", zipped("ก.txt"), ZIP),
    ("a.zip", zipped(), ZIP),
    ("a.jpeg", JPEG_BYTES, JPEG),
    ("a.jpg", JPEG_BYTES, JPEG),
    ("a.png", PNG_BYTES, PNG),
    ("a.heic", HEIC_BYTES, HEIC),
    ("a.mp4", MP4_BYTES, MP4),
    ("a.txt", "บันทึกการนิเทศ".encode(), TEXT),
    ("a.txt", "บันทึกการนิเทศ".encode("cp874"), TEXT),
    ("a.txt", "ก".encode() * 400_000, TEXT),
]


@pytest.mark.parametrize(("name", "data", "kind"), GOOD)
def test_a_type_is_told_from_the_content(name: str, data: bytes, kind: FileType) -> None:
    stream = io.BytesIO(data)
    assert checked_type(name, stream) is kind
    assert stream.tell() == 0


BAD: list[tuple[str, bytes, str]] = [
    ("a.pdf", b"", "file.empty"),
    ("a.pdf", PDF_BYTES[:20], "file.type"),  # cut off
    ("a.docx", DOCX_BYTES[:-30], "file.type"),
    ("a.docx", b"PK\x03\x04" + b"\0" * 50, "file.type"),
    ("a.exe", b"MZ\x90\x00" + b"\0" * 50, "file.type"),
    ("a.txt", b"abc\x00def", "file.type"),
    ("a.svg", b"<svg onload='x'/>", "file.name"),
    ("a.html", b"<script>x</script>", "file.name"),
    ("a.pdf", PNG_BYTES, "file.name"),
    ("a.jpg", DOCX_BYTES, "file.name"),
    ("a.docx", zipped("ก.txt"), "file.name"),
    ("a", PDF_BYTES, "file.name"),
    (
        "a.docx",
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "file.macros",
    ),
    ("a.zip", zipped("[Content_Types].xml", "xl/vbaProject.bin"), "file.macros"),
]


@pytest.mark.parametrize(("name", "data", "code"), BAD)
def test_what_is_damaged_disguised_or_not_on_the_list_is_refused(
    name: str, data: bytes, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        checked_type(name, io.BytesIO(data))
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert str(refused.value)


def test_a_hostile_archive_is_looked_at_and_never_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"\0" * 50_000_000)
    assert len(stream.getvalue()) < 100_000
    assert checked_type("a.zip", stream) is ZIP


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/tmp/../ก.pdf", "ก.pdf"),
        ("ก\x00ข\u202e.pdf", "กข.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("x" * 300, "x" * 255),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_folders_and_hidden_marks(given: str, kept: str) -> None:
    assert tidy_file_name(given) == kept
