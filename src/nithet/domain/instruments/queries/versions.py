"""Instruments and their versions."""

from collections.abc import Iterable

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import visible_to, visible_versions
from nithet.foundation.access.actors import Actor

State = InstrumentVersion.State


def by_form_id(form_id: str) -> Instrument | None:
    """Return the office's instrument of a code, also one that was taken back; None where there is none."""
    return Instrument.objects.filter(form_id=form_id).first() if form_id else None


def newest_version(instrument: Instrument) -> InstrumentVersion | None:
    """Return the version that was made last, a draft too; None where there is none."""
    return instrument.versions.order_by("-made_at", "-pk").first()


def mark_of(version: InstrumentVersion | None) -> str:
    """Return what tells a state of the newest version from any other, also of a draft that was replaced; "" for none."""
    return f"{version.pk}:{version.hash}" if version else ""


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
    """List the instruments that an actor may read, with how often each was filled in (`times_used`).

    `current_version` and `current_pk` are the version in use, else the newest one; None where there is none.
    """
    current = (
        InstrumentVersion.objects.filter(instrument=OuterRef("pk"))
        .annotate(in_use=Case(When(state=State.PUBLISHED, then=0), default=1))
        .order_by("in_use", "-made_at", "-pk")
    )
    used = (
        Submission.objects.filter(version__instrument=OuterRef("pk"), is_current=True)
        .exclude(state=Submission.State.SET_ASIDE)
        .order_by()
        .values("version__instrument")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return visible_to(actor).annotate(
        times_used=Coalesce(Subquery(used), 0),
        current_version=Subquery(current.values("version")[:1]),
        current_pk=Subquery(current.values("pk")[:1]),
    )


def find_instrument(actor: Actor, key: int) -> Instrument | None:
    """Return an instrument that an actor may read; None where it is not theirs to see."""
    return list_instruments(actor).filter(pk=key).first()


def find_version(actor: Actor, key: int) -> InstrumentVersion | None:
    """Return a version that an actor may read; None where it is not theirs to see."""
    return visible_versions(actor).select_related("instrument").filter(pk=key).first()
