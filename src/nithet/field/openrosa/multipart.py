"""The body of a submission: an XML part and files, also in a request without a stated length."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
        meta = {**request.META, "CONTENT_LENGTH": str(length)}
        handlers = [load_handler(name, request) for name in settings.FILE_UPLOAD_HANDLERS]
        try:
            fields, files = MultiPartParser(meta, cast(Any, stream), handlers, "utf-8").parse()
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig) as error:
            raise too_large() from error
        except (MultiPartParserError, UnreadablePostError, ValueError) as error:
            raise BadInput("openrosa.cut", "What was sent is not whole. Send it again.") from error
        try:
            yield _sorted_out(fields, files)
        finally:
            for _name, found in files.lists():
                for one in found:
                    one.close()


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
