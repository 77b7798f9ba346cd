"""What a file really is, told from its content and never from its name. Nothing is unpacked."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from nithet.kernel.errors import BadInput
from nithet.kernel.text import collapse

HEAD_BYTES = 4096
TAIL_BYTES = 4096
TEXT_SAMPLE_BYTES = 1024 * 1024
LONGEST_NAME = 255

_OFFICE = "application/vnd.openxmlformats-officedocument"
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_TEXT_CONTROLS = frozenset(b"\t\n\f\r")


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that the office may keep: its extensions, the first being its own, and its media type."""

    extensions: tuple[str, ...]
    media_type: str


PDF = FileType((".pdf",), "application/pdf")
DOCX = FileType((".docx",), f"{_OFFICE}.wordprocessingml.document")
XLSX = FileType((".xlsx",), f"{_OFFICE}.spreadsheetml.sheet")
PPTX = FileType((".pptx",), f"{_OFFICE}.presentationml.presentation")
ZIP = FileType((".zip",), "application/zip")
JPEG = FileType((".jpg", ".jpeg"), "image/jpeg")
PNG = FileType((".png",), "image/png")
HEIC = FileType((".heic", ".heif"), "image/heic")
MP4 = FileType((".mp4", ".m4v"), "video/mp4")
TEXT = FileType((".txt",), "text/plain")
ALLOWED = (PDF, DOCX, XLSX, PPTX, ZIP, JPEG, PNG, HEIC, MP4, TEXT)

_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin", "ppt/vbaProject.bin")


def tidy_file_name(name: str) -> str:
    r"""Return the name without folders, control characters and white space around it, short enough to keep.

    >>> tidy_file_name("C:\\งาน\\รายงาน  ปี 2555.pdf"), tidy_file_name("../../etc/passwd")
    ('รายงาน ปี 2555.pdf', 'passwd')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    tidy = collapse("".join(mark for mark in last if mark.isprintable() or mark.isspace()))
    stem, dot, extension = tidy.rpartition(".")
    if len(tidy) > LONGEST_NAME and dot:
        return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"[:LONGEST_NAME]
    return tidy[:LONGEST_NAME]


def checked_type(file_name: str, stream: BinaryIO) -> FileType:
    """Return the type of a file whose content and name agree; the stream is at its start again afterwards.

    Raises `BadInput`: "file.empty", "file.type" for content that is not on the list or is damaged, "file.name" where
    the name promises another type than the content, "file.macros" for an Office file that holds programs.
    """
    found = _type_of(stream)
    stream.seek(0)
    if found is None:
        raise BadInput(
            "file.type",
            "This file cannot be kept: it is damaged, or not of one of these types: %(types)s.",
            field="file",
            types=", ".join(one.extensions[0] for one in ALLOWED),
        )
    if not tidy_file_name(file_name).lower().endswith(found.extensions):
        raise BadInput(
            "file.name",
            "The content of this file is of type %(type)s, which its name %(name)s does not say.",
            field="file",
            type=found.extensions[0],
            name=tidy_file_name(file_name),
        )
    return found


def _type_of(stream: BinaryIO) -> FileType | None:
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head:
        raise BadInput("file.empty", "This file is empty.", field="file")
    if b"%PDF-" in head[:1024]:
        return PDF if b"%%EOF" in _tail(stream) else None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(stream)
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in _HEIF_BRANDS else MP4
    return TEXT if _is_text(stream) else None


def _tail(stream: BinaryIO) -> bytes:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL_BYTES))
    return stream.read(TAIL_BYTES)


def _zip_type(stream: BinaryIO) -> FileType | None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if "[Content_Types].xml" not in names:
        return ZIP
    if names.intersection(_MACROS):
        raise BadInput(
            "file.macros",
            "This file holds programs (macros). Save it without them and try again.",
            field="file",
        )
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), ZIP)


def _is_text(stream: BinaryIO) -> bool:
    stream.seek(0)
    sample = stream.read(TEXT_SAMPLE_BYTES)
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample):
        return False
    return any(_decodes(sample, encoding) for encoding in ("utf-8", "cp874"))


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        # A sample may end in the middle of a character.
        return (
            encoding == "utf-8"
            and len(sample) == TEXT_SAMPLE_BYTES
            and error.start > len(sample) - 4
        )
    return True
