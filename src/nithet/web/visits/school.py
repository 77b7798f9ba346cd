"""The school's side of a visit: with its account, by the link on the slip, or on the visitor's screen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.supervision.actions.answers import answer_visit, read_copy, say_opinion
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.links import school_actor, school_link_of
from nithet.domain.supervision.queries.pages import signed_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_or_404
from nithet.web.visits.forms import AnswerForm, OpinionForm
from nithet.web.visits.pages import show_visit
from nithet.web.visits.showing import answer_form_of
from nithet.web.visits.signing import (
    Hand,
    SigningForm,
    keep_words,
    sign_with,
    signing_form,
    signing_page,
)

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _kept(request: HttpRequest) -> None:
    messages.success(request, gettext("Thank you. It has been kept."))


# With the account of the school -----------------------------------------------------------------


@login_required
@require_POST
def answer(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep the answer of the school, by its account; what is wrong is told at the words, which stay."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    _refuse(actor, found, "answer")
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_visit(
                actor=actor, visit=found, version=said["version"] or 0, words=said["words"]
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            _kept(request)
            return redirect("visits:visit", found.pk)
    return show_visit(request, found, answer_form=form)


@login_required
@FORMS
def sign(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Read and sign for the school, by its account, on a page with nothing else on it."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    if not ask("visit.sign", actor, found) or found.state != Visit.State.DONE:
        raise Http404
    hand = Hand(actor, SchoolAnswer.Way.ACCOUNT, asks_name=False)
    return _sign(request, found, hand, back=reverse("visits:visit", args=[found.pk]))


@login_required
@require_POST
def opinion(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep what the school thinks of the help, by its account."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    _refuse(actor, found, "say_opinion")
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return show_visit(request, found, opinion_form=form)
    say_opinion(actor=actor, visit=found, **form.cleaned_data)
    _kept(request)
    return redirect("visits:visit", found.pk)


def _refuse(actor: Actor, visit: Visit, name: str) -> None:
    if not (can := ask(f"visit.{name}", actor, visit)):
        raise Refused(f"visit.{name}", can)


# On the visitor's screen ------------------------------------------------------------------------


@login_required
@FORMS
def on_screen(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Let the head of the school read and sign on the visitor's own screen before they part."""
    found, actor = visit_or_404(request, visit_id), actor_of(request)
    if not ask("visit.write", actor, found) or found.state != Visit.State.DONE:
        raise Http404
    name = request.POST.get("signed_by", "")
    hand = Hand(school_actor(found, name), SchoolAnswer.Way.SCREEN, asks_name=True)
    return _sign(request, found, hand, back=reverse("visits:leaving", args=[found.pk]))


def _sign(request: HttpRequest, visit: Visit, hand: Hand, *, back: str) -> HttpResponse:
    """Show what is signed and take signature, words and the three answers."""
    form = signing_form(request, visit, asks_name=hand.asks_name)
    if request.method == "POST" and form.is_valid() and sign_with(form, visit, hand):
        messages.success(request, gettext("The school has signed."))
        return redirect(back)
    context = {**signing_page(visit, form), "hand": hand, "back": back}
    return render(request, "visits/signing.html", context, status=_status(form))


def _status(form: SigningForm) -> int:
    if getattr(form, "was_corrected", False):
        return 409
    return 422 if form.errors else 200


# By the link on the slip ------------------------------------------------------------------------


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
            _kept(request)
            return redirect("visits:school_link", code)
        return _by_link(request, visit, code)


def _by_link(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    form = signing_form(request, visit, asks_name=True)
    if asked != "sign":
        form.is_bound = False
    later = {
        "answer_form": answer_form_of(visit, asks_name=True),
        "opinion_form": OpinionForm() if form.asks_opinion else None,
    }
    done, status = False, 422 if asked else 200
    if asked == "sign":
        done = form.is_valid() and _by_hand(visit, form)
        status = _status(form) if not done else status
    elif asked == "answer":
        later["answer_form"] = given = AnswerForm(request.POST, asks_name=True)
        done = given.is_valid() and _answer(visit, given)
    elif asked == "opinion":
        later["opinion_form"] = said = OpinionForm(request.POST)
        done = said.is_valid()
        if done:
            say_opinion(actor=school_actor(visit, ""), visit=visit, **said.cleaned_data)
    if done:
        _kept(request)
        return redirect("visits:school_link", code)
    context = {**signing_page(visit, form), **later}
    return render(request, "visits/school_link.html", context, status=status)


def _by_hand(visit: Visit, form: SigningForm) -> bool:
    hand = Hand(school_actor(visit, form.signer), SchoolAnswer.Way.LINK, asks_name=True)
    signed = signed_of(visit)
    if signed is not None and signed.is_still_the_same:
        return keep_words(form, visit, hand)
    return sign_with(form, visit, hand)


def _answer(visit: Visit, form: Any) -> bool:
    said = form.cleaned_data
    try:
        answer_visit(
            actor=school_actor(visit, said["signed_by"]),
            visit=visit,
            version=said["version"] or 0,
            words=said["words"],
            answered_by=said["signed_by"],
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    return True
