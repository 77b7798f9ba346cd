"""Accounts of the office's people: the list, one person, postings that end and move, powers by order."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.people import (
    close_account,
    end_posting,
    end_power,
    grant_power,
    post_person,
    reopen_account,
    transfer_person,
)
from nithet.domain.directory.queries.staff import (
    find_person,
    find_posting,
    find_power,
    list_handovers,
    list_people,
    list_powers,
    positions_of,
    powers_of,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.policies import ask, by_role
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.web.people.forms import EndForm, PostForm, PowerForm, TransferForm
from nithet.web.people.parts import (
    administrator_or_404,
    answer_form,
    crumbs_to,
    looking_after_or_404,
    tabs_for,
)
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by

SORTS = {"name": "display_name", "user": "username", "signed": "last_login"}


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponseBase:
    """List the office's accounts: who, as what, protected how."""
    actor = looking_after_or_404(request)
    chosen = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "role", "state", "unit")}
    rows = list_people(
        actor,
        words=chosen["q"],
        role=chosen["role"],
        state=chosen["state"],
        unit_id=row_key(chosen["unit"]),
    )
    rows = sorted_by(request, rows, SORTS, "name")
    if wants_sheet(request):
        return sheet_answer(
            gettext("User accounts"),
            [
                Column(gettext("Name")),
                Column(gettext("User name"), "code"),
                Column(gettext("Positions")),
                Column(gettext("Account")),
                Column(gettext("Second step")),
            ],
            (
                [
                    row.display_name,
                    row.username,
                    ", ".join(posting_words(one) for one in row.here),  # type: ignore[attr-defined]
                    pgettext("account", "open") if row.is_active else pgettext("account", "closed"),
                    _guarded_words(guarded=row.guarded),  # type: ignore[attr-defined]
                ]
                for row in rows
            ),
            request=request,
        )
    page = paged(request, rows)
    context = {
        "title": gettext("User accounts"),
        "tabs": tabs_for(actor, "accounts"),
        "page": page,
        "today": clock.today(),
        "chosen": chosen,
        "roles": Role.choices,
        "can_administer": bool(by_role(actor, Role.ADMINISTRATOR)),
    }
    return render(request, "people/accounts.html", context)


def _guarded_words(*, guarded: bool) -> str:
    return pgettext("a protection is", "on") if guarded else pgettext("a protection is", "off")


def posting_words(posting: Posting) -> str:
    """Say a posting in one line."""
    return f"{posting.title or posting.get_role_display()} · {posting.unit}"


def person_or_404(actor: Actor, user_id: int) -> User:
    """Return somebody of the office."""
    if (found := find_person(actor, user_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one person: postings, positions, powers, and what can be done about the account."""
    actor = looking_after_or_404(request)
    found = person_or_404(actor, user_id)
    context = {
        "title": str(found),
        "crumbs": crumbs_to("accounts", gettext("User accounts"), str(found)),
        "person": found,
        "postings": found.here,  # type: ignore[attr-defined]
        "positions": positions_of(found, actor.office_id, clock.today()),
        "powers": list(powers_of(actor, found)),
        "handovers": list(list_handovers(actor, found)),
        "today": clock.today(),
        "can_administer": bool(by_role(actor, Role.ADMINISTRATOR)),
        "may_close": ask("person.close", actor, found),
        "is_me": found.pk == actor.user_id,
    }
    return render(request, "people/person.html", context)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a further posting."""
    actor = administrator_or_404(request)
    found = person_or_404(actor, user_id)
    return answer_form(
        request,
        PostForm(actor, _data(request), initial={"unit": actor.office_id}),
        lambda given: post_person(
            actor=actor, user=found, **{**given, "role": Role(given["role"])}
        ),
        title=gettext("Add a posting"),
        lead=str(found),
        crumbs=_way(found),
        done=gettext("Saved."),
        to=reverse("people:person", args=[found.pk]),
    )


def _way(found: User) -> Any:
    return [
        *crumbs_to("accounts", gettext("User accounts"), "")[:1],
        *crumbs_to("accounts", "", str(found))[1:],
    ]


@login_required
@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account; every sitting ends at once."""
    actor = administrator_or_404(request)
    found = close_account(actor=actor, user=person_or_404(actor, user_id))
    messages.success(request, gettext("The account of %(name)s is closed.") % {"name": found})
    return redirect("people:person", user_id)


@login_required
@require_POST
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open a closed account again."""
    actor = administrator_or_404(request)
    found = reopen_account(actor=actor, user=person_or_404(actor, user_id))
    messages.success(request, gettext("The account of %(name)s is open again.") % {"name": found})
    return redirect("people:person", user_id)


def _posting(actor: Actor, posting_id: int) -> Posting:
    if (found := find_posting(actor, posting_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, posting_id: int) -> HttpResponse:
    """End a posting with its last day."""
    actor = administrator_or_404(request)
    found = _posting(actor, posting_id)
    return answer_form(
        request,
        EndForm(_data(request), initial={"ends_on": found.ends_on or clock.today(), "version": found.version}),
        lambda given: end_posting(actor=actor, posting=found, **given),
        title=gettext("End a posting"),
        lead=f"{found.user} · {posting_words(found)}",
        note=gettext("The position is vacant from the next day. Its duties stay with it."),
        crumbs=_way(found.user),
        done=gettext("The posting ends on the day you gave."),
        to=reverse("people:person", args=[found.user_id]),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Transfer somebody to another unit of the office."""
    actor = administrator_or_404(request)
    found = _posting(actor, posting_id)
    return answer_form(
        request,
        TransferForm(actor, found, _data(request), initial={"version": found.version}),
        lambda given: transfer_person(actor=actor, posting=found, **given),
        title=gettext("Transfer"),
        lead=f"{found.user} · {posting_words(found)}",
        note=gettext("The posting here ends the day before. Somebody who leaves for another office is ended instead."),
        crumbs=_way(found.user),
        done=gettext("The transfer has been recorded."),
        to=reverse("people:person", args=[found.user_id]),
    )


@login_required
@require_safe
def powers(request: HttpRequest) -> HttpResponseBase:
    """List who acts for whom by which order."""
    actor = looking_after_or_404(request)
    rows = list_powers(actor)
    if wants_sheet(request):
        return sheet_answer(
            gettext("Powers by order"),
            [
                Column(gettext("Person")),
                Column(gettext("Kind")),
                Column(gettext("For the holder of")),
                Column(gettext("Where")),
                Column(gettext("Number of the order"), "code"),
                Column(gettext("From"), "date"),
                Column(gettext("Until"), "date"),
            ],
            (
                [
                    str(row.user),
                    row.get_kind_display(),
                    row.get_role_display(),
                    str(row.unit),
                    row.order_number,
                    row.starts_on,
                    row.ends_on,
                ]
                for row in rows
            ),
            request=request,
        )
    context = {
        "title": gettext("Powers by order"),
        "tabs": tabs_for(actor, "powers"),
        "page": paged(request, rows),
        "today": clock.today(),
    }
    return render(request, "people/powers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_power(request: HttpRequest) -> HttpResponse:
    """Record an order by which one person acts for another."""
    actor = looking_after_or_404(request)
    initial = {"user": row_key(request.GET.get("person", ""))}
    return answer_form(
        request,
        PowerForm(actor, _data(request), initial=initial),
        lambda given: grant_power(actor=actor, **{**given, "role": Role(given["role"])}),
        title=gettext("Record an order"),
        note=gettext("Instead of lending a password: whoever acts signs in as themselves, and papers name the order."),
        crumbs=crumbs_to("powers", gettext("Powers by order"), gettext("Record an order")),
        done=gettext("The order has been recorded."),
        to=reverse("people:powers"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_power_page(request: HttpRequest, power_id: int) -> HttpResponse:
    """End a power."""
    actor = looking_after_or_404(request)
    if (found := find_power(actor, power_id)) is None:
        raise Http404
    return answer_form(
        request,
        EndForm(_data(request), initial={"ends_on": found.ends_on or clock.today(), "version": found.version}),
        lambda given: end_power(actor=actor, power=found, **given),
        title=gettext("End a power"),
        lead=f"{found.user} · {found}",
        crumbs=crumbs_to("powers", gettext("Powers by order"), str(found)),
        done=gettext("The power ends on the day you gave."),
        to=reverse("people:powers"),
    )
