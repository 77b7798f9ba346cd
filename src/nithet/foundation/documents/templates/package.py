"""The package of a DOCX that somebody brought, looked through before anything of it is read."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from nithet.kernel.errors import BadInput

LARGEST_BYTES = 10_000_000
_LARGEST_UNPACKED = 60_000_000
_LARGEST_TEXT_PART = 8_000_000
_MOST_ENTRIES = 500
_ACTIVE = re.compile(r"(vbaProject|activeX|oleObject|/embeddings/|afchunk|\.bin$)", re.IGNORECASE)
_OUTSIDE = re.compile(rb'<Relationship\b(?=[^>]*TargetMode\s*=\s*["\']External["\'])[^>]*>')
_LINK = re.compile(rb"/hyperlink[\"']")


def check(data: bytes) -> None:
    """Refuse what is no plain DOCX, with what to do about it.

    Raises BadInput: "template.too_large", "template.not_docx", "template.active" for macros and embedded
    objects, "template.outside" for what is fetched from elsewhere when the file is opened.
    """
    if len(data) > LARGEST_BYTES:
        raise BadInput(
            "template.too_large",
            "The template is larger than %(megabytes)d MB. Please make its pictures smaller.",
            megabytes=LARGEST_BYTES // 1_000_000,
        )
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_entries(package)
            for entry in package.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(entry.filename, package.read(entry))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise not_docx() from error


def not_docx() -> BadInput:
    """What is said of a file that is not what it should be."""
    return BadInput(
        "template.not_docx",
        "This is not a Word file of the kind .docx. Please open it in Word and save it as .docx.",
    )


def _check_entries(package: ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    is_word = "word/document.xml" in names and "[Content_Types].xml" in names
    fits = len(entries) <= _MOST_ENTRIES and len(names) == len(entries)
    if not is_word or not fits or sum(e.file_size for e in entries) > _LARGEST_UNPACKED:
        raise not_docx()
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise not_docx()
    if any(_ACTIVE.search(name) for name in names):
        raise BadInput(
            "template.active",
            "The file holds macros or embedded objects. Please save a copy without them.",
        )


def _check_part(name: str, data: bytes) -> None:
    # A part that does not read as UTF-8 would hide from the searches below what the parser then sees.
    if len(data) > _LARGEST_TEXT_PART or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise not_docx()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise not_docx()
    if not name.endswith(".rels"):
        return
    if any(not _LINK.search(found[0]) for found in _OUTSIDE.finditer(data)):
        raise BadInput(
            "template.outside",
            "The file fetches something from elsewhere when it is opened (a linked picture or a linked template)."
            " Please put it into the file itself.",
        )
