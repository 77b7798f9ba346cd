"""Answers as OpenRosa 1.0 wants them: XML, the two headers and the date on each of them, words in Thai and English."""

from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext

from nithet.kernel import clock

ACCEPTED_BYTES = 60 * 1024 * 1024
"""The largest request; Collect sends a larger form in several requests."""
XML = "text/xml; charset=utf-8"
RESPONSE = "http://openrosa.org/http/response"
METADATA = "http://www.opendatakit.org/xforms"


def dressed(response: HttpResponse) -> HttpResponse:
    """Put on an answer what every answer bears."""
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTED_BYTES)
    response["Date"] = http_date(clock.now().timestamp())
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def both(message: str, params: Mapping[str, object] | None = None) -> str:
    """Return a message in Thai and in English."""
    words = dict.fromkeys((_thai(message), message))
    return " / ".join(dict.fromkeys(_filled(one, params or {}) for one in words))


@lru_cache(maxsize=500)
def _thai(message: str) -> str:
    with translation.override("th"):
        return gettext(message)


def _filled(words: str, params: Mapping[str, object]) -> str:
    try:
        return words % params
    except (KeyError, TypeError, ValueError):
        return words


def answer(
    message: str,
    params: Mapping[str, object] | None = None,
    *,
    status: int,
    metadata: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Make an `OpenRosaResponse`; `metadata` is the receipt of a submission."""
    nature = "submit_success" if status < 400 else "submit_error"
    receipt = ""
    if metadata:
        given = " ".join(f"{name}={quoteattr(value)}" for name, value in metadata.items())
        receipt = f'<submissionMetadata xmlns="{METADATA}" {given}/>'
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OpenRosaResponse xmlns="{RESPONSE}">'
        f'<message nature="{nature}">{escape(both(message, params))}</message>{receipt}</OpenRosaResponse>'
    )
    return HttpResponse(body, status=status, content_type=XML)


def element(name: str, text: str) -> str:
    """Write one element with text; nothing for no text."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""
