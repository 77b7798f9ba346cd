"""Reading plans. Fixed numbers of queries, whatever the rows."""

from django.db.models import Prefetch, QuerySet

from nithet.domain.evidence.queries import record_ids_with_evidence
from nithet.domain.frameworks.models import Edition
from nithet.domain.plans.models import Activity, Plan, Policy, Project, ProjectService
from nithet.domain.plans.policy import visible_plans, visible_policies, visible_to
from nithet.foundation.access.actors import Actor

PROJECT = "plans.project"
"""The kind under which references name a project."""


def list_plans(actor: Actor) -> QuerySet[Plan]:
    """List the plans an actor may read, the newest year first."""
    return visible_plans(actor).order_by("-fiscal_year")


def plan_of(fiscal_year: int) -> Plan | None:
    """Return the office's plan of a fiscal year (พ.ศ.); None where none is open."""
    return Plan.objects.filter(fiscal_year=fiscal_year).first()


def list_projects(actor: Actor, fiscal_year: int | None = None) -> QuerySet[Project]:
    """List the projects an actor may read, in the order of their plans, with services and activities fetched."""
    rows = (
        visible_to(actor)
        if fiscal_year is None
        else visible_to(actor).filter(plan__fiscal_year=fiscal_year)
    )
    return (
        rows.select_related("plan")
        .prefetch_related(
            Prefetch("services", queryset=ProjectService.objects.select_related("edition")),
            Prefetch("activities", queryset=Activity.objects.all()),
        )
        .order_by("-plan__fiscal_year", "position", "pk")
    )


def find_project(actor: Actor, project_id: int) -> Project | None:
    """Return a project the actor may read, with its policies fetched too; None where it is gone or not theirs to see."""
    policies = Prefetch("policies", queryset=Policy.objects.all())
    return list_projects(actor).prefetch_related(policies).filter(pk=project_id).first()


def services_for(edition: Edition, fiscal_year: int) -> dict[str, list[ProjectService]]:
    """Return item -> the projects that serve it in a year, in the order of the form; one query."""
    rows = ProjectService.objects.filter(
        edition=edition, project__plan__fiscal_year=fiscal_year
    ).select_related("project__plan")
    found: dict[str, list[ProjectService]] = {}
    for row in rows.order_by("item", "sheet", "position", "pk"):
        found.setdefault(row.item, []).append(row)
    return found


def projects_without_evidence(fiscal_year: int) -> list[Project]:
    """List the office's projects of a year that no piece of evidence speaks about; two queries."""
    projects = Project.objects.filter(plan__fiscal_year=fiscal_year).select_related("plan")
    proven = record_ids_with_evidence(PROJECT)
    return [project for project in projects if str(project.pk) not in proven]


def list_policies(actor: Actor, fiscal_year: int) -> QuerySet[Policy]:
    """List the policies of a year that an actor may read, in order."""
    return (
        visible_policies(actor)
        .filter(fiscal_year=fiscal_year)
        .select_related("project")
        .order_by("position", "pk")
    )
