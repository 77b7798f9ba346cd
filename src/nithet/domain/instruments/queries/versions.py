"""Instruments and their versions."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import visible_to, visible_versions
from nithet.foundation.access.actors import Actor


def by_form_id(form_id: str) -> Instrument | None:
    """Return the office's instrument of a code, also one that was taken back; None where there is none."""
    return Instrument.objects.filter(form_id=form_id).first() if form_id else None


def newest_version(instrument: Instrument) -> InstrumentVersion | None:
    """Return the version that was made last, a draft too; None where there is none."""
    return instrument.versions.order_by("-made_at", "-pk").first()


def names_ever_used(versions: Iterable[InstrumentVersion]) -> set[str]:
    """Return every name of a question or group in any of some versions."""
    return {
        name
        for version in versions
        for one in version.definition
        for name in (one["name"], *one["group"].split("/"))
        if name
    }


def list_instruments(actor: Actor) -> QuerySet[Instrument]:
    """List the instruments that an actor may read, with the number of forms sent in (`times_used`)."""
    return visible_to(actor).annotate(times_used=Count("versions__submissions", distinct=True))


def find_instrument(actor: Actor, key: int) -> Instrument | None:
    """Return an instrument that an actor may read; None where it is not theirs to see."""
    return list_instruments(actor).filter(pk=key).first()


def find_version(actor: Actor, key: int) -> InstrumentVersion | None:
    """Return a version that an actor may read; None where it is not theirs to see."""
    return visible_versions(actor).select_related("instrument").filter(pk=key).first()
