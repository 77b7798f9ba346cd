"""What the pages of this area share: its tabs, its gates, and how a form is answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from nithet.domain.directory.policy.people import (
    may_keep_bodies,
    may_read_bodies,
    may_see_people,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import TakenBack, needs_reason
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of


def reader_or_404(request: HttpRequest) -> Actor:
    """Return who asks, where they may read positions, groups and committees."""
    actor = actor_of(request)
    if not may_read_bodies(actor):
        raise Http404
    return actor


def keeper_or_404(request: HttpRequest) -> Actor:
    """Return who asks, where they may enter positions, groups and committees."""
    actor = actor_of(request)
    if not may_keep_bodies(actor, None):
        raise Http404
    return actor


def looking_after_or_404(request: HttpRequest) -> Actor:
    """Return who asks, where they may see the list of accounts."""
    actor = actor_of(request)
    if not may_see_people(actor):
        raise Http404
    return actor


def administrator_or_404(request: HttpRequest) -> Actor:
    """Return who asks, where they administer the office."""
    actor = actor_of(request)
    if not by_role(actor, Role.ADMINISTRATOR):
        raise Http404
    return actor


def tabs_for(actor: Actor, here: str) -> list[Tab]:
    """Return the tabs of the area that an actor may open; `here` is the name of the current one."""
    named = [
        ("positions", gettext("Positions")),
        ("duties", gettext("Duties")),
        ("groups", gettext("Groups of the office")),
        ("committees", gettext("Committees")),
        ("boards", gettext("School boards")),
        ("experts", gettext("Outside experts")),
    ]
    if may_see_people(actor):
        named += [("accounts", gettext("User accounts")), ("powers", gettext("Orders"))]
    if by_role(actor, Role.ADMINISTRATOR):
        named.append(("invitations", gettext("Invitations")))
    return [Tab(label, reverse(f"people:{name}"), name == here) for name, label in named]


def crumbs_to(name: str, label: str, title: str) -> list[Crumb]:
    """Return the way to a page below one of the tabs."""
    return [Crumb(label, reverse(f"people:{name}")), Crumb(title)]


def answer_form(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    *,
    title: str,
    crumbs: list[Crumb],
    done: str,
    to: str | Callable[[Any], str],
    verb: str = "",
    lead: str = "",
    note: str = "",
) -> HttpResponse:
    """Show a form, or save it by an action; what the rules refuse stands at its field, a conflict becomes the 409 page."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = save(dict(form.cleaned_data))
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                messages.success(request, done)
                return redirect(to if isinstance(to, str) else to(made))
        status = 422
    context = {
        "title": title,
        "crumbs": crumbs,
        "form": form,
        "verb": verb or gettext("Save"),
        "lead": lead,
        "note": note,
        "back": crumbs[0].href,
    }
    return render(request, "people/form.html", context, status=status)


def answer_taking_back(
    request: HttpRequest, take: Callable[[str], object], *, back: str, done: str
) -> HttpResponse:
    """Take a record back with the reason that was given; the rules' own refusals become their pages."""
    take(request.POST.get("reason", "")[:500])
    messages.success(request, done)
    return redirect(back)


def aged(record: TakenBack) -> None:
    """Tell the template whether taking the record back needs a reason by now (`is_old`)."""
    record.is_old = needs_reason(record, clock.now())  # type: ignore[attr-defined]
