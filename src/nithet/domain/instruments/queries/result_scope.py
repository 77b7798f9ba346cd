"""What is asked of results, and the records that it comes to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import may_read_results, schools_of_results
from nithet.domain.instruments.queries.filled_at import filled_in, with_filled_at
from nithet.foundation.access.actors import Actor
from nithet.kernel.periods import Period
from nithet.kernel.school_years import (
    academic_year_period,
    fiscal_year_period,
    semester_period,
)

CHUNK = 2_000
BY = ("network", "school", "year")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the results; None and "" ask for all. `year` is a fiscal, `academic_year` an academic year (พ.ศ.)."""

    version_id: int | None = None
    year: int | None = None
    academic_year: int | None = None
    semester: int | None = None
    network_id: int | None = None
    school_id: int | None = None
    is_mine: bool = False
    by: str = ""
    bands: str = ""

    @property
    def period(self) -> Period | None:
        """Return the days asked for; None for all of them."""
        if self.academic_year and self.semester in (1, 2):
            return semester_period(self.academic_year, 1 if self.semester == 1 else 2)
        if self.academic_year:
            return academic_year_period(self.academic_year)
        return fiscal_year_period(self.year) if self.year else None


def countable(actor: Actor) -> QuerySet[Submission]:
    """Return the records that count and that an actor reads by themselves: the office's people all, a school's its own."""
    rows = _that_count(actor)
    if may_read_results(actor):
        return rows
    return rows.filter(school__unit__in=schools_of_results(actor))


def _that_count(actor: Actor) -> QuerySet[Submission]:
    return Submission.objects.filter(
        office_id=actor.office_id,
        state=Submission.State.ACCEPTED,
        is_current=True,
        rival_of__isnull=True,
        version__isnull=False,
    )


def selected(actor: Actor, asked: Asked) -> QuerySet[Submission]:
    """Return the records asked for, each with `filled_at`: when it was filled in."""
    rows = _of_time(countable(actor), asked)
    if asked.network_id is not None:
        rows = rows.filter(school__network=asked.network_id)
    if asked.school_id is not None:
        rows = rows.filter(school=asked.school_id)
    if asked.is_mine:
        rows = rows.filter(user_id=actor.user_id or 0)
    return rows


def of_peers(actor: Actor, asked: Asked, schools: frozenset[int]) -> QuerySet[Any]:
    """Return the records of schools like one's own in the time asked for, each with `filled_at`.

    Network, school and one's own choose among one's own records alone: among others they would say who those are.
    """
    return _of_time(_that_count(actor).filter(school__in=schools), asked)


def _of_time(rows: QuerySet[Submission], asked: Asked) -> QuerySet[Submission]:
    period = asked.period
    return filled_in(rows, period) if period is not None else with_filled_at(rows)


def networks_of(actor: Actor) -> dict[int, int]:
    """Return the network of every school of the office that is in one; one query."""
    rows = School.objects.filter(office_id=actor.office_id, network__isnull=False)
    return {school: network for school, network in rows.values_list("pk", "network_id") if network}
