"""PDF: one file, unlocked, that pdfium opens, without programs, and whose streams do not swell without end.

What is looked for: scripts, starting of programs, sending of forms, XFA, moving media, in the bytes as they are (also
with names written in #xx), in every object stream, and by pdfium itself. What is missed: an action hidden in a stream
of objects with a filter other than Flate, ASCII85 or ASCIIHex (such a file is refused when it has any such stream),
an address that opens by itself when its action stands in a stream of objects, and faults of the readers themselves.
"""

import base64
import binascii
import io
import re
import zlib
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw

from nithet.foundation.files.workshop.kinds import (
    PDF,
    Data,
    Found,
    bomb,
    damaged,
    locked,
    two_in_one,
)
from nithet.foundation.files.workshop.mapped import Reading
from nithet.foundation.files.workshop.tails import has_zip_end
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

WINDOW = 4 * 1024 * 1024
OVERLAP = 256
MOST_STREAM = 160 * 1024 * 1024
"""Bytes that one suspicious stream may have when it is unpacked."""
MOST_TOGETHER = 600 * 1024 * 1024
SAMPLE = 32 * 1024
SUSPICIOUS_RATIO = 150
MOST_PAGES = 10_000

_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|RichMedia|SubmitForm|ImportData|GoToE)(?=[\s/<>\[\]()%]|$)"
    rb"|/JS\s*(\(|<[0-9A-Fa-f\s<]|\d+\s+\d+\s+R)|/XFA\s*(\[|\d+\s+\d+\s+R)"
)
_ON_OPENING = re.compile(rb"/OpenAction\s*<<(?:[^>]|>(?!>)){0,400}?/S\s*/(URI|GoToR)\b")
_OPENING_REF = re.compile(rb"/OpenAction\s*(\d{1,9})\s+(\d{1,5})\s+R")
_ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9]{0,16}#[0-9A-Fa-f]{2}")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_MARKUP = re.compile(rb"<\s*(script|html|svg|!doctype\s+html)", re.IGNORECASE)
_FILTERS = re.compile(rb"/(Filter|F)\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_NAMES = re.compile(rb"/([A-Za-z0-9]+)")
_FLATE = frozenset({b"FlateDecode", b"Fl"})
_HEX = frozenset({b"ASCIIHexDecode", b"AHx"})
_85 = frozenset({b"ASCII85Decode", b"A85"})


def look(data: Data, name: str, depth: int) -> Found:
    """Accept a PDF, or say in a sentence why not."""
    _one_file(data)
    document = _open(data)
    try:
        found = _look(data, document)
    finally:
        document.close()
    return found


def _look(data: Data, document: pypdfium2.PdfDocument) -> Found:
    if not 0 < len(document) <= MOST_PAGES:
        raise damaged("PDF")
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        raise _active("XFA")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise _active("JavaScript")
    found = Found(PDF)
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        found.warn(msgid("Other files are attached in this PDF."))
    if raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        # Locked against changes only: what stands in it is looked through as pdfium unlocks it.
        found.warn(msgid("This PDF is locked against changes."))
        _scan(unlocked(document))
    else:
        _scan(data)
    return found


def _one_file(data: Data) -> None:
    start = data.find(b"%PDF-", 0, 1024)
    before = bytes(data[:start])
    if before.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n\t \0"):
        raise two_in_one("PDF")
    if _MARKUP.search(bytes(data[: start + 1024])) or has_zip_end(data):
        raise two_in_one("PDF")
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise damaged("PDF")
    behind = bytes(data[end + 5 : end + 5 + WINDOW])
    if b"PK\x05\x06" in behind:
        raise two_in_one("PDF")
    if _MARKUP.search(behind) or behind.lstrip(b"\r\n\t \0").startswith(
        (b"PK", b"MZ", b"\x7fELF", b"\xff\xd8\xff")
    ):
        raise two_in_one("PDF")


def _open(data: Data) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data if isinstance(data, bytes) else Reading(data))
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise locked() from error
        raise damaged("PDF") from error


def unlocked(document: pypdfium2.PdfDocument) -> bytes:
    """The document as pdfium writes it without its lock."""
    kept = io.BytesIO()
    document.save(kept, flags=raw.FPDF_REMOVE_SECURITY)
    return kept.getvalue()


def _scan(data: Data) -> None:
    for at in range(0, len(data), WINDOW):
        _refuse_active(bytes(data[max(0, at - OVERLAP) : at + WINDOW]), data)
    together = 0
    for head, start in _streams(data):
        together += _scan_stream(data, head, start)
        if together > MOST_TOGETHER:
            raise bomb()


def _refuse_active(piece: bytes, whole: Data) -> None:
    texts = [piece]
    if _ESCAPED_NAME.search(piece):
        texts.append(_ESCAPED.sub(_character, piece))
    for text in texts:
        if match := _ACTIVE.search(text):
            raise _active(match.group().lstrip(b"/").split()[0].decode("ascii", "replace"))
        if b"/OpenAction" in text:
            _refuse_on_opening(text, whole)


def _refuse_on_opening(text: bytes, whole: Data) -> None:
    """Refuse an address or another file that opens by itself; the action may stand elsewhere in the file."""
    if _ON_OPENING.search(text):
        raise _active("OpenAction")
    for number, generation in _OPENING_REF.findall(text):
        action = re.compile(
            rb"(?<!\d)"
            + number
            + rb"\s+"
            + generation
            + rb"\s+obj\b(?:(?!endobj).){0,400}?/S\s*/(URI|GoToR)\b",
            re.DOTALL,
        )
        if action.search(whole):
            raise _active("OpenAction")


def _character(match: "re.Match[bytes]") -> bytes:
    return bytes([int(match.group(1), 16)])


def _active(what: str) -> BadInput:
    return BadInput(
        "files.active_pdf",
        "This PDF holds something that runs when it is opened (%(what)s). Print it to a new PDF and send that.",
        field="file",
        what=what[:20],
    )


def _streams(data: Data) -> Iterator[tuple[bytes, int]]:
    """The dictionary before each stream (its last 2,000 bytes) and where the stream starts."""
    for match in _STREAM.finditer(data):
        head = bytes(data[max(0, match.start() - 2000) : match.start() + 2])
        yield _ESCAPED.sub(_character, head[max(0, head.rfind(b" obj")) :]), match.end()


def _filters(head: bytes) -> list[bytes]:
    return _NAMES.findall(found.group(2)) if (found := _FILTERS.search(head)) else []


def _scan_stream(data: Data, head: bytes, start: int) -> int:
    """Look into a stream of objects; sample any other. Return the bytes that were unpacked."""
    filters = _filters(head)
    if re.search(rb"/Type\s*/ObjStm\b", head):
        if any(name not in _FLATE | _HEX | _85 for name in filters):
            raise _active("ObjStm")
        text = _unpacked(data, start, filters)
        _refuse_active(text, text)
        return len(text)
    if sum(name in _FLATE for name in filters) > 1:
        return len(_unpacked(data, start, filters))
    if filters[:1] and filters[0] in _FLATE:
        return _measured(data, start)
    return 0


def _measured(data: Data, start: int) -> int:
    """Unpack the beginning; the rest only where it swells beyond what paper does."""
    machine = zlib.decompressobj()
    try:
        sample = machine.decompress(data[start : start + SAMPLE], SAMPLE * SUSPICIOUS_RATIO)
    except zlib.error:
        return 0
    if len(sample) < SAMPLE * SUSPICIOUS_RATIO:
        return len(sample)
    total, at = len(sample), start + SAMPLE
    rest = machine.unconsumed_tail
    try:
        while not machine.eof and (rest or at < len(data)):
            if not rest:
                rest, at = data[at : at + SAMPLE], at + SAMPLE
            total += len(machine.decompress(rest, WINDOW))
            rest = machine.unconsumed_tail
            if total > MOST_STREAM:
                raise bomb()
    except zlib.error:
        pass
    return total


def _unpacked(data: Data, start: int, filters: list[bytes]) -> bytes:
    end = data.find(b"endstream", start)
    content = bytes(data[start : end if end >= 0 else len(data)])
    for name in filters:
        try:
            content = _decoded(content, name)
        except (ValueError, binascii.Error, zlib.error):
            return content
    return content


def _decoded(content: bytes, name: bytes) -> bytes:
    if name in _FLATE:
        machine = zlib.decompressobj()
        plain = machine.decompress(content, MOST_STREAM)
        if machine.unconsumed_tail:
            raise bomb()
        return plain
    if name in _HEX:
        return bytes.fromhex(re.sub(rb"\s|>.*", b"", content, flags=re.DOTALL).decode("ascii"))
    if name in _85:
        return base64.a85decode(content.strip().removesuffix(b"~>"))
    return content
