"""What is today, and what is due soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import item_ref, round_ref, visible_rounds
from nithet.domain.assessments.queries.sharing import assigned_to
from nithet.domain.commitments.queries import COMMITMENT, open_for
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.queries.calendar import activities_between, list_days
from nithet.domain.plans.queries.projects import ACTIVITY
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.pages import mine
from nithet.domain.supervision.queries.visits import VISIT, list_visits
from nithet.domain.supervision.queries.weeks import Week, own_week, whole_week
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import Role
from nithet.foundation.refs.registry import RecordRef

SOON = timedelta(days=14)
MOST = 8
"""Lines of a list on a home; the rest is behind its link."""
COUNTED = 200
"""Lines of a kind that are looked at before they are counted."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with its day, about a record; `words` where the record's title alone does not say it."""

    day: date
    ref: RecordRef | None
    words: str = ""


GOING = (Role.SUPERVISOR, Role.COMMITTEE_MEMBER, Role.NETWORK_CHAIR, Role.OUTSIDE_EXPERT)
"""Who goes to schools: they see their own visits, everybody else those that they may read, with who goes."""


def goes_to_schools(actor: Actor) -> bool:
    """Say whether a home speaks of the actor's own visits."""
    return actor.holds(*GOING)


def today_of(actor: Actor, today: date) -> list[Dated]:
    """List what stands in the calendar of today: visits, activities that begin, the office's own days. Four queries.

    Visits are the actor's own for those who go to schools, else all that they may read, each with the words of who goes.
    """
    goes = goes_to_schools(actor)
    visits = (mine(actor) if goes else list_visits(actor)).filter(visited_on=today)
    begins = activities_between(actor, today, today).filter(period_start=today)
    found = [
        Dated(today, RecordRef(VISIT, str(row.pk)), "" if goes else with_team(row))
        for row in visits.exclude(state=Visit.State.CANCELLED)[:MOST]
    ]
    found += [Dated(today, RecordRef(ACTIVITY, str(row.pk))) for row in begins[:MOST]]
    return found + [Dated(today, None, row.title) for row in list_days(actor, today, today)[:MOST]]


def with_team(visit: Visit) -> str:
    """Name a visit's school and who goes; the school alone where nobody is named."""
    names = ", ".join(one.title for one in visit.visitors.all())
    return f"{visit.school} · {names}" if names else str(visit.school)


def visits_of_week(actor: Actor, today: date) -> Week:
    """Return the week: the actor's own for those who go to schools, else all visits that they may read."""
    return own_week(actor, today) if goes_to_schools(actor) else whole_week(actor, today)


@dataclass(frozen=True, slots=True)
class Dues:
    """What is overdue and what is due within two weeks, each the earliest first."""

    late: tuple[Dated, ...]
    soon: tuple[Dated, ...]


def dues_of(actor: Actor, today: date) -> Dues:
    """List what is overdue and what is due within two weeks; a fixed number of queries.

    Items given to the actor, what they agreed to do, and for the office's staff activities under way and rounds.
    """
    until = today + SOON
    found = [
        Dated(row.due_on, item_ref(row.round_id, row.item))
        for row in assigned_to(actor, until)
        if row.due_on
    ]
    agreed = open_for(actor).filter(due_on__lte=until)
    found += [Dated(row.due_on, RecordRef(COMMITMENT, str(row.pk))) for row in agreed if row.due_on]
    found += _activities(actor, today - timedelta(days=365), today - timedelta(days=1))
    found += _activities(actor, today, until)
    rounds = visible_rounds(actor).filter(state=Round.State.OPEN, due_on__lte=until)
    found += [Dated(row.due_on, round_ref(row.pk)) for row in rounds if row.due_on]
    found.sort(key=lambda one: one.day)
    return Dues(
        tuple(one for one in found if one.day < today),
        tuple(one for one in found if one.day >= today),
    )


def _activities(actor: Actor, first: date, last: date) -> list[Dated]:
    """List the activities that end within some days and are not finished."""
    unfinished = (Activity.State.PLANNED, Activity.State.UNDER_WAY)
    rows = activities_between(actor, date.min, last).filter(
        period_end__range=(first, last), state__in=unfinished
    )
    found = rows.order_by("period_end", "pk")[:COUNTED]
    return [
        Dated(row.period_end, RecordRef(ACTIVITY, str(row.pk))) for row in found if row.period_end
    ]
