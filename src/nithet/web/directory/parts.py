"""What the pages of this area share: its gates, and how a form is answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import may_keep_schools
from nithet.domain.directory.queries.schools import find_school
from nithet.domain.directory.rules.sizes import SizeClass, SizeScheme
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of


def school_or_404(request: HttpRequest, school_id: int) -> School:
    """Return a school the reader may see; not there and not theirs are answered alike."""
    if (found := find_school(actor_of(request), school_id)) is None:
        raise Http404
    return found


def keeper_or_404(request: HttpRequest) -> Actor:
    """Return who asks, where they keep the facts of schools."""
    actor = actor_of(request)
    if not may_keep_schools(actor, None):
        raise Http404
    return actor


def label_of(named: SizeClass | SizeScheme | None) -> str:
    """Return the name of a size or a scheme in the reader's language; "" for None."""
    return named.label(get_language() or "th") if named else ""


def area_tabs(here: str) -> list[Tab]:
    """Return the tabs of the area; `here` is the address of the current one."""
    named = [
        ("schools", gettext("Schools")),
        ("networks", gettext("Networks")),
        ("joint_learning", gettext("Joint learning")),
        ("populations", gettext("Every school")),
    ]
    return [Tab(label, reverse(f"directory:{name}"), name == here) for name, label in named]


def school_crumbs(school: School, title: str) -> list[Crumb]:
    """Return the way to a page of one school."""
    return [
        Crumb(gettext("Schools"), reverse("directory:schools")),
        Crumb(str(school), reverse("directory:school", args=[school.pk])),
        Crumb(title),
    ]


def answer_form(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    *,
    title: str,
    crumbs: list[Crumb],
    done: str,
    to: str,
    lead: str = "",
    verb: str = "",
) -> HttpResponse:
    """Show a form, or save it by an action; what the rules refuse stands at its field, a conflict becomes the 409 page."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                save(dict(form.cleaned_data))
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                messages.success(request, done)
                return redirect(to)
        status = 422
    context = {
        "title": title,
        "crumbs": crumbs,
        "form": form,
        "verb": verb or gettext("Save"),
        "lead": lead,
        "back": crumbs[-2].href,
    }
    return render(request, "directory/form.html", context, status=status)


def answer_taking_back(
    request: HttpRequest, take: Callable[[str], object], back: str
) -> HttpResponse:
    """Take a record back with the reason that was given; what the rules refuse becomes their page."""
    take(request.POST.get("reason", "")[:500])
    messages.success(request, gettext("Taken back."))
    return redirect(back)
