"""แผนนิเทศกับผล: how many schools have been visited, plan against done, and the rows behind every figure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import may_plan, may_read_supervision_plan
from nithet.domain.supervision.queries.counting import (
    SHOWN,
    YearCover,
    committee_cover,
    months_of_year,
    visits_of_month,
    visits_of_semester,
    with_team,
    year_cover,
)
from nithet.domain.supervision.queries.planning import newest_version, plan_of_year
from nithet.domain.supervision.rules.covering import Covered, SchoolPlace, SemesterCover
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.words import month_names, number_words, reads_thai
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.thai_dates import MONTH_ABBREVIATIONS, be_year
from nithet.web.planner.finding import reader_of, shown_year
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice


def semester_key(one: SemesterCover) -> str:
    """Return a semester as an address names it: "2-2554"."""
    return f"{one.semester.number}-{one.semester.academic_year}"


def chosen_semester(request: HttpRequest, found: YearCover) -> SemesterCover:
    """Return the semester of the address, else the last one that has begun."""
    asked = to_arabic(request.GET.get("semester", ""))
    for one in found.semesters:
        if semester_key(one) == asked:
            return one
    begun = [one for one in found.semesters if one.has_begun]
    return begun[-1] if begun else found.semesters[0]


@login_required
@require_safe
def standing(request: HttpRequest) -> HttpResponseBase:
    """Show the year: n of N by semester, network and supervisor, plan against done by month, the committee."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    if not may_read_supervision_plan(actor):
        return render(request, "planner/not_yours.html")
    year = shown_year(request)
    found = year_cover(actor, year)
    shown = chosen_semester(request, found)
    if wants_sheet(request):
        return _cover_sheet(request, found)
    plan = plan_of_year(actor, year)
    committee = committee_cover(actor, year)
    context = {
        "year": year,
        "years": year_choice(request, year),
        "cover": found,
        "shown": shown,
        "shown_key": semester_key(shown),
        "semesters": [(semester_key(one), one) for one in found.semesters],
        "months": [(one, short_month(one.first)) for one in months_of_year(actor, year)],
        "committee": committee,
        "committee_done": [
            (at, part, committee.count_of(at), committee.unnamed[at])
            for at, part in enumerate(committee.semesters)
        ],
        "plan": plan,
        "version": newest_version(plan) if plan else None,
        "proposed": plan.lines.filter(state="proposed").count()
        if plan and may_plan(actor, None)
        else 0,
        "may_plan": may_plan(actor, None),
        "can_open": ask("supervision_plan.open", actor, None),
        "today": clock.today(),
    }
    return render(request, "planner/standing.html", context)


def month_label(first: date) -> str:
    """Say a month with its year in พ.ศ."""
    return f"{month_names()[first.month - 1]} {number_words(be_year(first.year))}"


def short_month(first: date) -> str:
    """Say a month in few letters with the last two digits of its year in พ.ศ."""
    name = (
        MONTH_ABBREVIATIONS[first.month - 1] if reads_thai() else month_names()[first.month - 1][:3]
    )
    return f"{name} {number_words(be_year(first.year) % 100)}"


def _cover_sheet(request: HttpRequest, found: YearCover) -> HttpResponseBase:
    columns = [
        Column(gettext("Semester")),
        Column(gettext("School"), width=40),
        Column(gettext("Network"), width=25),
        Column(gettext("Supervisor"), width=30),
        Column(gettext("Visited at the school")),
        Column(gettext("Reached by telephone or online only")),
    ]
    rows: list[list[Value]] = []
    for one in found.semesters:
        left = {school.key for school in one.all.left}
        remote = {school.key for school in one.all.remote_only}
        for group in one.networks:
            for school in _places(group, one):
                is_left = school.key in left
                rows.append(
                    [
                        str(one.semester),
                        school.name,
                        school.network,
                        school.supervisor,
                        "" if is_left else "✓",
                        "✓" if school.key in remote else "",
                    ]
                )
    title = gettext("Schools visited in fiscal year %(year)s") % {"year": found.year}
    return sheet_answer(title, columns, rows, (found.population.sentence,), request=request)


def _places(group: Covered, one: SemesterCover) -> Iterable[SchoolPlace]:
    return (school for school in one.schools if school.network == group.name)


@login_required
@require_safe
def rows(request: HttpRequest) -> HttpResponseBase:
    """Show the rows behind a figure: schools visited or left, visits of a month, visits of a member."""
    actor = reader_of(request)
    if request.GET.get("month"):
        return _month_rows(request, actor)
    if request.GET.get("member"):
        return _member_rows(request, actor)
    return _school_rows(request, actor)


def _kind_of(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in Visit.Kind.values else str(Visit.Kind.SUPERVISION)


def _month_rows(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    year, _, number = to_arabic(request.GET["month"]).partition("-")
    shown = request.GET.get("show", "planned")
    is_month = year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) <= 2
    if (
        not is_month
        or not (1 <= int(number) <= 12 and 1900 < int(year) < 2200)
        or shown not in SHOWN
    ):
        raise Http404
    first = date(int(year), int(number), 1)
    words = {
        "planned": gettext("Planned"),
        "done": gettext("Planned and carried out"),
        "missing": gettext("Planned and not carried out yet"),
        "cancelled": gettext("Planned and called off"),
        "unplanned": gettext("Carried out without a plan"),
        "in_month": gettext("Carried out"),
    }
    title = f"{words[shown]} · {month_label(first)}"
    return _visits(request, title, visits_of_month(actor, first, shown, _kind_of(request)))


def _member_rows(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    found = committee_cover(actor, shown_year(request))
    asked = request.GET["member"]
    one = next((each for each in found.members if each.member.key == asked), None)
    at = row_key(request.GET.get("at", "0")) or 0
    if one is None or at >= len(one.semesters):
        raise Http404
    part = one.semesters[at]
    visits = with_team(Visit.objects.filter(office_id=actor.office_id, pk__in=part.visits))
    return _visits(request, f"{one.member.title} · {part.semester}", visits)


def _visits(request: HttpRequest, title: str, visits: QuerySet[Visit]) -> HttpResponseBase:
    if wants_sheet(request):
        columns = [
            Column(gettext("School"), width=40),
            Column(gettext("Network"), width=25),
            Column(gettext("Planned for"), "date"),
            Column(gettext("Date"), "date"),
            Column(gettext("State")),
            Column(gettext("How")),
            Column(gettext("Who went"), width=40),
        ]
        cells: Iterable[list[Value]] = (
            [
                row.school.name,
                row.school.network.unit.name if row.school.network else "",
                row.planned_for,
                row.visited_on,
                row.get_state_display(),
                row.get_mode_display(),
                ", ".join(one.title for one in row.visitors.all()),
            ]
            for row in visits
        )
        return sheet_answer(title, columns, cells, request=request)
    context: dict[str, Any] = {
        "title": title,
        "page": paged(request, visits),
        "year": shown_year(request),
    }
    return render(request, "planner/visit_rows.html", context)


def _school_rows(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Schools of a semester: `show` visited, left or remote; `network` or `supervisor` keeps some."""
    year = shown_year(request)
    found = year_cover(actor, year)
    one = chosen_semester(request, found)
    show = request.GET.get("show", "left")
    if show == "visits":
        kind, remote = _kind_of(request), request.GET.get("remote")
        asked = {"1": True, "0": False}.get(remote or "")
        visits = visits_of_semester(actor, year, one.semester, kind=kind, remote=asked)
        return _visits(request, str(one.semester), visits)
    left = {school.key for school in one.all.left}
    remote_only = {school.key for school in one.all.remote_only}
    schools = list(one.schools)
    if show == "left":
        schools = [school for school in schools if school.key in left]
    elif show == "visited":
        schools = [school for school in schools if school.key not in left]
    elif show == "remote":
        schools = [school for school in schools if school.key in remote_only]
    for name in ("network", "supervisor"):
        if name in request.GET:
            schools = [school for school in schools if getattr(school, name) == request.GET[name]]
    words = {
        "left": gettext("Not visited yet"),
        "visited": gettext("Visited at the school"),
        "remote": gettext("Reached by telephone or online only"),
    }
    title = f"{words.get(show, gettext('Every school'))} · {one.semester}"
    if wants_sheet(request):
        columns = [
            Column(gettext("School"), width=40),
            Column(gettext("Network"), width=25),
            Column(gettext("Supervisor"), width=30),
        ]
        cells: Iterable[list[Value]] = ([s.name, s.network, s.supervisor] for s in schools)
        return sheet_answer(title, columns, cells, (found.population.sentence,), request=request)
    context = {
        "title": title,
        "page": paged(request, schools),
        "remote_only": remote_only,
        "cover": found,
        "year": year,
        "text": _pasteable(title, schools),
    }
    return render(request, "planner/school_rows.html", context)


def _pasteable(title: str, schools: list[SchoolPlace]) -> str:
    """Return the names as text to paste, grouped by network."""
    groups: dict[str, list[str]] = {}
    for school in schools:
        groups.setdefault(school.network, []).append(school.name)
    lines = [f"{title} ({number_words(len(schools))})"]
    lines += [f"{name or '–'}: {', '.join(names)}" for name, names in groups.items()]
    return "\n".join(lines)
