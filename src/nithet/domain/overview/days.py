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
from nithet.domain.supervision.queries.visits import VISIT, list_visits
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef

SOON = timedelta(days=14)
MOST = 8
"""Lines of a list on a home; the rest is behind its link."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with its day, about a record; `words` where the record's title alone does not say it."""

    day: date
    ref: RecordRef | None
    words: str = ""


def today_of(actor: Actor, today: date) -> list[Dated]:
    """List what stands in the calendar of today: visits, activities that begin, the office's own days. Three queries."""
    visits = list_visits(actor).filter(visited_on=today).exclude(state=Visit.State.CANCELLED)
    begins = activities_between(actor, today, today).filter(period_start=today)
    found = [Dated(today, RecordRef(VISIT, str(row.pk))) for row in visits[:MOST]]
    found += [Dated(today, RecordRef(ACTIVITY, str(row.pk))) for row in begins[:MOST]]
    return found + [Dated(today, None, row.title) for row in list_days(actor, today, today)[:MOST]]


def visits_of_week(actor: Actor, today: date) -> list[Visit]:
    """List the visits planned for the rest of this week, today included, by day."""
    end = today + timedelta(days=6 - today.weekday())
    rows = list_visits(actor).filter(visited_on__range=(today, end), state=Visit.State.PLANNED)
    return list(rows[:MOST])


def due_soon(actor: Actor, today: date) -> list[Dated]:
    """List what is due within two weeks or overdue, the earliest first; a fixed number of queries.

    Items given to the actor, what they agreed to do, and for the office's staff activities under way and rounds.
    """
    until = today + SOON
    found = [
        Dated(row.due_on, item_ref(row.round_id, row.item))
        for row in assigned_to(actor, until)
        if row.due_on
    ]
    mine = open_for(actor).filter(due_on__lte=until)
    found += [Dated(row.due_on, RecordRef(COMMITMENT, str(row.pk))) for row in mine if row.due_on]
    found += _activities(actor, today, until)
    rounds = visible_rounds(actor).filter(state=Round.State.OPEN, due_on__lte=until)
    found += [Dated(row.due_on, round_ref(row.pk)) for row in rounds if row.due_on]
    return sorted(found, key=lambda one: one.day)


def _activities(actor: Actor, today: date, until: date) -> list[Dated]:
    unfinished = (Activity.State.PLANNED, Activity.State.UNDER_WAY)
    rows = activities_between(actor, date.min, until).filter(
        period_end__range=(today - timedelta(days=365), until), state__in=unfinished
    )
    found = rows.order_by("period_end", "pk")[: 5 * MOST]
    return [
        Dated(row.period_end, RecordRef(ACTIVITY, str(row.pk))) for row in found if row.period_end
    ]
