"""Closing a visit, opening it again, and taking it back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.supervision.actions.closing import close_visit, reopen_visit
from nithet.domain.supervision.actions.visits import cancel_visit, withdraw_visit
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs, visit_or_404
from nithet.web.visits.forms import CloseForm, ReasonForm
from nithet.web.visits.showing import close_words

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _ask_once(
    request: HttpRequest,
    visit: Visit,
    name: str,
    form: forms.Form,
    words: dict[str, str],
    do: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show what is about to happen with one button, and do it once it is sent."""
    can = ask(f"visit.{name}", actor_of(request), visit)
    if request.method == "POST":
        if not can:
            raise Refused(f"visit.{name}", can)
        if form.is_valid():
            try:
                do(form.cleaned_data)
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                messages.success(request, words["done"])
                return redirect("visits:visit", visit.pk)
    context = {
        "visit": visit,
        "form": form,
        "can": can,
        "words": words,
        "crumbs": visit_crumbs(visit),
    }
    return render(request, "visits/once.html", context, status=422 if form.errors else 200)


@login_required
@FORMS
def close(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Close a visit: freeze it as evidence."""
    found = visit_or_404(request, visit_id)
    form = CloseForm(request.POST or None, initial={"version": found.version})
    name = close_words(found)
    words = {
        "title": name,
        "text": gettext(
            "The record is frozen, its copy becomes evidence for the items that it proves, and nobody changes it any more. "
            "It can be opened again with a reason."
        ),
        "button": name,
        "done": gettext("The visit is closed; its copy is kept as evidence."),
    }
    return _ask_once(
        request,
        found,
        "close",
        form,
        words,
        lambda said: close_visit(actor=actor_of(request), visit=found, version=said["version"]),
    )


@login_required
@FORMS
def reopen(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Open a closed visit again, with a reason."""
    found = visit_or_404(request, visit_id)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    words = {
        "title": gettext("Open the visit again"),
        "text": gettext(
            "What was frozen stays as it was. The next closing adds a new version of the copy."
        ),
        "button": gettext("Open the visit again"),
        "done": gettext("The visit is open for corrections."),
    }
    return _ask_once(
        request,
        found,
        "reopen",
        form,
        words,
        lambda said: reopen_visit(actor=actor_of(request), visit=found, **said),
    )


@login_required
@FORMS
def cancel(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Cancel a planned visit, with a reason."""
    found = visit_or_404(request, visit_id)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    words = {
        "title": gettext("Cancel the planned visit"),
        "text": gettext("It stays in the plan as one that was not carried out, with the reason."),
        "button": gettext("Cancel the planned visit"),
        "done": gettext("The visit was cancelled."),
    }
    return _ask_once(
        request,
        found,
        "cancel",
        form,
        words,
        lambda said: cancel_visit(actor=actor_of(request), visit=found, reason=said["reason"]),
    )


@login_required
@FORMS
def withdraw(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Take back a visit that was recorded by mistake."""
    found = visit_or_404(request, visit_id)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    words = {
        "title": gettext("Take back this record"),
        "text": gettext(
            "For a visit that was recorded by mistake. What was agreed in it is taken back too; a planned visit stands as "
            "planned again."
        ),
        "button": gettext("Take back this record"),
        "done": gettext("The record was taken back."),
    }
    return _ask_once(
        request,
        found,
        "withdraw",
        form,
        words,
        lambda said: withdraw_visit(actor=actor_of(request), visit=found, **said),
    )
