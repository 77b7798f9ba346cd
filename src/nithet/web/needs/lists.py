"""The register of needs: filtered by its address, as a page and as Excel."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nithet.domain.directory.policy.schools import visible_networks
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.queries.needs import carried_into, register_of
from nithet.domain.plans.rules import need_sheets
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.keys import row_key
from nithet.kernel.text import collapse
from nithet.web.needs.finding import need_tabs, own_schools, shown_year
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice

SORTS = {
    "strength": "strength",
    "school": "school__unit__name_key",
    "topic": "area",
    "made": "made_at",
}
KIND_WORDS = {value: word for word, value in need_sheets.KINDS.items() if word and word != "SAR"}
STRENGTH_WORDS = {1: "ปกติ", 2: "มาก", 3: "เร่งด่วน"}


def filtered(request: HttpRequest, rows: QuerySet[Need]) -> QuerySet[Need]:
    """Keep the needs that the address asks for: school, network, source, state, topic, words."""
    asked = request.GET
    if (school := row_key(asked.get("school", ""))) is not None:
        rows = rows.filter(school=school)
    if (network := row_key(asked.get("network", ""))) is not None:
        rows = rows.filter(school__network=network)
    if (kind := asked.get("kind", "")) in Need.Kind.values:
        rows = rows.filter(kind=kind)
    if (state := asked.get("state", "")) in Need.State.values:
        rows = standing(rows).filter(state=state)
    if topic := collapse(asked.get("topic", "")):
        rows = rows.filter(area=topic)
    if words := collapse(asked.get("words", "")):
        rows = rows.filter(
            Q(text__icontains=words)
            | Q(area__icontains=words)
            | Q(school__unit__name__icontains=words)
        )
    return rows


def with_served(rows: QuerySet[Need]) -> QuerySet[Any]:
    """Add how many visits that were carried out, and how many projects, serve each need."""
    done = Q(visits_serving__visit__state=Visit.State.DONE)
    return rows.annotate(
        visit_count=Count("visits_serving", filter=done, distinct=True),
        project_count=Count("served_by", distinct=True),
    )


def _of_kind(request: HttpRequest, year: int, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep those carried into the year, or those that a visit carried out or a project serves."""
    show = request.GET.get("show", "")
    if show == "carried":
        return rows.filter(carried_into(year))
    if show == "served":
        return standing(rows).filter(Q(visit_count__gt=0) | Q(project_count__gt=0))
    return rows


@login_required
@require_safe
def needs(request: HttpRequest) -> HttpResponseBase:
    """List the needs of a year; a school's own people see those of their school."""
    actor, year = actor_of(request), shown_year(request)
    all_rows = register_of(actor, year)
    rows = _of_kind(request, year, with_served(filtered(request, all_rows)))
    rows = sorted_by(request, rows, SORTS, "-strength")
    if wants_sheet(request):
        return _sheet(request, year, rows)
    counts = (
        standing(all_rows)
        .order_by()
        .aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state=Need.State.OPEN)),
            met=Count("pk", filter=Q(state=Need.State.MET)),
            schools=Count("school", distinct=True),
            carried=Count("pk", filter=carried_into(year)),
        )
    )
    topics = standing(all_rows).order_by("area").exclude(area="").values_list("area", flat=True)
    context = {
        "page": paged(request, rows),
        "year": year,
        "years": year_choice(request, year),
        "counts": counts,
        "tabs": need_tabs(request, "needs"),
        "can": ask("need.record_many", actor, None),
        "says": bool(own_schools(actor)),
        "networks": list(visible_networks(actor).select_related("unit").order_by("unit__name_key")),
        "kinds": Need.Kind.choices,
        "states": Need.State.choices,
        "topics": list(topics.distinct()),
        "asked": {
            name: request.GET.get(name, "")
            for name in ("network", "kind", "state", "topic", "words", "school", "sort", "show")
        },
    }
    return render(request, "needs/needs.html", context)


def list_columns() -> list[Column]:
    """Return the columns of the register as a list; an import takes it back."""
    return [
        Column(need_sheets.CODE, "code"),
        Column(need_sheets.SCHOOL, width=32),
        Column(need_sheets.AREA),
        Column(need_sheets.TEXT, width=60),
        Column(need_sheets.KIND),
        Column(need_sheets.STRENGTH),
        Column(need_sheets.BECAUSE, width=40),
        Column("ปีงบประมาณ", "code"),
        Column("กลุ่มเครือข่าย"),
        Column("สถานะ"),
        Column("เหตุผล", width=40),
        Column("การนิเทศที่ตอบ (ครั้ง)", "whole"),
        Column("โครงการที่ตอบ", "whole"),
    ]


def _sheet(request: HttpRequest, year: int, rows: Iterable[Any]) -> HttpResponseBase:
    title = _("Needs of fiscal year %(year)s") % {"year": year}
    return sheet_answer(title, list_columns(), (_cells(row) for row in rows), request=request)


def _cells(row: Any) -> list[Value]:
    network = row.school.network
    return [
        row.school.code,
        row.school.name,
        row.area,
        row.text,
        KIND_WORDS.get(row.kind, ""),
        STRENGTH_WORDS.get(row.strength, ""),
        row.because,
        str(row.fiscal_year),
        network.unit.name if network else "",
        _("Cancelled") if row.was_cancelled else str(row.get_state_display()),
        row.taken_back_because or row.state_reason,
        row.visit_count,
        row.project_count,
    ]
