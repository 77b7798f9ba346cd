"""Records of plans by the id in the address: what is not there and what is not the reader's are answered alike."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import visible_plans, visible_to
from nithet.domain.plans.queries.carrying import carried_into
from nithet.domain.plans.queries.plans import find_plan
from nithet.domain.plans.queries.projects import find_project
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.web.shared.requests import actor_of

R = TypeVar("R", bound=OfficeOwned)


def plan_or_404(request: HttpRequest, plan_id: int) -> Plan:
    """Return a plan the reader may see."""
    if (found := find_plan(actor_of(request), plan_id)) is None:
        raise Http404
    return found


def project_or_404(request: HttpRequest, project_id: int) -> Project:
    """Return a project the reader may see."""
    if (found := find_project(actor_of(request), project_id)) is None:
        raise Http404
    return found


def of_project_or_404(request: HttpRequest, rows: "QuerySet[R]", key: int) -> R:
    """Return a part of a project that the reader may see."""
    found = rows.filter(pk=key, project__in=visible_to(actor_of(request))).first()
    if found is None:
        raise Http404
    return found


def of_plan_or_404(request: HttpRequest, rows: "QuerySet[R]", key: int) -> R:
    """Return a part of a plan that the reader may see."""
    found = rows.filter(pk=key, plan__in=visible_plans(actor_of(request))).first()
    if found is None:
        raise Http404
    return found


def chosen_strategy(plan: Plan, key: str) -> Strategy | None:
    """Return the strategy of a plan that a form names; None for none."""
    return standing(plan.strategies.all()).filter(pk=row_key(key) or 0).first()


def strategy_choices(plan: Plan) -> list[tuple[str, str]]:
    """List the strategies of a plan for a form."""
    return [(str(one.pk), one.title) for one in standing(plan.strategies.all())]


def project_choices(plan: Plan | None) -> list[tuple[str, str]]:
    """List the projects of a plan for a form."""
    rows = standing(plan.projects.all()) if plan else []
    return [(str(one.pk), one.title) for one in rows]


def plan_tabs(plan: Plan, current: str) -> list[Tab]:
    """List what there is of a plan, one address each."""
    undecided = carried_into(plan.fiscal_year).filter(outcome="undecided").count()
    year = f"?year={plan.fiscal_year}"
    tabs = [
        ("plan", _("Projects and money"), reverse("plans:plan", args=[plan.pk]), None),
        ("timeline", _("Timeline"), reverse("plans:timeline", args=[plan.pk]), None),
        ("calendar", _("Calendar"), reverse("plans:calendar") + year, None),
        ("policies", _("Policies"), reverse("plans:policies") + year, None),
        (
            "carried",
            _("From last year's way forward"),
            reverse("plans:carried", args=[plan.pk]),
            undecided or None,
        ),
        ("reviews", _("Reviews"), reverse("plans:reviews", args=[plan.pk]), None),
        ("versions", _("Approved versions"), reverse("plans:versions", args=[plan.pk]), None),
    ]
    return [Tab(label, href, key == current, count) for key, label, href, count in tabs]


def plan_crumbs(plan: Plan) -> list[Crumb]:
    """Return the way to what stands in a plan."""
    return [Crumb(plan.title, reverse("plans:plan", args=[plan.pk]))]


def project_crumbs(project: Project) -> list[Crumb]:
    """Return the way to what stands in a project."""
    return [
        *plan_crumbs(project.plan),
        Crumb(project.title, reverse("plans:project", args=[project.pk])),
    ]
