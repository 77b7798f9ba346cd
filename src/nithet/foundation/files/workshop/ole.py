"""DOC, XLS and PPT (Word, Excel and PowerPoint 97 to 2003): the folder of a compound file, read by hand."""

import re
import struct

from nithet.foundation.files.workshop.kinds import (
    DOC,
    PPT,
    XLS,
    Data,
    Found,
    damaged,
    locked,
    not_accepted,
    programs,
)

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 20_000
_END = 0xFFFFFFFA
_NO_STREAM = 0xFFFFFFFF
_MACRO_STORAGES = frozenset({"macros", "_vba_project_cur", "vba", "_vba_project", "projectwm"})
_PACKED = frozenset({"\x01ole10native"})
# The record of PowerPoint that says whether there are macros (VBAInfoContainer, VBAInfoAtom).
_SLIDE_MACROS = re.compile(
    rb"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00.{4}[^\x00]\x00\x00\x00",
    re.DOTALL,
)
_BOUNDSHEET, _EOF, _FILEPASS, _SUPBOOK = 0x85, 0x0A, 0x2F, 0x1AE


def look(data: Data, name: str, depth: int) -> Found:
    """Tell which of the three it is; `BadInput` for macros, passwords, packed programs and damage."""
    try:
        streams = Streams(data)
    except (struct.error, IndexError) as error:
        raise damaged("Office") from error
    names = {entry.lower() for entry in streams.names}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise locked()
    if names & _MACRO_STORAGES or names & _PACKED:
        raise programs()
    if "worddocument" in names:
        _check_word(streams.read("WordDocument", 64))
        return Found(DOC)
    if "workbook" in names or "book" in names:
        _check_sheets(streams.read("Workbook" if "workbook" in names else "Book", 32 * 1024 * 1024))
        return Found(XLS)
    if "powerpoint document" in names:
        if _SLIDE_MACROS.search(data):
            raise programs()
        return Found(PPT)
    raise not_accepted()


def _check_word(head: bytes) -> None:
    if len(head) < 12 or head[:2] != b"\xec\xa5":
        raise damaged("Word")
    if head[11] & 0x01:
        raise locked()


def _check_sheets(book: bytes) -> None:
    """Walk the records of the first part: sheets of macros (Excel 4) count as programs."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _FILEPASS:
            raise locked()
        if kind == _BOUNDSHEET and length >= 6 and book[at + 4 + 5] in {1, 6}:
            raise programs()
        if kind == _EOF:
            return
        at += 4 + length
    raise damaged("Excel")


class Streams:
    """The streams of a compound file by name."""

    def __init__(self, data: Data) -> None:
        self._data = data
        if data[28:30] != b"\xfe\xff":
            raise damaged("Office")
        shift, small = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small != 6:
            raise damaged("Office")
        self._sector = 1 << shift
        self._fat = self._read_fat()
        directory, self._cutoff, mini = struct.unpack_from("<I4xII", data, 48)
        self._mini = mini
        self.names: list[str] = []
        self._found: dict[str, tuple[int, int]] = {}
        self._root = 0
        entries = self._chain(directory)
        for at in range(0, min(len(entries), MOST_ENTRIES * 128), 128):
            self._entry(entries[at : at + 128])
        if not self.names:
            raise damaged("Office")

    def read(self, name: str, most: int) -> bytes:
        """The beginning of a stream."""
        start, size = self._found.get(name.lower(), (0, 0))
        if size >= self._cutoff:
            return self._chain(start, most)[: min(size, most)]
        small, numbers = self._chain(self._root), _numbers(self._chain(self._mini))
        kept, steps = b"", 0
        while start < _END and len(kept) < min(size, most) and steps <= len(numbers):
            kept += small[start * 64 : start * 64 + 64]
            start, steps = numbers[start], steps + 1
        return kept[: min(size, most)]

    def _entry(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind not in (1, 2, 5) or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<IQ", entry, 116)
        if kind == 5:
            self._root = start
        self.names.append(name)
        self._found.setdefault(name.lower(), (start, size & 0xFFFFFFFF))

    def _read_fat(self) -> list[int]:
        where = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        per = self._sector // 4
        for _ in range(min(count, 4096)):
            if following >= _END:
                break
            more = _numbers(self._piece(following))
            where += more[: per - 1]
            following = more[per - 1]
        fat: list[int] = []
        for number in where:
            if number < _END:
                fat += _numbers(self._piece(number))
        return fat

    def _piece(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        piece = bytes(self._data[start : start + self._sector])
        if not piece:
            raise damaged("Office")
        return piece.ljust(self._sector, b"\0")

    def _chain(self, number: int, most: int = 64 * 1024 * 1024) -> bytes:
        kept: list[bytes] = []
        while number < _END:
            kept.append(self._piece(number))
            if len(kept) > len(self._fat) or number >= len(self._fat):
                raise damaged("Office")
            if len(kept) * self._sector >= most:
                break
            number = self._fat[number]
        return b"".join(kept)


def _numbers(piece: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4]))
