"""What a request asks for."""

from typing import cast

from django.http import Http404, HttpRequest

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import find_round
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_key
from nithet.kernel.numerals import to_arabic


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def year_of(request: HttpRequest) -> int | None:
    """Return the fiscal year asked for in the address (พ.ศ., any digits); None asks for all."""
    text = to_arabic(request.GET.get("year", ""))
    return int(text) if text.isdecimal() and len(text) == 4 else None


def version_of(request: HttpRequest) -> int:
    """Return the version of a record that a form was written over; 0, which no record has, where it says none."""
    return row_key(request.POST.get("version", "")) or 0


def round_or_404(request: HttpRequest, round_id: int) -> Round:
    """Return a round the reader may see; not there and not theirs are answered alike."""
    if (found := find_round(actor_of(request), round_id)) is None:
        raise Http404
    return found
