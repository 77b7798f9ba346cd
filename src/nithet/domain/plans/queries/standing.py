"""How the projects of a plan stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nithet.domain.evidence.queries.pieces import record_ids_with_evidence
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT, list_projects
from nithet.domain.plans.rules.money import Sums, add
from nithet.domain.plans.rules.standing import (
    ActivityFacts,
    ProjectFacts,
    ProjectStanding,
    standing_of,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown
from nithet.kernel import clock


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project with its money and how it stands today."""

    project: Project
    sums: Sums
    standing: ProjectStanding


def lines_of(projects: Iterable[Project], today: date | None = None) -> list[ProjectLine]:
    """Return how projects stand (as `list_projects` fetched them); two queries for all of them. None: as of today."""
    rows = list(projects)
    day = today or clock.today()
    proven, done = record_ids_with_evidence(PROJECT), record_ids_with_evidence(ACTIVITY)
    return [_line(row, day, proven, done) for row in rows]


def _line(
    project: Project, day: date, proven: frozenset[str], proven_activities: frozenset[str]
) -> ProjectLine:
    activities = [one for one in project.activities.all() if one.stands]
    lines = [one for one in project.budget_lines.all() if one.stands]
    sums = add((one.planned, one.spent) for one in lines)
    has_evidence = str(project.pk) in proven or any(
        str(one.pk) in proven_activities for one in activities
    )
    facts = ProjectFacts(
        project.plan.fiscal_year,
        project.period_start,
        project.period_end,
        [ActivityFacts(one.state, one.period_end) for one in activities],
        sums,
        has_evidence,
    )
    return ProjectLine(project, sums, standing_of(facts, day))


@dataclass(frozen=True, slots=True)
class StrategyGroup:
    """The projects under a strategy; `strategy` None: those that stand under none."""

    strategy: Strategy | None
    lines: tuple[ProjectLine, ...]

    @property
    def sums(self) -> Sums:
        """Return what the projects that count add up to."""
        return _sums(self.lines)


@dataclass(frozen=True, slots=True)
class PlanOfYear:
    """A plan with everything in it. `today` is the day on which it was looked at."""

    plan: Plan
    groups: tuple[StrategyGroup, ...]
    today: date

    @property
    def lines(self) -> tuple[ProjectLine, ...]:
        """Return every project that counts, in the order of the plan."""
        return tuple(one for group in self.groups for one in group.lines if one.project.stands)

    @property
    def sums(self) -> Sums:
        """Return what all projects that count add up to."""
        return _sums(self.lines)

    @property
    def without_evidence(self) -> int:
        """Count the projects that nothing proves yet."""
        return sum(not one.standing.has_evidence for one in self.lines)

    @property
    def overdue(self) -> int:
        """Count the activities that should have ended."""
        return sum(one.standing.overdue for one in self.lines)

    @property
    def unspent(self) -> int:
        """Count the projects whose money nobody has drawn."""
        return sum(one.standing.unspent for one in self.lines)


def _sums(lines: Iterable[ProjectLine]) -> Sums:
    return add((one.sums.planned, one.sums.spent) for one in lines if one.project.stands)


def plan_of_year(actor: Actor, plan: Plan, today: date | None = None) -> PlanOfYear:
    """Return a plan with its strategies, projects, money and standing; seven queries."""
    day = today or clock.today()
    lines = lines_of(list_projects(actor, plan.fiscal_year), day)
    strategies: list[Strategy] = list(shown(plan.strategies.all()))
    groups = [
        StrategyGroup(one, tuple(line for line in lines if line.project.strategy_id == one.pk))
        for one in strategies
    ]
    loose = tuple(line for line in lines if line.project.strategy_id is None)
    if loose:
        groups.append(StrategyGroup(None, loose))
    return PlanOfYear(plan, tuple(groups), day)
