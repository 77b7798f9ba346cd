"""Positions (ตำแหน่ง): who holds them, which are vacant, and the duties that hang on each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.actions import staff as actions
from nithet.domain.directory.models.staff import Position
from nithet.domain.directory.policy.people import may_keep_bodies
from nithet.domain.directory.queries.staff import list_duties, list_groups, list_positions
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import Role
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.web.people.forms import FillForm, PositionEditForm, PositionForm, SchoolsForm
from nithet.web.people.parts import (
    aged,
    answer_form,
    answer_taking_back,
    crumbs_to,
    keeper_or_404,
    reader_or_404,
    tabs_for,
)
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by

SORTS = {"title": "title", "unit": "unit__name_key", "group": "group__place", "number": "number"}


@login_required
@require_safe
def positions(request: HttpRequest) -> HttpResponseBase:
    """List positions with their holders; the vacant ones say so (ว่าง)."""
    actor = reader_or_404(request)
    rows = sorted_by(request, _chosen(request, actor), SORTS, "group")
    if wants_sheet(request):
        return sheet_answer(
            gettext("Positions"),
            [
                Column(gettext("Position")),
                Column(gettext("Number"), "code"),
                Column(gettext("Where")),
                Column(gettext("Group")),
                Column(gettext("Held by")),
                Column(gettext("Duties"), "whole"),
            ],
            (
                [
                    row.title,
                    row.number,
                    row.unit.name,
                    str(row.group or ""),
                    holders_words(row),
                    row.duty_count,
                ]
                for row in rows
                if row.stands
            ),
            request=request,
        )
    everything: Any = list_positions(actor, clock.today()).filter(taken_back_at__isnull=True)
    context = {
        "title": gettext("Positions"),
        "tabs": tabs_for(actor, "positions"),
        "page": paged(request, rows),
        "words": request.GET.get("q", ""),
        "vacant_only": request.GET.get("vacant") == "1",
        "group": request.GET.get("group", ""),
        "groups": list(list_groups(actor).filter(taken_back_at__isnull=True)),
        "vacant": everything.filter(is_held=False).count(),
        "total": everything.count(),
        "can_keep": bool(may_keep_bodies(actor, None)),
    }
    return render(request, "people/positions.html", context)


def _chosen(request: HttpRequest, actor: Actor) -> Any:
    rows: Any = list_positions(actor, clock.today())
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(title__icontains=words) | rows.filter(unit__name__icontains=words)
    if request.GET.get("vacant") == "1":
        rows = rows.filter(is_held=False, taken_back_at__isnull=True)
    group = row_key(request.GET.get("group", ""))
    return rows if group is None else rows.filter(group_id=group)


def holders_words(row: Any) -> str:
    """Say who holds a position now; "ว่าง" where nobody does."""
    return ", ".join(str(one.posting.user) for one in row.holders_now) or gettext("vacant")


def _position(actor: Actor, position_id: int) -> Any:
    found = list_positions(actor, clock.today()).filter(pk=position_id).first()
    if found is None or not found.stands:
        raise Http404
    return found


def _kept(request: HttpRequest, position_id: int) -> tuple[Actor, Position]:
    actor = keeper_or_404(request)
    return actor, _position(actor, position_id)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_safe
def position(request: HttpRequest, position_id: int) -> HttpResponse:
    """Show a position: who holds it, and what hangs on it."""
    actor = reader_or_404(request)
    found = _position(actor, position_id)
    aged(found)
    duties = list_duties(actor, clock.today()).filter(position=found)
    context = {
        "title": str(found),
        "crumbs": crumbs_to("positions", gettext("Positions"), str(found)),
        "position": found,
        "duties": [one for one in duties if one.stands],
        "can_keep": bool(may_keep_bodies(actor, None)),
        "can_invite": bool(by_role(actor, Role.ADMINISTRATOR)),
    }
    return render(request, "people/position.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter a position."""
    actor = keeper_or_404(request)
    form = PositionForm(actor, _data(request), initial={"unit": actor.office_id})
    return answer_form(
        request,
        form,
        lambda given: actions.add_position(actor=actor, **given),
        title=gettext("Add a position"),
        crumbs=crumbs_to("positions", gettext("Positions"), gettext("Add a position")),
        done=gettext("Saved."),
        to=lambda made: reverse("people:position", args=[made.pk]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, position_id: int) -> HttpResponse:
    """Change a position."""
    actor, found = _kept(request, position_id)
    initial = {
        name: getattr(found, name)
        for name in ("title", "number", "group", "starts_on", "ends_on", "version")
    }
    return answer_form(
        request,
        PositionEditForm(actor, _data(request), initial=initial),
        lambda given: actions.edit_position(actor=actor, position=found, **given),
        title=str(found),
        crumbs=crumbs_to("positions", gettext("Positions"), str(found)),
        done=gettext("Saved."),
        to=reverse("people:position", args=[found.pk]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, position_id: int) -> HttpResponse:
    """Say who fills a position."""
    actor, found = _kept(request, position_id)
    return answer_form(
        request,
        FillForm(found, _data(request)),
        lambda given: actions.fill_position(actor=actor, position=found, **given),
        title=gettext("Who fills this position"),
        lead=str(found),
        note=gettext("People who work at this place are offered. Somebody new is invited first."),
        crumbs=crumbs_to("positions", gettext("Positions"), str(found)),
        done=gettext("Saved."),
        to=reverse("people:position", args=[found.pk]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schools(request: HttpRequest, position_id: int) -> HttpResponse:
    """Make the position supervisor of several schools at once (ศึกษานิเทศก์ประจำโรงเรียน)."""
    actor, found = _kept(request, position_id)
    return answer_form(
        request,
        SchoolsForm(actor, _data(request)),
        lambda given: actions.assign_schools(actor=actor, position=found, **given),
        title=gettext("Assign schools"),
        lead=str(found),
        crumbs=crumbs_to("positions", gettext("Positions"), str(found)),
        done=gettext("The schools have been assigned."),
        to=reverse("people:position", args=[found.pk]),
    )


@login_required
@require_POST
def take_back(request: HttpRequest, position_id: int) -> HttpResponse:
    """Take a position back that was entered by mistake."""
    actor, found = _kept(request, position_id)
    return answer_taking_back(
        request,
        lambda reason: actions.take_back_position(actor=actor, position=found, reason=reason),
        back=reverse("people:positions"),
        done=gettext("Taken back."),
    )

