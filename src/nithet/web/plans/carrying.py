"""Last year's way forward: each point becomes a line of the plan or is dropped with a reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.assessments.queries.narrative import narrative_of
from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.plans.actions.carrying import carry_points, decide_point
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import visible_plans
from nithet.domain.plans.queries.carrying import what_became_of
from nithet.domain.plans.rules.carrying import PointDraft
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.ui.shapes import Crumb
from nithet.web.plans.editing import Page, answer, given
from nithet.web.plans.finding import plan_crumbs, plan_or_404, plan_tabs
from nithet.web.plans.forms import DecideForm, PointForm
from nithet.web.shared.requests import actor_of

SECTION = "way_forward"
POINTS = frozenset({"point", "text"})
PARAGRAPH = "assessments.narrativeparagraph"


def points_of_last_year(actor: Actor, fiscal_year: int) -> list[PointDraft]:
    """Read the way forward of the rounds of the year before; the 12-month round speaks before the 6-month one.

    What the same item says twice in the same words is one point.
    """
    found: list[PointDraft] = []
    seen: set[tuple[str, str]] = set()
    rounds = visible_rounds(actor).filter(fiscal_year=fiscal_year - 1).order_by("-months", "pk")
    for one in rounds:
        for item, groups in narrative_of(one).items():
            for paragraph in (row for group in groups for row in group.paragraphs.all()):
                if paragraph.section != SECTION or paragraph.role not in POINTS:
                    continue
                if (item, paragraph.text) in seen:
                    continue
                seen.add((item, paragraph.text))
                mark = f" {paragraph.mark}" if paragraph.mark else ""
                words = f"แบบรายงานปีงบประมาณ {one.fiscal_year} ข้อ {item} แนวทางการพัฒนา{mark}"
                found.append(PointDraft(paragraph.text, f"{PARAGRAPH}:{paragraph.pk}", words))
    return found


@login_required
@require_safe
def carried(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what last year asked for and what became of each point."""
    actor, plan = actor_of(request), plan_or_404(request, plan_id)
    became = what_became_of(actor, plan.fiscal_year)
    there = {one.point.source_ref for one in became}
    waiting = [
        one
        for one in points_of_last_year(actor, plan.fiscal_year)
        if one.source_ref not in there
    ]
    context = {
        "plan": plan,
        "became": became,
        "undecided": sum(one.outcome == "undecided" for one in became),
        "waiting": waiting,
        "tabs": plan_tabs(plan, "carried"),
        "can": ask("plan.carry_points", actor, plan),
    }
    return render(request, "plans/carried.html", context)


@login_required
@require_POST
def gather(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take the points of last year's narratives into the plan, to be decided on."""
    actor, plan = actor_of(request), plan_or_404(request, plan_id)
    points = points_of_last_year(actor, plan.fiscal_year)
    carry_points(actor=actor, plan=plan, points=points)
    messages.success(request, gettext("The points are here. Decide what becomes of each."))
    return redirect("plans:carried", plan.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Write down a point that stands in no narrative of the house."""
    plan = plan_or_404(request, plan_id)
    page = Page(
        title=gettext("Add a point of last year's way forward"),
        action="plan.carry_points",
        target=plan,
        back=reverse("plans:carried", args=[plan.pk]),
        crumbs=_crumbs(plan),
    )
    return answer(
        request,
        page,
        PointForm(given(request)),
        lambda values: carry_points(
            actor=actor_of(request),
            plan=plan,
            points=[PointDraft(values["text"], "", values["source_words"])],
        ),
    )


def _crumbs(plan: Plan) -> list[Crumb]:
    back = reverse("plans:carried", args=[plan.pk])
    return [*plan_crumbs(plan), Crumb(gettext("From last year's way forward"), back)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, carried_id: int) -> HttpResponse:
    """Say what a point becomes."""
    actor = actor_of(request)
    found = CarriedPoint.objects.filter(pk=carried_id, office_id=actor.office_id).first()
    plan = _plan_of(request, found) if found else None
    if found is None or plan is None:
        raise Http404
    form = DecideForm(
        given(request),
        lines=_lines(plan),
        initial={
            "version": found.version,
            "became": _became(found),
            "reason": found.reason if found.outcome == "dropped" else "",
        },
    )
    page = Page(
        title=gettext("What becomes of this point?"),
        action="plan.decide_point",
        target=found,
        back=reverse("plans:carried", args=[plan.pk]),
        crumbs=_crumbs(plan),
        lead=f"“{found.text}”",
    )
    return answer(request, page, form, lambda values: _decide(actor, found, values))


def _plan_of(request: HttpRequest, point: CarriedPoint) -> Plan | None:
    return visible_plans(actor_of(request)).filter(fiscal_year=point.to_year).first()


def _became(point: CarriedPoint) -> str:
    key = point.project_id or point.activity_id or point.policy_id
    return f"{point.outcome}:{key}" if key else ""


def _lines(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer the projects, activities and policies of the plan, under their kinds."""
    projects = standing(plan.projects.all())
    activities = standing(Activity.objects.filter(project__in=projects))
    policies = standing(Policy.objects.filter(fiscal_year=plan.fiscal_year))
    return [
        (gettext("Projects"), [(f"project:{one.pk}", one.title[:120]) for one in projects]),
        (gettext("Activities"), [(f"activity:{one.pk}", str(one)) for one in activities]),
        (gettext("Policies"), [(f"policy:{one.pk}", str(one)) for one in policies]),
    ]


def _decide(actor: Actor, point: CarriedPoint, values: dict[str, Any]) -> object:
    version = values["version"]
    if values["reason"]:
        return decide_point(
            actor=actor, point=point, version=version, outcome="dropped", reason=values["reason"]
        )
    if values["new_title"]:
        return decide_point(
            actor=actor,
            point=point,
            version=version,
            outcome="project",
            new_project=values["new_title"],
        )
    kind, _, key = values["became"].partition(":")
    return decide_point(
        actor=actor, point=point, version=version, outcome=kind, **{kind: _record(kind, key)}
    )


def _record(kind: str, key: str) -> Any:
    rows = {"project": Project, "activity": Activity, "policy": Policy}[kind]
    return standing(rows.objects.all()).filter(pk=key).first()  # type: ignore[attr-defined]
