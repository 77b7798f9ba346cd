"""What every edit of plans does alike: it asks which version the writer had before them, and refuses what is missing."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.plans.models.review import PlanReview
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import change, nothing_changed, plain
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse

Versioned = (
    Strategy
    | Project
    | ProjectService
    | Activity
    | BudgetLine
    | Target
    | Policy
    | PlanReview
    | CalendarDay
)
R = TypeVar("R", bound=Versioned)


def words_of(text: str, field: str, message: str = msgid("A title is needed.")) -> str:
    """Return a text tidied; refuse an empty one at the field."""
    if not (tidy := collapse(text)):
        raise RuleBroken("words.missing", message, field=field)
    return tidy


def span_of(period: Period | None) -> dict[str, Any]:
    """Return the fields of a time; None: no time is stated."""
    return {
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
    }


def own(actor: Actor, record: OfficeOwned | None, field: str) -> None:
    """Refuse a record of another office that was named beside the one acted on."""
    if record is not None and record.office_id != actor.office_id:
        raise RuleBroken("record.foreign", "This record belongs to another office.", field=field)


def fresh_of(record: R, version: int, yours: dict[str, Any]) -> R:
    """Return the record as it is now, locked; `Conflict` where it is no longer the version that the writer saw."""
    rows: QuerySet[R] = type(record)._default_manager.all()  # type: ignore[assignment]  # of the same kind
    fresh = rows.select_for_update(of=("self",)).get(pk=record.pk)
    refuse_taken_back(fresh)
    if fresh.version != version:
        raise Conflict(
            "plans.changed_meanwhile",
            "Somebody else changed this meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={name: plain(getattr(fresh, name)) for name in yours},
            yours={name: plain(value) for name, value in yours.items()},
        )
    return fresh


def refuse_taken_back(record: Any) -> None:
    """Refuse to work on what was taken back or cancelled."""
    if not getattr(record, "stands", True):
        raise RuleBroken(
            "plans.taken_back", "This was taken back or cancelled, so it can no longer be changed."
        )


def edit(record: R, version: int, new: dict[str, Any]) -> R:
    """Write new values where they differ and make the next version; the same values again write nothing."""
    fresh = fresh_of(record, version, new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


def next_position(plan_or_project: Plan | Project, rows: str) -> int:
    """Return the place behind the last of the rows."""
    return int(getattr(plan_or_project, rows).count())
