"""A whole plan as plain values."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.foundation.actions.taking_back import standing


def content_of(plan: Plan) -> dict[str, Any]:
    """Return the whole plan as plain values: what is meant to be done, not how far it is; six queries.

    Versions freeze it, papers print it, and two of them can be compared. Money is written with two decimals.
    """
    projects = (
        standing(Project.objects.filter(plan=plan))
        .select_related("strategy")
        .prefetch_related(
            Prefetch("services", queryset=ProjectService.objects.select_related("edition")),
            Prefetch("activities", queryset=standing(Activity.objects.all())),
            Prefetch("budget_lines", queryset=standing(BudgetLine.objects.all())),
            Prefetch("targets", queryset=standing(Target.objects.all())),
        )
    )
    policies = standing(Policy.objects.filter(fiscal_year=plan.fiscal_year))
    return {
        "title": plan.title,
        "fiscal_year": plan.fiscal_year,
        "strategies": [
            {"id": str(one.pk), "title": one.title} for one in standing(plan.strategies.all())
        ],
        "projects": [_project_values(one) for one in projects],
        "policies": [
            {
                "id": str(one.pk),
                "title": one.text,
                "number": one.number,
                "owner": one.owner_title,
                "value": None if one.target_value is None else str(one.target_value),
                "unit": one.target_unit,
                "period": str(one.period_kind),
            }
            for one in policies
        ],
    }


def _project_values(project: Project) -> dict[str, Any]:
    return {
        "id": str(project.pk),
        "title": project.title,
        "strategy": None if project.strategy is None else project.strategy.title,
        "objective": project.objective,
        "owner": project.owner_title,
        "starts_on": _day(project.period_start),
        "ends_on": _day(project.period_end),
        "technique": project.technique_name,
        "technique_document": project.technique_document,
        "technique_where": project.technique_where,
        "kpi": project.kpi,
        "emenscr_code": project.emenscr_code,
        "activities": [
            {
                "id": str(one.pk),
                "title": one.title,
                "kind": str(one.kind),
                "owner": one.owner_title,
                "starts_on": _day(one.period_start),
                "ends_on": _day(one.period_end),
                "period": one.period_label,
                "called_off": one.state_because if one.state == "called_off" else None,
            }
            for one in project.activities.all()
        ],
        "budget": [
            {
                "id": str(one.pk),
                "title": one.title,
                "source": str(one.source_kind),
                "planned": None if one.planned is None else str(one.planned),
                "quantity": one.quantity,
            }
            for one in project.budget_lines.all()
        ],
        "targets": [
            {
                "id": str(one.pk),
                "title": one.text,
                "value": None if one.value is None else str(one.value),
                "unit": one.unit,
                "period": str(one.period_kind),
            }
            for one in project.targets.all()
        ],
        "services": [
            {
                "id": str(one.pk),
                "title": one.item,
                "edition": one.edition.urn,
                "why": one.why,
                "fields": list(one.fields),
                "board_part": one.board_part,
            }
            for one in project.services.all()
        ],
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
