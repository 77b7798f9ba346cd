"""Bytes of a text file become Thai text, or are refused with the reason."""

import re
from typing import NamedTuple

from nithet.domain.returns.reader import refusals
from nithet.domain.returns.reader.lines import SourceLine, repaired

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_THAI = re.compile("[\u0e01-\u0e5b]")
# UTF-8 bytes of Thai shown as Windows-874, or as Windows-1252; Thai shown as Windows-1252.
_GARBLED = re.compile("เธ[\u0e01-\u0e5b\u00a0-\u00ff\u2010-\u2030]|เน[\u0080-\u009f€]|à¸.|à¹.")
_WESTERN = re.compile("[\u00a1-\u00ff]{3}")
_LOST = re.compile("\ufffd")
_BROKEN_THAI = re.compile(
    "(?:^|[^\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e30\u0e32\u0e33\u0e45])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
)
_LINE_ENDS = re.compile("\r\n|\n|\r")
_SHARE_BROKEN = 0.02
_SHARE_GARBLED = 0.02


class Decoded(NamedTuple):
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a file in UTF-8, UTF-16 (with its mark) or Windows-874 / TIS-620.

    Raises `BadInput` for what is empty, too large, binary, cut off, or no readable Thai.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf"):
        raise refusals.empty()
    if len(data) > refusals.MAX_TEXT_BYTES:
        # What is binary is told so, however large it is.
        _refuse_binary(data[: refusals.MAX_TEXT_BYTES].decode("latin-1"))
        raise refusals.too_large(refusals.MAX_TEXT_BYTES)
    decoded = _decoded(data)
    _refuse_binary(decoded.text)
    _refuse_garbled(decoded.text)
    if not decoded.text.strip():
        raise refusals.empty()
    if decoded.text.count("\n") + decoded.text.count("\r") > refusals.MAX_LINES:
        raise refusals.too_large(refusals.MAX_TEXT_BYTES)
    return decoded


def source_lines(text: str) -> list[SourceLine]:
    """The lines of a text, numbered from 1, their Thai repaired; a form feed does not end a line."""
    lines = map(repaired, _LINE_ENDS.split(text))
    return [SourceLine(number, line) for number, line in enumerate(lines, 1)]


def _decoded(data: bytes) -> Decoded:
    wide = _UTF16.get(data[:2])
    if wide:
        try:
            return Decoded(data[2:].decode(wide), "utf-16")
        except UnicodeDecodeError as error:
            raise refusals.truncated() from error
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        return _decoded_as_thai_windows(data, error)


def _decoded_as_thai_windows(data: bytes, error: UnicodeDecodeError) -> Decoded:
    cut_inside_a_letter = error.end >= len(data) and error.reason == "unexpected end of data"
    if cut_inside_a_letter and error.start > 0:
        raise refusals.truncated() from error
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        raise _not_decodable(data, error) from error
    letters = len(_THAI.findall(text))
    if letters == 0 or len(_BROKEN_THAI.findall(text)) > letters * _SHARE_BROKEN:
        raise _not_decodable(data, error)
    return Decoded(text, "windows-874")


def _not_decodable(data: bytes, error: UnicodeDecodeError) -> Exception:
    if data.count(0):
        return refusals.binary()
    line = data.count(b"\n", 0, error.start) + 1
    return refusals.wrong_encoding(line if line > 1 else None)


def _refuse_binary(text: str) -> None:
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) // 1000 + 1:
        raise refusals.binary()


def _refuse_garbled(text: str) -> None:
    thai = len(_THAI.findall(text))
    garbled = list(_GARBLED.finditer(text))
    if sum(len(match[0]) for match in garbled) > max(8, _SHARE_GARBLED * len(text)):
        begins = garbled[0].start()
        raise refusals.garbled(text[begins : begins + 12].split("\n")[0])
    if len(_LOST.findall(text)) > max(2, _SHARE_GARBLED * (thai + 1)):
        raise refusals.wrong_encoding()
    if not thai and len(_WESTERN.findall(text)) > 2:
        raise refusals.wrong_encoding()
