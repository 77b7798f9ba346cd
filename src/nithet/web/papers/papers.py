"""Papers of the office: list, make from a record, take into Word and back, number, print, sign, take back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.evidence.queries.printouts import find_printout
from nithet.domain.papers.actions.papers import (
    bring_back,
    give_number,
    make_again,
    make_paper,
    mark_printed,
    mark_signed,
    take_back_paper,
)
from nithet.domain.papers.kinds import Source, kinds, sources
from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.queries import find_paper, list_papers, read_version
from nithet.domain.papers.word import version_as_pdf
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.refs.registry import kinds as record_kinds
from nithet.foundation.tenancy.queries import public_address
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.papers.forms import WordForm
from nithet.web.shared.downloads import DOCX, PDF, file_answer, sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of, version_of

SORTS = {"made": "pk", "title": "title", "number": "number", "dated": "dated"}


def paper_or_404(request: HttpRequest, paper_id: int) -> Paper:
    """Return a paper the reader may see."""
    if (found := find_paper(actor_of(request), paper_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def papers(request: HttpRequest) -> HttpResponseBase:
    """List the papers of the office, filtered by the address."""
    actor = actor_of(request)
    chosen = {name: request.GET.get(name, "")[:60] for name in ("kind", "state", "words")}
    rows = sorted_by(request, list_papers(actor, **chosen), SORTS, "-made")
    if wants_sheet(request):
        return _sheet(request, rows)
    page = paged(request, rows)
    context = {
        "page": page,
        "chosen": chosen,
        "kinds": [(code, gettext(kind.label)) for code, kind in kinds().items()],
        "names": {code: gettext(kind.label) for code, kind in kinds().items()},
        "states": Paper.State.choices,
        "can": ask("paper.make", actor, None),
    }
    return render(request, "papers/papers.html", context)


def _sheet(request: HttpRequest, rows: Any) -> HttpResponseBase:
    names = {code: gettext(kind.label) for code, kind in kinds().items()}
    columns = (
        Column(gettext("Title"), width=50),
        Column(gettext("Kind of paper")),
        Column(gettext("Number"), "code"),
        Column(gettext("Date of the paper"), "date"),
        Column(gettext("State")),
        Column(gettext("Made by")),
        Column(gettext("Why it is cancelled")),
    )
    cells = (
        (
            row.title,
            names.get(row.kind, row.kind),
            row.number,
            row.dated,
            row.get_state_display(),
            row.made_by,
            row.taken_back_because,
        )
        for row in rows.iterator(chunk_size=500)
    )
    return sheet_answer(gettext("Papers"), columns, cells, request=request)


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Ask which paper is to be made."""
    can = ask("paper.make", actor_of(request), None)
    labels = [
        (one.code, gettext(one.label), gettext(kinds()[one.kind].label))
        for one in sources().values()
        if one.is_offered
    ]
    return render(request, "papers/new.html", {"sources": labels, "can": can})


def source_or_404(code: str) -> Source:
    """Return a source by its code."""
    if (found := sources().get(code)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, paper_source: str) -> HttpResponse:
    """Ask for the record that a paper is made from; make it."""
    actor, found = actor_of(request), source_or_404(paper_source)
    if not (verdict := ask("paper.make", actor, None)):
        if request.method == "POST":
            raise Refused("paper.make", verdict)
        return render(request, "papers/make.html", {"can": verdict, "label": gettext(found.label)})
    choices = list(found.choices(actor))
    form = _ChoiceForm(request.POST or None, choices=choices, first=request.GET.get("record", ""))
    if request.method == "POST" and form.is_valid():
        ref = RecordRef(found.about, form.cleaned_data["record"])
        if (draft := found.build(actor, ref)) is None:
            raise Http404
        made = make_paper(
            actor=actor,
            kind=found.kind,
            data=draft.data,
            about=ref if ref.kind in record_kinds() else None,
            title=draft.title,
            source=f"{found.code}:{ref.id}",
            numbered=form.cleaned_data["numbered"],
            address=public_address(actor.office_id, request),
            shows_children=draft.shows_children,
        )
        messages.success(request, gettext("The paper has been made. Download it for Word."))
        return redirect("papers:paper", made.pk)
    context = {
        "form": form,
        "label": gettext(found.label),
        "has_choices": bool(choices),
        "source": found.code,
        "can": verdict,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "papers/make.html", context, status=status)


class _ChoiceForm(forms.Form):
    """The record that a paper is made from, and whether it gets its number now."""

    record = forms.ChoiceField(label="")
    numbered = forms.BooleanField(label="", required=False)

    def __init__(self, data: Any, *, choices: list[tuple[str, str]], first: str) -> None:
        super().__init__(data, initial={"record": first})
        self.fields["record"].label = gettext("Made from")
        self.fields["numbered"].label = gettext("Give it the next number now")
        self.fields["record"].choices = choices  # type: ignore[attr-defined]


@login_required
@require_safe
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show a paper with its versions and what can be done with it."""
    return _paper(request, paper_or_404(request, paper_id), WordForm())


def _paper(request: HttpRequest, found: Paper, form: WordForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    about = resolve(actor, [RecordRef.parse(found.about)]) if found.about else {}
    printout = find_printout(actor, found.printout_code) if found.printout_code else None
    context = {
        "paper": found,
        "kind": gettext(kinds()[found.kind].label) if found.kind in kinds() else found.kind,
        "versions": list(found.versions.all()),
        "about": next(iter(about.values()), None),
        "printout": printout,
        "scan": printout.signed if printout else None,
        "can": ask("paper.bring_back", actor, found),
        "can_undo": ask("paper.take_back", actor, found),
        "needs_reason": needs_reason(found, clock.now()),
        "has_source": _source_of(found) is not None,
        "form": form,
    }
    return render(request, "papers/paper.html", context, status=status)


@login_required
@require_safe
def docx(request: HttpRequest, paper_id: int, paper_number: int) -> HttpResponse:
    """Hand out the Word file of a version; `?as=pdf` sets it as PDF."""
    found = paper_or_404(request, paper_id)
    version = next((one for one in found.versions.all() if one.number == paper_number), None)
    if version is None:
        raise Http404
    name = f"{found.title[:80]} {paper_number}"
    if request.GET.get("as") == "pdf":
        return file_answer(version_as_pdf(version), PDF, f"{name}.pdf")
    return file_answer(read_version(version), DOCX, f"{name}.docx")


@login_required
@require_POST
def bring(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper back from Word as its next version."""
    actor, found = actor_of(request), paper_or_404(request, paper_id)
    if not (verdict := ask("paper.bring_back", actor, found)):
        raise Refused("paper.bring_back", verdict)
    form = WordForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            bring_back(
                actor=actor,
                paper=found,
                version=version_of(request),
                data=form.cleaned_data["file"].read(),
                why=form.cleaned_data["why"],
            )
        except Conflict:
            raise
        except RuleBroken as error:
            form.add_error("file", gettext(error.message) % error.params)
        else:
            messages.success(request, gettext("The file from Word is the newest version now."))
            return redirect("papers:paper", paper_id)
    return _paper(request, found, form, 422)


def _source_of(found: Paper) -> tuple[Source, RecordRef] | None:
    code, _, key = found.source.partition(":")
    one = sources().get(code)
    return (one, RecordRef(one.about, key)) if one and key else None


@login_required
@require_POST
def again(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Make a paper again from what its record says now."""
    actor, found = actor_of(request), paper_or_404(request, paper_id)
    if not (verdict := ask("paper.make_again", actor, found)):
        raise Refused("paper.make_again", verdict)
    named = _source_of(found)
    draft = named[0].build(actor, named[1]) if named else None
    if draft is None:
        raise RuleBroken(
            "paper.no_record", "The record that this paper was made from is not there any more."
        )
    make_again(
        actor=actor,
        paper=found,
        version=version_of(request),
        data=draft.data,
        address=public_address(actor.office_id, request),
    )
    messages.success(request, gettext("The paper has been made again from the records."))
    return redirect("papers:paper", paper_id)


@login_required
@require_POST
def number(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Give a paper its number."""
    found = paper_or_404(request, paper_id)
    given = give_number(
        actor=actor_of(request),
        paper=found,
        version=version_of(request),
        number=request.POST.get("number", ""),
    )
    words = gettext("The paper has the number %(number)s.") % {"number": given.number}
    messages.success(request, words)
    return redirect("papers:paper", paper_id)


@login_required
@require_POST
def state(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Say that a paper was printed, or signed."""
    found = paper_or_404(request, paper_id)
    mark = mark_signed if request.POST.get("state") == "signed" else mark_printed
    mark(actor=actor_of(request), paper=found, version=version_of(request))
    messages.success(request, gettext("The state has been kept."))
    return redirect("papers:paper", paper_id)


@login_required
@require_POST
def undo(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper back that was made by mistake."""
    found = paper_or_404(request, paper_id)
    take_back_paper(
        actor=actor_of(request), paper=found, reason=request.POST.get("reason", "")[:500]
    )
    messages.success(request, gettext("The paper has been taken back."))
    return redirect("papers:papers")
