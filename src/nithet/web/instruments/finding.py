"""The records that pages of instruments are about: not there and not theirs are answered alike."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from nithet.domain.instruments.models.briefings import Briefing
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.briefings import find_briefing
from nithet.domain.instruments.queries.versions import find_instrument, find_version
from nithet.foundation.ui.shapes import Crumb
from nithet.web.shared.requests import actor_of


def instrument_or_404(request: HttpRequest, key: int) -> Instrument:
    """Return an instrument that the reader may see."""
    if (found := find_instrument(actor_of(request), key)) is None:
        raise Http404
    return found


def version_or_404(request: HttpRequest, key: int) -> InstrumentVersion:
    """Return a version that the reader may see."""
    if (found := find_version(actor_of(request), key)) is None:
        raise Http404
    return found


def briefing_or_404(request: HttpRequest, key: int) -> Briefing:
    """Return a briefing that the reader may see."""
    if (found := find_briefing(actor_of(request), key)) is None:
        raise Http404
    return found


def crumbs(instrument: Instrument | None = None) -> list[Crumb]:
    """Return the way to a page below the list, or below one instrument."""
    found = [Crumb(gettext("Forms of supervision"), reverse("instruments:instruments"))]
    if instrument is not None:
        found.append(
            Crumb(instrument.title, reverse("instruments:instrument", args=[instrument.pk]))
        )
    return found
