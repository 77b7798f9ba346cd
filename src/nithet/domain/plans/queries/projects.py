"""Projects: what they are and what they serve."""

from django.db.models import Prefetch, QuerySet

from nithet.domain.evidence.queries.pieces import record_ids_with_evidence
from nithet.domain.frameworks.models import Edition
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.plans.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown, standing

PROJECT = "plans.project"
"""The kind under which references name a project."""
ACTIVITY = "plans.activity"
"""The kind under which references name an activity."""


def list_projects(actor: Actor, fiscal_year: int | None = None) -> QuerySet[Project]:
    """List the projects an actor may read, in the order of their plans, with what belongs to them fetched.

    Cancelled ones are among them, and so are their cancelled parts: pages show them struck through.
    """
    rows = (
        visible_to(actor)
        if fiscal_year is None
        else visible_to(actor).filter(plan__fiscal_year=fiscal_year)
    )
    return (
        rows.select_related("plan", "strategy")
        .prefetch_related(
            Prefetch("services", queryset=ProjectService.objects.select_related("edition")),
            Prefetch("activities", queryset=shown(Activity.objects.all())),
            Prefetch("budget_lines", queryset=shown(BudgetLine.objects.all())),
        )
        .order_by("-plan__fiscal_year", "position", "pk")
    )


def find_project(actor: Actor, project_id: int) -> Project | None:
    """Return a project the actor may read, with its policies and targets fetched too; None where it is not theirs to see."""
    return (
        list_projects(actor)
        .prefetch_related(
            Prefetch("policies", queryset=standing(Policy.objects.all())),
            Prefetch("targets", queryset=shown(Target.objects.all())),
        )
        .filter(pk=project_id)
        .first()
    )


def services_for(edition: Edition, fiscal_year: int) -> dict[str, list[ProjectService]]:
    """Return item -> the projects that serve it in a year, in the order of the form; one query."""
    rows = ProjectService.objects.filter(
        edition=edition,
        project__plan__fiscal_year=fiscal_year,
        project__taken_back_at__isnull=True,
    ).select_related("project__plan")
    found: dict[str, list[ProjectService]] = {}
    for row in rows.order_by("item", "sheet", "position", "pk"):
        found.setdefault(row.item, []).append(row)
    return found


def projects_without_evidence(fiscal_year: int) -> list[Project]:
    """List the office's projects of a year that no piece speaks about, nor about an activity of theirs; four queries."""
    projects = (
        standing(Project.objects.filter(plan__fiscal_year=fiscal_year))
        .select_related("plan")
        .prefetch_related(Prefetch("activities", queryset=standing(Activity.objects.all())))
    )
    proven, of_activity = record_ids_with_evidence(PROJECT), record_ids_with_evidence(ACTIVITY)
    return [
        project
        for project in projects
        if str(project.pk) not in proven
        and not any(str(one.pk) in of_activity for one in project.activities.all())
    ]
