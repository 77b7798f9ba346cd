"""A round is put before somebody to be signed, and the folders of the office."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.reviews.actions.folders import (
    approve_folder,
    propose_folder,
    return_folder,
    withdraw_folder,
)
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.queries.folders import (
    find_folder,
    list_folders,
    signers_of,
    waiting_folder,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.reviews.forms import DecisionForm, ProposeForm
from nithet.web.reviews.shown import folder_page, scale_of
from nithet.web.shared.addresses import absolute
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, round_or_404


def folder_or_404(request: HttpRequest, folder_id: int) -> Folder:
    """Return a folder the reader may see."""
    if (found := find_folder(actor_of(request), folder_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def folders(request: HttpRequest) -> HttpResponseBase:
    """List the folders of the office; `?mine=1` keeps those that wait for the reader."""
    rows = list_folders(actor_of(request), mine=request.GET.get("mine") == "1")
    if wants_sheet(request):
        columns = [
            Column(gettext("Form"), width=50),
            Column(gettext("State")),
            Column(gettext("To be signed by"), width=40),
            Column(gettext("Put forward by"), width=40),
            Column(gettext("On"), "date"),
        ]
        cells: Iterator[list[Value]] = ([str(r), r.get_state_display(), r.addressee, r.proposed_by, clock.day_of(r.proposed_at)] for r in rows)
        return sheet_answer(gettext("Folders to sign"), columns, cells, request=request)
    return render(request, "reviews/folders.html", {"page": paged(request, rows), "mine": request.GET.get("mine") == "1"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, round_id: int) -> HttpResponse:
    """Put the round before somebody to be signed; the link to it is shown once."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    can = ask("folder.propose", actor, reporting_round)
    if request.method == "POST" and not can:
        raise Refused("folder.propose", can)
    standing = standing_of(reporting_round)
    levels, below = scale_of(standing.edition)
    level = standing.judgement.level
    given = {"level": "" if level is None else str(level), "shown": standing.digest}
    form = ProposeForm(
        request.POST or None, initial=given, levels=levels, below=below, signers=signers_of(reporting_round.office_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made, token = propose_folder(
                actor=actor,
                round=reporting_round,
                declared_level=form.chosen,
                shown=form.cleaned_data["shown"],
                addressee_id=int(form.cleaned_data["addressee"]),
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
            )
        except Conflict:
            raise
        except RuleBroken as error:
            form.add_error(error.field if error.field in form.fields else None, gettext(error.message) % error.params)
        else:
            return _proposed(request, made, token)
    context = {
        "round": reporting_round,
        "form": form,
        "can": can,
        "standing": standing,
        "waiting": waiting_folder(reporting_round.pk),
    }
    return render(request, "reviews/propose.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, folder: Folder, token: str) -> HttpResponse:
    link = absolute(request, reverse("reviews:sign", args=[token]), folder.office_id)
    return render(request, "reviews/proposed.html", {"folder": folder, "link": link, "line": _for_line(folder, link)})


def _for_line(folder: Folder, link: str) -> str:
    """Return two to five lines to paste into a group."""
    told = gettext("For your signature: %(title)s, fiscal year %(year)s") % {
        "title": folder.round.edition.title,
        "year": folder.round.fiscal_year,
    }
    return "\n".join([told, gettext("From %(who)s") % {"who": folder.proposed_by}, link])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: HttpRequest, folder_id: int) -> HttpResponse:
    """Show a folder; the one it was put before decides here."""
    found, actor = folder_or_404(request, folder_id), actor_of(request)
    can = ask("folder.approve", actor, found)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        if not can:
            raise Refused("folder.approve", can)
        if form.is_valid() and decide(request, found, form, actor):
            return redirect("reviews:folder", found.pk)
    context = {"page": folder_page(found), "form": form, "can": can, "can_withdraw": ask("folder.withdraw", actor, found)}
    return render(request, "reviews/folder.html", context, status=422 if form.errors else 200)


def decide(request: HttpRequest, found: Folder, form: DecisionForm, actor: Actor) -> bool:
    """Carry out a decision; False where the form now says what is missing."""
    answer = form.cleaned_data["answer"]
    try:
        if request.POST.get("decision") == "approve":
            approve_folder(actor=actor, folder=found, answer=answer)
            messages.success(request, gettext("Approved. The declared level has been signed."))
        else:
            return_folder(actor=actor, folder=found, answer=answer)
            messages.success(request, gettext("Sent back with your note. Nothing was signed."))
    except Conflict:
        raise
    except RuleBroken as error:
        form.add_error("answer" if error.field == "answer" else None, gettext(error.message) % error.params)
        return False
    return True


@login_required
@require_POST
def withdraw(request: HttpRequest, folder_id: int) -> HttpResponse:
    """Take a waiting folder back."""
    found = folder_or_404(request, folder_id)
    withdraw_folder(actor=actor_of(request), folder=found)
    messages.success(request, gettext("The folder has been withdrawn. Its link opens nothing any more."))
    return redirect("rounds:round", found.round_id)


