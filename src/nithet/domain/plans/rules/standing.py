"""How a project and its activities stand on a day: what is overdue, what is unspent, what proves nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.plans.rules.money import Sums
from nithet.kernel.school_years import fiscal_year_period

OPEN_STATES = frozenset({"planned", "under_way"})


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What is looked at of an activity; `ends_on` None: no time is stated, so it is never overdue."""

    state: str
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is looked at of a project that counts."""

    fiscal_year: int
    starts_on: date | None
    ends_on: date | None
    activities: Sequence[ActivityFacts]
    sums: Sums
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """How a project stands. `total` leaves out what was called off; `not_stated` is in `total` and not in `done`."""

    done: int
    total: int
    overdue: int
    not_stated: int
    unspent: bool
    has_evidence: bool
    overspent: bool = False

    @property
    def needs_somebody(self) -> bool:
        """Say whether anything waits for somebody."""
        return bool(self.overdue or self.unspent or self.overspent or not self.has_evidence)


def is_overdue(state: str, ends_on: date | None, today: date) -> bool:
    """Say whether an activity should have ended before today and is neither done nor called off.

    >>> is_overdue("planned", date(2012, 6, 8), date(2012, 6, 8)), is_overdue("under_way", date(2012, 6, 8), date(2012, 6, 9))
    (False, True)
    """
    return state in OPEN_STATES and ends_on is not None and ends_on < today


def is_unspent(facts: ProjectFacts, today: date) -> bool:
    """Say whether nothing of planned money has been spent although half of the project's time has gone.

    The time of a project that states none is the fiscal year. A line that does not say what was spent counts as unspent.
    """
    if not facts.sums.planned or facts.sums.spent:
        return False
    year = fiscal_year_period(facts.fiscal_year)
    start, end = facts.starts_on or year.start, facts.ends_on or year.end
    return today > start + (end - start) / 2


def standing_of(facts: ProjectFacts, today: date) -> ProjectStanding:
    """Return how a project stands on a day."""
    counted = [one for one in facts.activities if one.state != "called_off"]
    return ProjectStanding(
        done=sum(one.state == "done" for one in counted),
        total=len(counted),
        overdue=sum(is_overdue(one.state, one.ends_on, today) for one in counted),
        not_stated=sum(one.state == "not_stated" for one in counted),
        unspent=is_unspent(facts, today),
        has_evidence=facts.has_evidence,
        overspent=facts.sums.left < 0,
    )
