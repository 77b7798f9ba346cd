"""Plans, their reviews, versions and old files."""

from django.db.models import Count, Prefetch, Q, QuerySet

from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.review import PlanReview, PlanVersion
from nithet.domain.plans.policy import visible_imports, visible_plans
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown


def list_plans(actor: Actor) -> QuerySet[Plan]:
    """List the plans an actor may read, the newest year first, with `project_count` and `version_count`."""
    counted = Count(
        "projects", filter=Q(projects__taken_back_at__isnull=True), distinct=True
    )
    return (
        visible_plans(actor)
        .annotate(project_count=counted, version_count=Count("versions", distinct=True))
        .order_by("-fiscal_year")
    )


def plan_of(fiscal_year: int) -> Plan | None:
    """Return the office's plan of a fiscal year (พ.ศ.); None where none is open."""
    return Plan.objects.filter(fiscal_year=fiscal_year).first()


def find_plan(actor: Actor, plan_id: int) -> Plan | None:
    """Return a plan the actor may read; None where it is gone or not theirs to see."""
    return visible_plans(actor).filter(pk=plan_id).first()


def list_reviews(plan: Plan) -> QuerySet[PlanReview]:
    """List the reviews of a plan with the versions that followed, the newest first; two queries."""
    return (
        shown(plan.reviews.all())
        .select_related("project")
        .prefetch_related(Prefetch("versions", queryset=PlanVersion.objects.defer("content")))
    )


def list_versions(plan: Plan) -> QuerySet[PlanVersion]:
    """List the approved versions of a plan without their content, the newest first."""
    return plan.versions.defer("content").select_related("review")


def list_plan_imports(actor: Actor) -> QuerySet[PlanImport]:
    """List the old plans that were read, the newest first."""
    return visible_imports(actor)


def find_plan_import(actor: Actor, import_id: int) -> PlanImport | None:
    """Return an old plan that was read; None where it is gone or not the reader's to see."""
    return visible_imports(actor).filter(pk=import_id).first()
