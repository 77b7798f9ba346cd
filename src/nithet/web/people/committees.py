"""Committees of the office and boards of schools, with their seats."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.actions import committees as actions
from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.policy.people import may_keep_bodies
from nithet.domain.directory.policy.staff import visible_members
from nithet.domain.directory.queries.staff import find_body, list_bodies, members_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.sheets import Column
from nithet.kernel import clock
from nithet.web.people.forms import (
    BoardForm,
    CommitteeEditForm,
    CommitteeForm,
    SeatEditForm,
    SeatForm,
)
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

SORTS = {"from": "starts_on", "name": "name", "kind": "kind", "school": "school__unit__name_key"}


@login_required
@require_safe
def committees(request: HttpRequest) -> HttpResponseBase:
    """List the office's committees with kind, order and dates."""
    return _list(request, boards=False)


@login_required
@require_safe
def boards(request: HttpRequest) -> HttpResponseBase:
    """List the boards of schools."""
    return _list(request, boards=True)


def _list(request: HttpRequest, *, boards: bool) -> HttpResponseBase:
    actor = reader_or_404(request)
    rows = sorted_by(request, list_bodies(actor, boards=boards), SORTS, "school" if boards else "-from")
    name = gettext("School boards") if boards else gettext("Committees")
    if wants_sheet(request):
        return sheet_answer(
            name,
            [
                Column(gettext("Name")),
                Column(gettext("Kind")),
                Column(gettext("School")),
                Column(gettext("Number of the order"), "code"),
                Column(gettext("From"), "date"),
                Column(gettext("Until"), "date"),
                Column(gettext("Seats"), "whole"),
            ],
            (
                [
                    row.name,
                    row.get_kind_display(),
                    str(row.school or ""),
                    row.order_number,
                    row.starts_on,
                    row.last_day,
                    row.seat_count,
                ]
                for row in rows
                if row.stands
            ),
            request=request,
        )
    context = {
        "title": name,
        "boards": boards,
        "tabs": tabs_for(actor, "boards" if boards else "committees"),
        "page": paged(request, rows),
        "today": clock.today(),
        "can_keep": bool(may_keep_bodies(actor, None)),
    }
    return render(request, "people/committees.html", context)


def _committee(actor: Actor, committee_id: int) -> Committee:
    found = find_body(actor, committee_id)
    if found is None or not found.stands:
        raise Http404
    return found


def _way(found: Committee, title: str) -> Any:
    is_board = found.kind == Committee.Kind.SCHOOL_BOARD
    name = "boards" if is_board else "committees"
    return crumbs_to(name, gettext("School boards") if is_board else gettext("Committees"), title)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_safe
def committee(request: HttpRequest, committee_id: int) -> HttpResponseBase:
    """Show a committee with its seats, or download them."""
    actor = reader_or_404(request)
    found = _committee(actor, committee_id)
    members = [one for one in members_of(actor, found) if one.stands]
    aged(found)
    for member in members:
        aged(member)
    if wants_sheet(request):
        return sheet_answer(
            found.name,
            [
                Column(gettext("Seat")),
                Column(gettext("Position or representing")),
                Column(gettext("Name")),
                Column(gettext("From"), "date"),
                Column(gettext("Until"), "date"),
            ],
            (
                [one.get_seat_display(), one.title, one.holder_name, one.starts_on, one.ends_on]
                for one in members
            ),
            request=request,
        )
    context = {
        "title": found.name,
        "crumbs": _way(found, found.name),
        "committee": found,
        "members": members,
        "today": clock.today(),
        "can_keep": bool(may_keep_bodies(actor, found)),
    }
    return render(request, "people/committee.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter a committee."""
    actor = keeper_or_404(request)
    return answer_form(
        request,
        CommitteeForm(_data(request)),
        lambda given: actions.create_committee(actor=actor, **given),
        title=gettext("Add a committee"),
        crumbs=crumbs_to("committees", gettext("Committees"), gettext("Add a committee")),
        done=gettext("Saved."),
        to=lambda made: reverse("people:committee", args=[made.pk]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_board(request: HttpRequest) -> HttpResponse:
    """Enter the board of a school."""
    actor = keeper_or_404(request)
    return answer_form(
        request,
        BoardForm(actor, _data(request)),
        lambda given: actions.create_committee(
            actor=actor, kind=Committee.Kind.SCHOOL_BOARD, **given
        ),
        title=gettext("Add a school board"),
        crumbs=crumbs_to("boards", gettext("School boards"), gettext("Add a school board")),
        done=gettext("Saved."),
        to=lambda made: reverse("people:committee", args=[made.pk]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, committee_id: int) -> HttpResponse:
    """Change a committee, or end it."""
    actor = keeper_or_404(request)
    found = _committee(actor, committee_id)
    fields = ("name", "order_number", "starts_on", "ends_on", "version")
    return answer_form(
        request,
        CommitteeEditForm(_data(request), initial={name: getattr(found, name) for name in fields}),
        lambda given: actions.edit_committee(actor=actor, committee=found, **given),
        title=found.name,
        crumbs=_way(found, found.name),
        done=gettext("Saved."),
        to=reverse("people:committee", args=[found.pk]),
    )


@login_required
@require_POST
def take_back(request: HttpRequest, committee_id: int) -> HttpResponse:
    """Take a committee back that was entered by mistake."""
    actor = keeper_or_404(request)
    found = _committee(actor, committee_id)
    is_board = found.kind == Committee.Kind.SCHOOL_BOARD
    return answer_taking_back(
        request,
        lambda reason: actions.take_back_committee(actor=actor, committee=found, reason=reason),
        back=reverse("people:boards" if is_board else "people:committees"),
        done=gettext("Taken back."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, committee_id: int) -> HttpResponse:
    """Enter a seat."""
    actor = keeper_or_404(request)
    found = _committee(actor, committee_id)
    return answer_form(
        request,
        SeatForm(actor, _data(request)),
        lambda given: actions.seat_member(actor=actor, committee=found, **given),
        title=gettext("Add a seat"),
        lead=found.name,
        crumbs=_way(found, found.name),
        done=gettext("Saved."),
        to=reverse("people:committee", args=[found.pk]),
    )


def _member(actor: Actor, member_id: int) -> CommitteeMember:
    rows = visible_members(actor).select_related("committee")
    found: CommitteeMember | None = rows.filter(pk=member_id).first()
    if found is None or not found.stands or not found.committee.stands:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_seat(request: HttpRequest, member_id: int) -> HttpResponse:
    """Change a seat, or end the membership."""
    actor = keeper_or_404(request)
    found = _member(actor, member_id)
    fields = ("seat", "title", "holder_name", "starts_on", "ends_on", "version")
    return answer_form(
        request,
        SeatEditForm(actor, _data(request), initial={name: getattr(found, name) for name in fields}),
        lambda given: actions.edit_member(actor=actor, member=found, **given),
        title=str(found),
        crumbs=_way(found.committee, found.committee.name),
        done=gettext("Saved."),
        to=reverse("people:committee", args=[found.committee_id]),
    )


@login_required
@require_POST
def take_back_seat(request: HttpRequest, member_id: int) -> HttpResponse:
    """Take a seat back that was entered by mistake."""
    actor = keeper_or_404(request)
    found = _member(actor, member_id)
    return answer_taking_back(
        request,
        lambda reason: actions.take_back_member(actor=actor, member=found, reason=reason),
        back=reverse("people:committee", args=[found.committee_id]),
        done=gettext("Taken back."),
    )
