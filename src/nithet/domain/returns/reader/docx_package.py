"""Opens a DOCX without trusting it: only the few parts the reader needs, counted byte by byte.

Checked before anything is decompressed: the size of the directory, the number of entries, their
names, encryption, links, doubled names, overlapping data, declared sizes and ratios. Checked while
decompressing: the real size, since a declared one may lie. Checked before parsing: no document type
declaration (so no entities, no outside files) and no more tags than a long return has.
"""

import re
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from nithet.domain.returns.reader import refusals
from nithet.domain.returns.reader.ooxml import transitional

MAX_ENTRIES = 2000
MAX_DIRECTORY_BYTES = 1024 * 1024
MAX_DECLARED_BYTES = 200 * 1024 * 1024
MAX_PART_BYTES = 16 * 1024 * 1024
MAX_RATIO = 200
MAX_TAGS = 400_000
_RATIO_MATTERS_FROM = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_ZIP64 = b"PK\x06\x07"
_END_LENGTH = 22
_LONGEST_COMMENT = 65_535
_DOCTYPES = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!doctype", "<!ENTITY", "<!entity")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_MAIN = "word/document.xml"
_MAIN_RELATIONSHIP = "/officeDocument"
_HEADER = re.compile(r"word/header\d*\.xml$")
_DRIVE = re.compile(r"^[A-Za-z]:")
# What `zipfile` raises over damaged archives, apart from its own error.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


class DocxPackage:
    """The parts of a DOCX held in memory; nothing is written, nothing is fetched."""

    def __init__(self, data: bytes) -> None:
        """Opens and checks the package; raises `BadInput` with the reason."""
        _check_directory(data)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise refusals.damaged_docx() from error
        self._entries = _checked_entries(self._archive.infolist(), len(data))
        if "[Content_Types].xml" not in self._entries:
            raise refusals.no_word_document()
        self._main = self._main_part()

    @property
    def document(self) -> etree._Element:
        """The root of the main document part."""
        return self._xml(self._main)

    @property
    def numbering(self) -> etree._Element | None:
        """The root of the list definitions, or None."""
        return self._beside("numbering.xml")

    @property
    def styles(self) -> etree._Element | None:
        """The root of the styles, or None."""
        return self._beside("styles.xml")

    @property
    def page_headers(self) -> list[etree._Element]:
        """The roots of all page headers, by name."""
        return [self._xml(name) for name in sorted(self._entries) if _HEADER.match(name)][:20]

    def _beside(self, name: str) -> etree._Element | None:
        path = str(PurePosixPath(self._main).parent / name)
        return self._xml(path) if path in self._entries else None

    def _main_part(self) -> str:
        if _MAIN in self._entries:
            return _MAIN
        if "_rels/.rels" in self._entries:
            for relationship in self._xml("_rels/.rels"):
                if relationship.get("Type", "").endswith(_MAIN_RELATIONSHIP):
                    target = str(relationship.get("Target", "")).lstrip("/")
                    if target in self._entries and target.endswith(".xml"):
                        return target
        raise refusals.no_word_document()

    def _xml(self, name: str) -> etree._Element:
        data = self._bytes(name)
        if any(word in data for word in _DOCTYPES):
            raise refusals.unsafe_docx("DOCTYPE")
        if data.count(b"<") > MAX_TAGS:
            raise refusals.too_large(refusals.MAX_FILE_BYTES)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        )
        try:
            root = etree.fromstring(transitional(data), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refusals.damaged_docx() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusals.unsafe_docx("DOCTYPE")
        return root

    def _bytes(self, name: str) -> bytes:
        """One part, decompressed no further than its limit."""
        chunks: list[bytes] = []
        size = 0
        try:
            with self._archive.open(self._entries[name]) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_PART_BYTES:
                        raise refusals.unsafe_docx("zip bomb")
                    chunks.append(chunk)
        except _BROKEN as error:
            raise refusals.damaged_docx() from error
        except RuntimeError as error:  # zipfile says so of a part behind a password
            raise refusals.protected_docx() from error
        return b"".join(chunks)


def _check_directory(data: bytes) -> None:
    """The directory at the end of the file, read by hand: `zipfile` would read any size of it."""
    tail = data[-(_LONGEST_COMMENT + _END_LENGTH) :]
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise refusals.truncated()
    entries, size, offset = struct.unpack("<HII", tail[at + 10 : at + 20])
    if _ZIP64 in tail or offset == 0xFFFFFFFF:
        raise refusals.unsafe_docx("ZIP64")
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY_BYTES:
        raise refusals.unsafe_docx("too many parts")


def _checked_entries(infos: list[zipfile.ZipInfo], length: int) -> dict[str, zipfile.ZipInfo]:
    """Entries by name, once every one of them is known to be harmless."""
    if len(infos) > MAX_ENTRIES:
        raise refusals.unsafe_docx("too many parts")
    for info in infos:
        _check_entry(info)
    if sum(info.file_size for info in infos) > MAX_DECLARED_BYTES:
        raise refusals.unsafe_docx("zip bomb")
    beginnings = {info.header_offset for info in infos}
    if sum(info.compress_size for info in infos) > length or len(beginnings) < len(infos):
        raise refusals.unsafe_docx("overlapping parts")
    names = [info.filename.casefold() for info in infos]
    if len(set(names)) != len(names):
        raise refusals.unsafe_docx("doubled part")
    return {info.filename: info for info in infos}


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise refusals.protected_docx()
    name = info.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if (
        "\\" in name
        or "\x00" in name
        or name.startswith("/")
        or ".." in parts
        or _DRIVE.match(name)
    ):
        raise refusals.unsafe_docx("path name")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refusals.unsafe_docx("link")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusals.unsafe_docx("compression")
    bomb = info.file_size > max(info.compress_size, 1) * MAX_RATIO
    if bomb and info.file_size > _RATIO_MATTERS_FROM:
        raise refusals.unsafe_docx("zip bomb")
