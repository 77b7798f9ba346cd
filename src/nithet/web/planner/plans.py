"""The plan of visits: the year as a matrix, what is proposed, what is approved."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.plans.rules.calendar import months_of
from nithet.domain.supervision.actions.planning import (
    accept_lines,
    open_supervision_plan,
    propose_year,
    take_in_visits,
)
from nithet.domain.supervision.models.plans import (
    PlannedVisit,
    SupervisionPlan,
    SupervisionPlanVersion,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import may_plan, visible_supervision_plans, visible_to
from nithet.domain.supervision.queries.counting import counting_day
from nithet.domain.supervision.queries.facts import counted_schools
from nithet.domain.supervision.queries.plan_summary import waiting_submission
from nithet.domain.supervision.queries.plan_year import beyond_limits, year_of_plan
from nithet.domain.supervision.queries.planning import (
    content_of,
    digest_of_content,
    list_lines,
    settings_from,
    window_of,
    windows_of,
)
from nithet.domain.supervision.rules.plan_matrix import MatrixRow, matrix_of
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.ui.words import number_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.finding import plan_or_404, planner_of, shown_year
from nithet.web.planner.forms import SettingsForm, WhyForm
from nithet.web.planner.standing import short_month
from nithet.web.planner.words import say_problem
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of


@login_required
@require_POST
def open_plan(request: HttpRequest) -> HttpResponse:
    """Open the plan of a year."""
    actor, year = actor_of(request), shown_year(request)
    if actor.office_id is None:
        raise Http404
    plan = open_supervision_plan(actor=actor, fiscal_year=year)
    return redirect("planner:proposal", plan.pk)


@login_required
@require_safe
def plan(request: HttpRequest, supervision_plan_id: int) -> HttpResponseBase:
    """Show the plan as months by supervisor, its versions and what was changed after approval."""
    actor, found = actor_of(request), plan_or_404(request, supervision_plan_id)
    if wants_sheet(request):
        accepted = list_lines(actor, found).filter(state=PlannedVisit.State.ACCEPTED)
        return _sheet(request, found, accepted)
    months = months_of(found.fiscal_year)
    year = year_of_plan(actor, found)
    versions = list(found.versions.defer("content"))
    rows = matrix_of(year.visits, months)
    plans = bool(may_plan(actor, None))
    today = clock.today()
    outside = [one for one in year.visits if one.is_outside]
    context = {
        "plan": found,
        "months": [(f"{one:%Y-%m}", short_month(one)) for one in months],
        "rows": [(row, _cells(row)) for row in rows],
        "count": sum(1 for one in year.visits if not one.is_outside and not one.is_off),
        "total": sum(row.total for row in rows),
        "sums": [sum(len(row.months[at]) for row in rows) for at in range(len(months))],
        "outside": outside,
        "may_take_in": [one for one in outside if not one.is_done and one.day >= today],
        "versions": versions,
        "is_as_approved": bool(versions)
        and versions[0].digest == digest_of_content(content_of(found, year.lines)),
        "waiting": waiting_submission(found),
        "changes": list(found.changes.select_related("line__school__unit")[:30]),
        "can_approve": ask("supervision_plan.approve", actor, found),
        "may_plan": plans,
        "proposed": found.lines.filter(state=PlannedVisit.State.PROPOSED).count() if plans else 0,
    }
    return render(request, "planner/plan.html", context)


def _cells(row: MatrixRow) -> list[list[tuple[str, str, bool]]]:
    """Return the months of a row as (address, words, outside of the plan); hundreds of addresses are made from two."""
    line, visit = reverse("planner:line", args=[0]), reverse("visits:visit", args=[0])
    return [
        [
            (
                line.replace("/0/", f"/{one.line}/")
                if one.line is not None
                else visit.replace("/0/", f"/{one.visit}/"),
                f"{one.day.day} {one.name}",
                one.is_outside,
            )
            for one in month
        ]
        for month in row.months
    ]


def _sheet(
    request: HttpRequest, found: SupervisionPlan, lines: Iterable[PlannedVisit]
) -> HttpResponseBase:
    columns = [
        Column(gettext("Planned for"), "date"),
        Column(gettext("Semester")),
        Column(gettext("School"), width=40),
        Column(gettext("Network"), width=25),
        Column(gettext("Kind"), width=25),
        Column(gettext("Who goes"), width=40),
        Column(gettext("State")),
        Column(gettext("What it is about"), width=40),
    ]
    shows_reasons = bool(may_plan(actor_of(request), None))
    if shows_reasons:
        columns.append(Column(gettext("Reasons"), width=80))
    cells = (_sheet_row(line, shows_reasons=shows_reasons) for line in lines)
    return sheet_answer(found.title, columns, cells, request=request)


def _sheet_row(line: PlannedVisit, *, shows_reasons: bool) -> list[Value]:
    row: list[Value] = [
        line.planned_on,
        f"{line.semester}/{line.academic_year}",
        line.school.name,
        line.school.network.unit.name if line.school.network else "",
        line.get_kind_display(),
        ", ".join(one.title for one in line.party.all()),
        line.visit.get_state_display() if line.visit else line.get_state_display(),
        line.purpose,
    ]
    return [*row, " · ".join(line.every_reason)] if shows_reasons else row


@login_required
@require_safe
def proposal(request: HttpRequest, supervision_plan_id: int) -> HttpResponseBase:
    """Show what is proposed, with its reasons, to those who plan; nobody else sees the order of schools."""
    actor, found = planner_of(request), plan_or_404(request, supervision_plan_id)
    show = request.GET.get("show", PlannedVisit.State.PROPOSED)
    show = show if show in PlannedVisit.State.values else str(PlannedVisit.State.PROPOSED)
    everything = list_lines(actor, found)
    rows = everything.filter(state=show)
    windows = windows_of(found.fiscal_year)
    semester = request.GET.get("semester", "")
    for one in windows:
        if semester == f"{one.number}-{one.academic_year}":
            rows = rows.filter(semester=one.number, academic_year=one.academic_year)
    kind = request.GET.get("kind", "")
    if kind in {"supervision", "committee"}:
        rows = rows.filter(kind=kind)
    if wants_sheet(request):
        return _sheet(request, found, rows)
    page = paged(request, rows)
    page.object_list = list(page.object_list)
    settings = settings_from(found.settings)
    beyond = beyond_limits(actor, found, page.object_list, settings.most_a_day)
    for line in page.object_list:
        line.crowded, line.closed = beyond.crowded.get(line.pk), beyond.closed.get(line.pk, "")
    context = {
        "plan": found,
        "page": page,
        "outside": beyond.outside,
        "waiting": waiting_submission(found),
        "show": show,
        "shows": [
            (state.value, state.label, everything.filter(state=state).count())
            for state in PlannedVisit.State
        ],
        "semester": semester,
        "semesters": [(f"{one.number}-{one.academic_year}", one) for one in windows],
        "kind": kind,
        "form": SettingsForm(initial=asdict(settings)),
        "why_form": WhyForm(),
        "is_approved": found.versions.exists(),
        "without": _without(request, found),
    }
    return render(request, "planner/proposal.html", context)


def _without(request: HttpRequest, found: SupervisionPlan) -> list[tuple[str, list[str]]]:
    """Name the schools that have no line in a semester, by semester; none while nothing has been proposed."""
    if not found.lines.exists():
        return []
    actor = actor_of(request)
    windows = windows_of(found.fiscal_year)
    schools = counted_schools(actor, counting_day(found.fiscal_year))
    has: dict[tuple[int, int], set[int]] = {}
    standing = found.lines.filter(kind="supervision").exclude(state=PlannedVisit.State.DROPPED)
    for year, number, school in standing.values_list("academic_year", "semester", "school_id"):
        has.setdefault((year, number), set()).add(school)
    visits = visible_to(actor).filter(kind="supervision", mode=Visit.Mode.ON_SITE)
    visits = visits.exclude(state=Visit.State.CANCELLED)
    year_days = (windows[0].first, windows[-1].last)
    for day, school in visits.filter(visited_on__range=year_days).values_list(
        "visited_on", "school_id"
    ):
        has.setdefault(window_of(found.fiscal_year, day), set()).add(school)
    gaps = []
    for one in windows:
        there = has.get((one.academic_year, one.number), set())
        names = [school.name for school in schools if school.pk not in there]
        if names:
            gaps.append((one.words, names))
    return gaps


@login_required
@require_POST
def propose(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Propose the visits that the year lacks."""
    found = plan_or_404(request, supervision_plan_id)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        return redirect("planner:proposal", found.pk)
    try:
        made = propose_year(actor=actor_of(request), plan=found, settings=form.cleaned_data)
    except RuleBroken as error:
        say_problem(request, error)
        return redirect("planner:proposal", found.pk)
    said = ngettext(
        "%(n)s visit has been proposed.", "%(n)s visits have been proposed.", len(made.visits)
    )
    messages.success(request, said % {"n": number_words(len(made.visits))})
    if made.unplaced:
        words = gettext("%(n)s visits found no day: %(why)s")
        messages.warning(
            request,
            words % {"n": number_words(len(made.unplaced)), "why": made.unplaced[0].why},
        )
    return redirect("planner:proposal", found.pk)


@login_required
@require_POST
def accept(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Take the chosen lines, or all, into the plan."""
    found = plan_or_404(request, supervision_plan_id)
    chosen = None if "all" in request.POST else row_keys(request.POST.getlist("line"))
    back = redirect("planner:proposal", found.pk)
    try:
        made = accept_lines(
            actor=actor_of(request), plan=found, line_ids=chosen, why=request.POST.get("why", "")
        )
    except RuleBroken as error:
        say_problem(request, error)
        return back
    if not made:
        messages.info(request, gettext("No line was chosen."))
        return back
    said = ngettext(
        "%(n)s visit is in the plan now.", "%(n)s visits are in the plan now.", len(made)
    )
    messages.success(request, said % {"n": number_words(len(made))})
    return back


@login_required
@require_POST
def take_in(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Take visits that were planned outside of the plan into it."""
    found = plan_or_404(request, supervision_plan_id)
    try:
        made = take_in_visits(
            actor=actor_of(request),
            plan=found,
            visit_ids=row_keys(request.POST.getlist("visit")),
            why=request.POST.get("why", ""),
        )
    except RuleBroken as error:
        say_problem(request, error)
        return redirect("planner:plan", found.pk)
    if not made:
        messages.info(request, gettext("No visit was chosen."))
        return redirect("planner:plan", found.pk)
    said = ngettext(
        "%(n)s visit is in the plan now.", "%(n)s visits are in the plan now.", len(made)
    )
    messages.success(request, said % {"n": number_words(len(made))})
    return redirect("planner:plan", found.pk)


@login_required
@require_http_methods(["GET", "HEAD"])
def version(request: HttpRequest, supervision_version_id: int) -> HttpResponseBase:
    """Show a version as it was approved."""
    actor = actor_of(request)
    found = (
        SupervisionPlanVersion.objects.filter(
            pk=supervision_version_id, plan__in=visible_supervision_plans(actor)
        )
        .select_related("plan")
        .first()
    )
    if found is None:
        raise Http404
    pack = None
    if found.information_pack:
        ref = RecordRef.parse(found.information_pack)
        pack = resolve(actor, [ref]).get(ref)
    context = {
        "version": found,
        "plan": found.plan,
        "page": paged(request, [_approved_line(one) for one in found.content["lines"]]),
        "count": len(found.content["lines"]),
        "pack": pack,
        "back": reverse("planner:plan", args=[found.plan_id]),
        "shows_reasons": may_plan(actor, None),
    }
    return render(request, "planner/version.html", context)


def _approved_line(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "day": date.fromisoformat(line["planned_on"])}
