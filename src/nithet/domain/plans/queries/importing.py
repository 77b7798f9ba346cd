"""Old plans that were read, and what of them a plan has already."""

from dataclasses import dataclass

from django.db.models import Q

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.queries.plans import plan_of
from nithet.domain.plans.rules.importing.lines import Line, line_of
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.tenancy.scope import unscoped

STANDS = Q(taken_back_at__isnull=True, project__taken_back_at__isnull=True)


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """What a plan holds, by titles."""

    strategies: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    activities: frozenset[tuple[str, str]] = frozenset()
    budget: frozenset[tuple[str, str, str]] = frozenset()
    targets: frozenset[tuple[str, str]] = frozenset()

    def holds(self, line: Line, project: str) -> bool:
        """Say whether the plan holds a line already; `project` is the title of the project it belongs to."""
        if line.kind == "strategy":
            return line.title in self.strategies
        if line.kind == "project":
            return line.title in self.projects
        if line.kind == "activity":
            return (project, line.title) in self.activities
        if line.kind == "budget":
            return (project, line.title, line.values["planned"]) in self.budget
        return (project, line.title) in self.targets


def already_there(plan: Plan | None) -> AlreadyThere:
    """Return what a plan holds; five queries."""
    if plan is None:
        return AlreadyThere()
    here = Q(project__plan=plan) & STANDS
    return AlreadyThere(
        frozenset(standing(plan.strategies.all()).values_list("title", flat=True)),
        frozenset(standing(plan.projects.all()).values_list("title", flat=True)),
        frozenset(Activity.objects.filter(here).values_list("project__title", "title")),
        frozenset(
            (project, title, "" if planned is None else f"{planned:.2f}")
            for project, title, planned in BudgetLine.objects.filter(here).values_list(
                "project__title", "title", "planned"
            )
        ),
        frozenset(Target.objects.filter(here).values_list("project__title", "text")),
    )


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A line of an old plan; `is_there`: the plan has it already, so it proposes nothing new."""

    line: Line
    is_there: bool


def proposed_lines(plan_import: PlanImport) -> list[ProposedLine]:
    """Return what a file proposes now, in its order."""
    there = already_there(plan_of(plan_import.fiscal_year))
    lines = [line_of(one) for one in plan_import.lines]
    titles = {one.key: one.title for one in lines if one.kind == "project"}
    return [ProposedLine(one, there.holds(one, titles.get(one.parent, ""))) for one in lines]


def kept_digests() -> frozenset[str]:
    """Return the digest of every file that a row of plans names, in all offices: for upkeep."""
    # Files have no office of their own: upkeep must know them all before it removes any.
    with unscoped():
        return frozenset(PlanImport.objects.values_list("sha256", flat=True))
