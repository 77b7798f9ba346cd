"""The school's side of a visit: with its account, by the link on the slip, or on the visitor's screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.supervision.actions.answers import (
    answer_visit,
    read_copy,
    say_opinion,
    sign_visit,
)
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import digest_of_visit
from nithet.domain.supervision.queries.links import school_actor, school_link_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs, visit_or_404
from nithet.web.visits.forms import AccountSignForm, AnswerForm, OpinionForm, SignForm
from nithet.web.visits.pages import grouped_findings, school_forms, shown_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _said(
    request: HttpRequest, visit: Visit, form: Any, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do what a small form of the visit's page says; what is wrong with it is told above the page."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Conflict:
            raise
        except RuleBroken as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Thank you. It has been kept."))
    else:
        messages.error(request, " ".join(str(one) for many in form.errors.values() for one in many))
    return redirect("visits:visit", visit.pk)


@login_required
@require_POST
def answer(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep the answer of the school, by its account."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    _refuse(actor, found, "answer")
    return _said(
        request,
        found,
        AnswerForm(request.POST),
        lambda said: answer_visit(
            actor=actor, visit=found, version=said["version"] or 0, words=said["words"]
        ),
    )


@login_required
@require_POST
def sign(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Sign for the school, by its account."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    _refuse(actor, found, "sign")
    return _said(
        request,
        found,
        AccountSignForm(request.POST),
        lambda said: sign_visit(actor=actor, visit=found, shown=said["shown"]),
    )


@login_required
@require_POST
def opinion(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep what the school thinks of the help, by its account."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    _refuse(actor, found, "say_opinion")
    return _said(
        request,
        found,
        OpinionForm(request.POST),
        lambda said: say_opinion(actor=actor, visit=found, **said),
    )


def _refuse(actor: Actor, visit: Visit, name: str) -> None:
    if not (can := ask(f"visit.{name}", actor, visit)):
        raise Refused(f"visit.{name}", can)


@never_cache
@FORMS
def by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Show a visit to whoever holds the link on the slip, and take answer, signature and opinion; no account is asked for."""
    link = school_link_of(code)
    if link is None:
        # Unknown, ended and expired links say the same.
        return asked_to_wait(request, "visit_link_wrong") or render(
            request, "visits/link_over.html", status=404
        )
    with scope(link.office_id):
        visit = Visit.objects.select_related("school__unit", "project").get(pk=link.visit_id)
        if visit.state != Visit.State.DONE:
            return render(request, "visits/link_over.html", status=404)
        if request.method == "POST" and request.POST.get("do") == "read":
            # Only a button says it: programs that show a preview of a link open it too.
            read_copy(actor=school_actor(visit, ""), visit=visit)
            messages.success(request, gettext("Thank you. It has been kept."))
            return redirect("visits:school_link", code)
        return _by_link(request, visit, code)


def _by_link(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    context = {
        "visit": visit,
        "findings": grouped_findings(visit),
        **shown_of(visit),
        **school_forms(visit),
        "sign_form": SignForm(initial={"shown": digest_of_visit(visit)}),
    }
    status = 200
    if request.method == "POST":
        form = _sent(request)
        if form is not None and form.is_valid() and _do(request, visit, form):
            return redirect("visits:school_link", code)
        if form is not None:
            context[f"{request.POST['do']}_form"] = form
        status = 422
    return render(request, "visits/school_link.html", context, status=status)


def _sent(request: HttpRequest) -> Any:
    forms = {"answer": _NamedAnswer, "sign": SignForm, "opinion": OpinionForm}
    wanted = forms.get(request.POST.get("do", ""))
    return wanted(request.POST) if wanted else None


class _NamedAnswer(AnswerForm):
    """An answer of somebody without an account, who says who they are."""

    signed_by = SignForm.base_fields["signed_by"]


def _do(request: HttpRequest, visit: Visit, form: Any) -> bool:
    said = form.cleaned_data
    who = said.get("signed_by", "")
    actor = school_actor(visit, who)
    try:
        if isinstance(form, OpinionForm):
            say_opinion(actor=actor, visit=visit, **said)
        elif isinstance(form, SignForm):
            sign_visit(
                actor=actor,
                visit=visit,
                shown=said["shown"],
                signed_by=who,
                way=SchoolAnswer.Way.LINK,
            )
        else:
            answer_visit(
                actor=actor,
                visit=visit,
                version=said["version"] or 0,
                words=said["words"],
                answered_by=who,
            )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    messages.success(request, gettext("Thank you. It has been kept."))
    return True


@login_required
@FORMS
def on_screen(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Let the head of the school read and sign on the visitor's own screen before they part."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    if not ask("visit.write", actor, found) or found.state != Visit.State.DONE:
        raise Http404
    form = SignForm(request.POST or None, initial={"shown": digest_of_visit(found)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sign_visit(
                actor=school_actor(found, said["signed_by"]),
                visit=found,
                shown=said["shown"],
                signed_by=said["signed_by"],
                way=SchoolAnswer.Way.SCREEN,
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            messages.success(request, gettext("The school has signed."))
            return redirect("visits:leaving", found.pk)
    context = {
        "visit": found,
        "form": form,
        "crumbs": visit_crumbs(found),
        "findings": grouped_findings(found),
        **shown_of(found),
    }
    return render(
        request, "visits/sign_on_screen.html", context, status=422 if form.errors else 200
    )
