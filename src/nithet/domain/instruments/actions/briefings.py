"""Briefings on a version are recorded: who was shown it, when, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.instruments.models.briefings import BriefedPerson, Briefing
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, change, note
from nithet.foundation.actions.taking_back import made_by
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

MOST_PEOPLE = 1_000


@dataclass(frozen=True, slots=True)
class Briefed:
    """Somebody who was briefed, by name or position; `user_id` None where it is no account of the office."""

    title: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is recorded of a briefing."""

    briefed_on: date
    briefed_by: str
    people: Sequence[Briefed]
    place: str = ""
    notes: str = ""


@action("briefing.record", event="briefing.recorded", on="version")
def record_briefing(*, actor: Actor, version: InstrumentVersion, told: Told) -> Briefing:
    """Record that people were briefed on a version."""
    people = _checked(actor, told)
    briefing = Briefing.objects.create(
        office_id=version.office_id, instrument_version=version, **_fields(told), **made_by(actor)
    )
    _enter(briefing, people)
    note(people=len(people), briefed_on=told.briefed_on)
    return briefing


@action("briefing.edit", event="briefing.edited", on="briefing")
def edit_briefing(*, actor: Actor, briefing: Briefing, version: int, told: Told) -> Briefing:
    """Correct what is recorded of a briefing; the people are those given now."""
    people = _checked(actor, told)
    fresh = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    if not fresh.stands:
        raise RuleBroken(
            "briefing.taken_back", "This was taken back, so it can no longer be changed."
        )
    new = _fields(told)
    refuse_if_changed(fresh, version=version, new=new)
    change(fresh, version=version + 1, **new)
    fresh.people.all().delete()
    _enter(fresh, people)
    note(people=len(people))
    return fresh


@action("briefing.take_back", event="briefing.taken_back", on="briefing")
def take_back_briefing(*, actor: Actor, briefing: Briefing, reason: str = "") -> Briefing:
    """Take a briefing back: within a day it disappears, later it stays, cancelled with the reason."""
    taking_back.take_back(briefing, actor=actor, reason=reason)
    return briefing


def _fields(told: Told) -> dict[str, Any]:
    return {
        "briefed_on": told.briefed_on,
        "briefed_by": collapse(told.briefed_by)[:300],
        "place": collapse(told.place)[:250],
        "notes": told.notes.strip(),
    }


def _checked(actor: Actor, told: Told) -> list[Briefed]:
    if told.briefed_on > clock.today():
        raise RuleBroken(
            "briefing.future", "A briefing is recorded once it was held.", field="briefed_on"
        )
    if not collapse(told.briefed_by):
        raise RuleBroken("briefing.by", "Say who briefed them.", field="briefed_by")
    people: dict[tuple[str, int | None], Briefed] = {}
    for one in told.people:
        if title := collapse(one.title)[:300]:
            people.setdefault(
                ("", one.user_id) if one.user_id else (title, None), Briefed(title, one.user_id)
            )
    if not people:
        raise RuleBroken("briefing.nobody", "Say who was briefed.", field="people")
    if len(people) > MOST_PEOPLE:
        raise RuleBroken(
            "briefing.too_many",
            "At most %(count)s people are entered at once.",
            field="people",
            count=MOST_PEOPLE,
        )
    _refuse_strangers(actor, {one.user_id for one in people.values() if one.user_id})
    return list(people.values())


def _refuse_strangers(actor: Actor, user_ids: set[int]) -> None:
    """Refuse accounts that were never posted in the office; an id of another office answers as if it did not exist."""
    postings = Posting.objects.filter(user_id__in=user_ids).select_related("unit")
    known = {one.user_id for one in postings if one.unit.root_id == actor.office_id}
    if user_ids - known:
        raise RuleBroken("briefing.unknown", "Choose people of the office.", field="people")


def _enter(briefing: Briefing, people: Sequence[Briefed]) -> None:
    BriefedPerson.objects.bulk_create(
        BriefedPerson(
            office_id=briefing.office_id,
            briefing=briefing,
            title=one.title,
            user_id=one.user_id,
            position=at,
        )
        for at, one in enumerate(people)
    )
