"""Sending kept files to a browser: as what they are, never as a page of ours, never kept by others on the way."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from nithet.foundation.files.names import safe_file_name
from nithet.foundation.files.store import open_blob
from nithet.kernel.errors import RuleBroken

CHUNK = 256 * 1024
INLINE = frozenset({"application/pdf"})
_PLAYED = ("video/", "audio/")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SHUT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# Browsers' own viewers of PDF do not start inside of a sandbox.
_VIEWED = "default-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


def file_response(
    request: HttpRequest,
    namespace: str,
    sha256: str,
    *,
    file_name: str,
    media_type: str,
    inline: bool = False,
    is_quarantined: bool = False,
) -> HttpResponseBase:
    """Answer with a kept file, or the part of a video or sound that the browser asks for.

    ``inline`` is heard for PDF, video and sound only; everything else is an attachment. Ask first whether the person may
    see it. Raises `RuleBroken` "files.quarantined", and "files.missing" as `open_blob` does.
    """
    if is_quarantined:
        raise RuleBroken(
            "files.quarantined",
            "This file waits for the virus scanner and cannot be opened yet. Try again later.",
        )
    file = open_blob(namespace, sha256)
    is_played = media_type.startswith(_PLAYED)
    is_shown = inline and (media_type in INLINE or is_played)
    answer = _part(request, file, media_type) if is_played else None
    if answer is None:
        answer = FileResponse(file, content_type=media_type)
    _guard(answer, safe_file_name(file_name), is_shown=is_shown, is_viewed=media_type in INLINE)
    if is_played:
        answer["Accept-Ranges"] = "bytes"
    return answer


def picture_response(
    content: bytes, media_type: str, *, file_name: str = "preview"
) -> HttpResponse:
    """Answer with a picture that we have made ourselves (a preview); these may be shown in a page."""
    answer = HttpResponse(content, content_type=media_type)
    _guard(answer, safe_file_name(file_name), is_shown=True, is_viewed=False)
    return answer


def _guard(answer: HttpResponseBase, name: str, *, is_shown: bool, is_viewed: bool) -> None:
    disposition = content_disposition_header(as_attachment=not is_shown, filename=name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = _VIEWED if is_shown and is_viewed else _SHUT
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"


def _part(request: HttpRequest, file: BinaryIO, media_type: str) -> HttpResponseBase | None:
    """The one range that was asked for; None where none was, or in a way that may be answered with all."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    size = file.seek(0, 2)
    file.seek(0)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or end < start:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(
        _pieces(file, start, end + 1), status=206, content_type=media_type
    )
    answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Content-Length"] = str(end - start + 1)
    return answer


def _pieces(file: BinaryIO, start: int, until: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while start < until and (piece := file.read(min(CHUNK, until - start))):
            start += len(piece)
            yield piece
