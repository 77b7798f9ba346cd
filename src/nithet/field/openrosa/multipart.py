"""The body of a submission: an XML part and files, also in a request without a stated length."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import load_handler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from nithet.domain.instruments.actions.filing import SentFile
from nithet.domain.instruments.rules.instance_xml import LARGEST_BYTES
from nithet.field.openrosa.answers import ACCEPTED_BYTES
from nithet.kernel.errors import BadInput

XML_PART = "xml_submission_file"
INCOMPLETE = "*isIncomplete*"
AROUND = 1024 * 1024
"""Bytes of boundaries and headers around the parts."""
IN_MEMORY = 1024 * 1024
CHUNK = 256 * 1024
READ_WHOLE = 2 * 1024 * 1024
"""Bytes of a request that is read in one piece: a form with a few photos as telephones make them smaller."""
FEW_PARTS = 30
_KIND = re.compile(r'multipart/form-data; ?boundary="?([0-9A-Za-z\'()+_,./:=?-]{1,70})"?')
_PART = re.compile(
    rb'Content-Disposition: form-data; name="([\w.*-]{1,200})"(?:; filename="([\w.-]{1,200})")?'
    rb"(?:\r\nContent-Type: [\w.+/-]+(?:; ?charset=[\w-]+)?)?",
    re.ASCII | re.IGNORECASE,
)
_DOTS = frozenset({b".", b".."})


@dataclass(frozen=True, slots=True)
class Posted:
    """What came in one request."""

    xml: bytes
    files: tuple[SentFile, ...]
    is_incomplete: bool
    file_bytes: int
    """Of all files together."""


@contextmanager
def posted(request: HttpRequest) -> Iterator[Posted]:
    """Read a request's parts; large files lie in temporary files for the length of the block.

    Raises `BadInput` for more than is accepted, and where it is no submission.
    """
    if not (request.content_type or "").startswith("multipart/"):
        raise BadInput(
            "openrosa.multipart",
            "A submission is sent as multipart/form-data with a part xml_submission_file.",
        )
    with _body(request) as (stream, length):
        if length <= READ_WHOLE:
            body = _whole(stream, length)
            if (plain := _plain_parts(request.META.get("CONTENT_TYPE", ""), body)) is not None:
                yield plain
                return
            stream = BytesIO(body)
        meta = {**request.META, "CONTENT_LENGTH": str(length)}
        handlers = [load_handler(name, request) for name in settings.FILE_UPLOAD_HANDLERS]
        try:
            fields, files = MultiPartParser(meta, cast(Any, stream), handlers, "utf-8").parse()
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig) as error:
            raise too_large() from error
        except (MultiPartParserError, UnreadablePostError, ValueError) as error:
            raise _cut() from error
        try:
            yield _sorted_out(fields, files)
        finally:
            for _name, found in files.lists():
                for one in found:
                    one.close()


def _whole(stream: BinaryIO, length: int) -> bytes:
    try:
        return stream.read(length)
    except UnreadablePostError as error:
        raise _cut() from error


def _cut() -> BadInput:
    return BadInput("openrosa.cut", "What was sent is not whole. Send it again.")


def _plain_parts(kind: str, body: bytes) -> Posted | None:
    """Take a body apart that is written as every client of ours writes it; None for any other, which takes the long way.

    Everything is matched to the letter, so that what this accepts means the same to every reader of the format.
    """
    named = _KIND.fullmatch(kind)
    if named is None:
        return None
    mark = b"--" + named[1].encode()
    begin, *pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if begin or not 1 < len(pieces) <= FEW_PARTS or pieces.pop() not in {b"--", b"--\r\n"}:
        return None
    xml: bytes | None = None
    sent: list[SentFile] = []
    is_incomplete, file_bytes = False, 0
    for piece in pieces:
        head, _, content = piece.partition(b"\r\n\r\n")
        said = _PART.fullmatch(head, 2) if head.startswith(b"\r\n") else None
        if said is None or not content or said[2] in _DOTS:
            return None
        name = said[1].decode()
        if name == XML_PART:
            if xml is not None or said[2] is None or len(content) > LARGEST_BYTES:
                return None
            xml = content
        elif said[2] is not None:
            sent.append(SentFile(said[2].decode(), content))
            file_bytes += len(content)
        elif name == INCOMPLETE:
            is_incomplete = content.lower() in {b"yes", b"true", b"1"}
    if xml is None:
        return None
    return Posted(xml, tuple(sent), is_incomplete, file_bytes)


def _sorted_out(fields: Any, files: Any) -> Posted:
    xml: bytes | None = fields[XML_PART].encode() if XML_PART in fields else None
    sent = []
    file_bytes = 0
    for name, found in files.lists():
        for one in found:
            if name == XML_PART and xml is None:
                if one.size > LARGEST_BYTES:
                    raise too_large()
                xml = one.read()
            elif name != XML_PART:
                sent.append(SentFile(one.name or name, one))
                file_bytes += one.size
    if xml is None:
        raise BadInput("openrosa.no_xml", "The part xml_submission_file is missing.")
    is_incomplete = fields.get(INCOMPLETE, "").lower() in {"yes", "true", "1"}
    return Posted(xml, tuple(sent), is_incomplete, file_bytes)


@contextmanager
def _body(request: HttpRequest) -> Iterator[tuple[BinaryIO, int]]:
    """The bytes of a request with their number. One that comes in chunks says no length and is received first."""
    stated = request.META.get("CONTENT_LENGTH") or ""
    if stated.isdecimal():
        if int(stated[:15]) > ACCEPTED_BYTES + AROUND:
            raise too_large()
        yield cast(BinaryIO, request), int(stated)
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        length = 0
        source = request.META.get("wsgi.input") or request
        while chunk := source.read(CHUNK):
            length += len(chunk)
            if length > ACCEPTED_BYTES + AROUND:
                raise too_large()
            kept.write(chunk)
        kept.seek(0)
        yield cast(BinaryIO, kept), length


def too_large() -> BadInput:
    """The refusal of more than one request may hold."""
    return BadInput(
        "openrosa.too_large",
        "What was sent is larger than %(megabytes)s MB. Send the photos in several requests.",
        megabytes=ACCEPTED_BYTES // (1024 * 1024),
    )
