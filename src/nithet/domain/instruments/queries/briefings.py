"""Who was briefed on what."""

from datetime import date

from django.db.models import Q, QuerySet

from nithet.domain.instruments.models.briefings import BriefedPerson, Briefing
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.policy import FILLERS, visible_briefings
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.taking_back import standing


def list_briefings(actor: Actor, instrument: Instrument) -> QuerySet[Briefing]:
    """List the briefings on any version of an instrument with the people, the newest first; two queries."""
    return (
        visible_briefings(actor)
        .filter(instrument_version__instrument=instrument)
        .select_related("instrument_version")
        .defer("instrument_version__xform", "instrument_version__definition")
        .prefetch_related("people")
    )


def find_briefing(actor: Actor, key: int) -> Briefing | None:
    """Return a briefing that an actor may read; None where it is not theirs to see."""
    rows = visible_briefings(actor).select_related("instrument_version__instrument")
    return rows.prefetch_related("people").filter(pk=key).first()


def people_to_brief(actor: Actor, audience: str, day: date) -> dict[int, str]:
    """Return account -> name of those of the office who fill in what is meant for an audience; one query.

    Only for whoever may read the office's instruments; the caller has asked.
    """
    here = Q(unit_id=actor.office_id) | Q(unit__office_id=actor.office_id)
    postings = (
        Posting.objects.filter(
            here, role__in=FILLERS[audience], limited_to="", user__is_active=True
        )
        .on(day)
        .select_related("user", "unit")
    )
    found: dict[int, str] = {}
    for one in postings.order_by("user__display_name", "pk"):
        name = one.user.display_name or one.user.username
        found.setdefault(
            one.user_id, f"{name} ({one.unit})" if one.role == Role.NETWORK_CHAIR else name
        )
    return found


def briefed_accounts(version_id: int) -> frozenset[int]:
    """Return the accounts that were briefed on a version."""
    people = BriefedPerson.objects.filter(
        briefing__in=standing(Briefing.objects.filter(instrument_version_id=version_id)),
        user_id__isnull=False,
    )
    return frozenset(key for key in people.values_list("user_id", flat=True) if key is not None)
