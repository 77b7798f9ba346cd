"""The return of a round: look at it, take it into Word and back, issue it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.returns.actions.editing import bring_edited_file, decide_paragraph
from nithet.domain.returns.actions.issuing import issue_return
from nithet.domain.returns.builder import build_return, built
from nithet.domain.returns.models import EditedFile, SentMark
from nithet.domain.returns.papers.deck import deck_of
from nithet.domain.returns.queries import find_edited, list_edited, list_issued, said_readings
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx, render_html, render_pdf
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.sheets import Column
from nithet.foundation.ui.words import date_words
from nithet.kernel.errors import RuleBroken
from nithet.web.returns.forms import EditedForm
from nithet.web.returns.pages import DOCX, PDF, as_file, citations_of
from nithet.web.shared.downloads import PPTX, file_answer, sheet_answer, wants_sheet
from nithet.web.shared.lists import PAGE_SIZE, paged, sorted_by
from nithet.web.shared.requests import actor_of, round_or_404

SORTS = {"issued": "pk", "number": "number", "year": "round__fiscal_year"}


def _draft(reporting_round: Round) -> Print:
    return Print(issued=False, standing=said_readings(reporting_round))


@login_required
@require_safe
def returns(request: HttpRequest) -> HttpResponseBase:
    """List the rounds with their returns, and what was issued."""
    actor = actor_of(request)
    rows = sorted_by(request, list_issued(actor), SORTS, "-issued")
    if wants_sheet(request):
        return _sheet(request, rows)
    page = paged(request, rows)
    context = {
        "rounds": visible_rounds(actor)[:PAGE_SIZE],
        "page": page,
        "can": ask("return.propose_import", actor, None),
    }
    return render(request, "returns/returns.html", context)


def _sheet(request: HttpRequest, rows: Any) -> HttpResponseBase:
    columns = (
        Column(gettext("Number"), "code"),
        Column(gettext("Form"), width=50),
        Column(gettext("Fiscal year"), "code"),
        Column(gettext("Months reported"), "whole"),
        Column(gettext("Issued on"), "date"),
        Column(gettext("Issued by")),
        Column(gettext("Declared level"), "whole"),
        Column(gettext("State")),
        Column(gettext("Sent"), width=40),
    )
    cells = (
        (
            one.number,
            one.round.edition.title,
            str(one.round.fiscal_year),
            one.round.months,
            one.issued_at,
            one.issued_by,
            one.sign_off.declared_level if one.sign_off else None,
            gettext("Superseded") if hasattr(one, "superseded_by") else gettext("In force"),
            "; ".join(_sent_words(mark) for mark in one.sent_marks.all()),
        )
        for one in rows
    )
    return sheet_answer(gettext("Issued returns"), columns, cells, request=request)


def _sent_words(mark: SentMark) -> str:
    parts = (str(mark.get_system_display()), date_words(mark.sent_on, "short"), mark.number)
    return " ".join(filter(None, parts))


@login_required
@require_safe
def deck(request: HttpRequest, round_id: int) -> HttpResponse:
    """Hand out the status of a round as slides."""
    found = round_or_404(request, round_id)
    name = f"{found.edition.title[:60]} {found.fiscal_year}.pptx"
    return file_answer(deck_of(actor_of(request), found), PPTX, name)


@login_required
@require_safe
def preview(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show the return as it would be issued now."""
    return _preview(request, round_or_404(request, round_id), EditedForm())


def _preview(
    request: HttpRequest, reporting_round: Round, form: EditedForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    built_now = built(reporting_round)
    # Built from escaped text by the document engine, which writes nothing else than its own elements.
    paper = mark_safe(render_html(built_now.document, _draft(reporting_round), first_heading=2))  # noqa: S308
    edited_files = list(list_edited(actor, reporting_round))
    context = {
        "round": reporting_round,
        "paper": paper,
        "sources": citations_of(actor, built_now),
        "issued": list_issued(actor, reporting_round),
        "edited": edited_files,
        "undecided": sum(getattr(file, "open_count", 0) for file in edited_files),
        "form": form,
        "request_key": uuid.uuid4().hex,
        "can_issue": ask("return.issue", actor, reporting_round),
        "can_bring": ask("return.bring_edited", actor, reporting_round),
    }
    return render(request, "returns/preview.html", context, status=status)


@login_required
@require_safe
def draft_docx(request: HttpRequest, round_id: int) -> HttpResponse:
    """Hand out a draft for Word; it may be edited and brought back."""
    reporting_round = round_or_404(request, round_id)
    return as_file(
        render_docx(build_return(reporting_round), _draft(reporting_round)), DOCX, f"draft-{round_id}.docx"
    )


@login_required
@require_safe
def draft_pdf(request: HttpRequest, round_id: int) -> HttpResponse:
    """Hand out a draft as PDF."""
    reporting_round = round_or_404(request, round_id)
    return as_file(render_pdf(build_return(reporting_round), _draft(reporting_round)), PDF, f"draft-{round_id}.pdf")


@login_required
@require_POST
def bring(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take an edited Word file back and show what it changes."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    if not (verdict := ask("return.bring_edited", actor, reporting_round)):
        raise Refused("return.bring_edited", verdict)
    form = EditedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kept = bring_edited_file(
                actor=actor,
                round=reporting_round,
                data=form.cleaned_data["file"].read(),
                file_name=form.cleaned_data["file"].name,
            )
            return redirect("returns:edited", kept.pk)
        except RuleBroken as error:
            form.add_error("file", gettext(error.message) % error.params)
    return _preview(request, reporting_round, form, 422)


def edited_or_404(request: HttpRequest, file_id: int) -> EditedFile:
    """Return an edited file the reader may see."""
    if (found := find_edited(actor_of(request), file_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def edited(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show the differences of an edited file one by one."""
    found = edited_or_404(request, file_id)
    can = ask("return.bring_edited", actor_of(request), found.round)
    return render(request, "returns/edited.html", {"file": found, "can": can})


@login_required
@require_POST
def decide(request: HttpRequest, file_id: int, paragraph_id: int) -> HttpResponse:
    """Take one difference over, or keep what the records say."""
    found = edited_or_404(request, file_id)
    paragraph = found.paragraphs.filter(pk=paragraph_id).first()
    if paragraph is None:
        raise Http404
    decide_paragraph(
        actor=actor_of(request), paragraph=paragraph, take=request.POST.get("take") == "yes"
    )
    messages.success(request, gettext("The decision has been kept."))
    return redirect("returns:edited", file_id)


@login_required
@require_POST
def issue(request: HttpRequest, round_id: int) -> HttpResponse:
    """Issue the return: number it, freeze it, keep its files."""
    actor, found = actor_of(request), round_or_404(request, round_id)
    before = list_issued(actor, found).first()
    issued = issue_return(actor=actor, round=found, request_key=request.POST.get("request_key", ""))
    if before is not None and before.pk == issued.pk:
        words = gettext("Nothing has changed since %(number)s was issued, so it stays in force.")
        messages.info(request, words % {"number": issued.number})
    else:
        messages.success(request, gettext("Issued as %(number)s.") % {"number": issued.number})
    return redirect("returns:issued", issued.pk)
