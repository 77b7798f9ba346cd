"""One piece of evidence: what it shows, its versions, its uses, how clear it is and why."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.evidence.actions.bringing import describe_piece
from nithet.domain.evidence.actions.files import attach_file
from nithet.domain.evidence.actions.reviewing import answer_clarity
from nithet.domain.evidence.models import Piece, ReviewTask
from nithet.domain.evidence.queries.clarity import PIECE, PieceView, views_of
from nithet.domain.evidence.queries.kinds import kind_words
from nithet.domain.evidence.queries.pieces import find_piece
from nithet.domain.evidence.queries.reviewing import next_to_review, possible_reviewers
from nithet.domain.evidence.queries.states import state_of
from nithet.domain.evidence.rules.other_returns import other_return, returns_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.audit.queries import history_of, say
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.ui.shapes import Moment
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.web.evidence.choices import kind_choices, use_choices
from nithet.web.evidence.forms import (
    DescribeForm,
    PlaceForm,
    ReasonForm,
    ReviewerForm,
    SharingForm,
    UseForm,
    VersionForm,
)
from nithet.web.evidence.views.lists import state_words
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

SHOWN_EVENTS = 30


def piece_or_404(request: HttpRequest, piece_id: int) -> Piece:
    """Return a piece the reader may see; not there and not theirs are answered alike."""
    if (found := find_piece(actor_of(request), piece_id)) is None:
        raise Http404
    if not found.stands and not found.was_cancelled:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Tick:
    """A return that another system collects, and whether the piece is used in it."""

    id: str
    short: str
    name: str
    use: Any


def _ticks(piece: Piece, year: int) -> list[Tick]:
    standing = {
        (row.report, row.fiscal_year): row
        for row in piece.return_uses.filter(taken_back_at__isnull=True)
    }
    return [
        Tick(one.id, one.short, one.name, standing.get((one.id, year))) for one in returns_of(year)
    ]


def _years(piece: Piece, views: list[PieceView]) -> list[int]:
    years = {view.use.fiscal_year for view in views}
    years |= {row.fiscal_year for row in piece.return_uses.filter(taken_back_at__isnull=True)}
    for day in (piece.period_start, piece.period_end):
        if day:
            years.add(fiscal_year(day))
    return sorted(years or {fiscal_year(clock.today())}, reverse=True)


def _returns(piece: Piece, views: list[PieceView]) -> list[tuple[int, list[Tick]]]:
    return [(year, _ticks(piece, year)) for year in _years(piece, views)]


def _in_other_returns(piece: Piece) -> list[str]:
    found = []
    for row in piece.return_uses.filter(taken_back_at__isnull=True):
        known = other_return(row.report)
        found.append(f"{known.short if known else row.report} {row.fiscal_year}")
    return found


def show(
    request: HttpRequest,
    piece: Piece,
    *,
    status: int = 200,
    problem: str = "",
    **bound: forms.Form,
) -> HttpResponse:
    """Show a piece; `bound` are forms that were sent and not taken, by name."""
    actor = actor_of(request)
    views = views_of(piece)
    about = [
        RecordRef.parse(one)
        for one in (piece.about, *(row.about for row in piece.further.all()))
        if one
    ]
    known = resolve(actor, about)
    rights = {
        name: ask(f"piece.{name}", actor, piece)
        for name in (
            *("answer_clarity", "attach_file", "describe", "use", "use_in_return", "withdraw"),
            *("check_place", "confirm_sharing", "assign_reviewer"),
        )
    }
    state, tone = state_words()[state_of(piece, views)]
    task = ReviewTask.objects.filter(piece=piece).first()
    reviewers = possible_reviewers(piece) if rights["assign_reviewer"] else []
    first = {"version": piece.version, "custodian": piece.custodian, "place": piece.place}
    context = {
        "piece": piece,
        "views": views,
        "abouts": [known[ref] for ref in about if ref in known],
        "kind": kind_words().get(piece.kind, piece.kind),
        "state": state,
        "tone": tone,
        "files": list(piece.files.all()),
        "returns": _returns(piece, views),
        "other_returns": _in_other_returns(piece),
        "task": task,
        "is_my_task": task is not None and task.reviewer_id == actor.user_id,
        "can": rights,
        "problem": problem,
        "withdraw_needs_reason": needs_reason(piece, clock.now()),
        "history": _history(piece) if actor.is_of_office else [],
        "papers": list(piece.printouts.all()),
        "version_form": VersionForm(initial={"version": piece.version}),
        "place_form": PlaceForm(initial={"found": "yes", **first}),
        "sharing_form": SharingForm(initial={"version": piece.version}),
        "withdraw_form": ReasonForm(),
        "reviewer_form": ReviewerForm(
            people=reviewers,
            initial={"reviewer": task.reviewer_id, "due_on": task.due_on} if task else None,
        ),
        "use_form": UseForm(uses=use_choices(actor)) if rights["use"] else None,
        **bound,
    }
    return render(request, "evidence/evidence.html", context, status=status)


def _history(piece: Piece) -> list[Moment]:
    events = history_of(piece.office_id, PIECE, str(piece.pk))[:SHOWN_EVENTS]
    return [Moment(event.at, say(event)) for event in events]


@login_required
@require_safe
def evidence(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Show a piece: what it shows, its versions, what it proves, how clear it is and why."""
    return show(request, piece_or_404(request, piece_id))


def refuse_first(action: str, actor: Actor, record: object) -> None:
    """Raise `Refused` where the person may not do it at all: a no says so before it complains about a form."""
    if not (verdict := ask(action, actor, record)):
        raise Refused(action, verdict)


def not_taken(request: HttpRequest, piece: Piece, name: str, form: forms.Form) -> HttpResponse:
    """Show the piece with a form that was not taken."""
    return show(request, piece, status=422, **{name: form})  # type: ignore[arg-type]  # the names of forms


@login_required
@require_POST
def answer_point(request: HttpRequest, piece_id: int, criterion: str) -> HttpResponse:
    """Answer one point of the clarity checklist of a piece, as a reviewer; then the next piece, where one waits."""
    actor, found = actor_of(request), piece_or_404(request, piece_id)
    holds = {"yes": True, "no": False}.get(request.POST.get("holds", ""))
    if holds is None:
        return show(request, found, status=422, problem=gettext("Please choose yes or no."))
    try:
        answer_clarity(
            actor=actor,
            piece=found,
            criterion=criterion,
            holds=holds,
            reason=request.POST.get("reason", "")[:500],
        )
    except Conflict:
        raise
    except RuleBroken as error:
        return show(request, found, status=422, problem=gettext(error.message) % error.params)
    messages.success(request, gettext("The review has been saved."))
    if request.GET.get("queue"):
        if (following := next_to_review(actor, after=found)) is not None:
            return redirect(f"{reverse('evidence:evidence', args=[following.pk])}?queue=1")
        return redirect("evidence:reviews")
    return redirect("evidence:evidence", piece_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Say more of a piece: its title, kind, time, and where it is."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    kinds = kind_choices()
    first = {
        **{name: getattr(piece, name) for name in DescribeForm.base_fields if hasattr(piece, name)},
    }
    form = DescribeForm(
        request.POST if request.method == "POST" else None, piece=piece, kinds=kinds, initial=first
    )
    context = {"form": form, "piece": piece, "can": ask("piece.describe", actor, piece)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "evidence/edit.html", context, status=422 if form.is_bound else 200)
    given: dict[str, Any] = {
        name: form.cleaned_data[name]
        for name in (
            "title",
            "kind",
            "medium",
            "custodian",
            "place",
            "link",
            "body",
            "shows_children",
        )
        if name in form.cleaned_data
    }
    try:
        describe_piece(
            actor=actor,
            piece=piece,
            version=form.cleaned_data["version"],
            period=form.period,
            **given,
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return render(request, "evidence/edit.html", context, status=422)
    messages.success(request, gettext("The evidence has been saved."))
    return redirect("evidence:evidence", piece_id)


@login_required
@require_POST
def add_version(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Add a version of a piece's file; the earlier ones stay."""
    piece = piece_or_404(request, piece_id)
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        refuse_first("piece.attach_file", actor_of(request), piece)
        return not_taken(request, piece, "version_form", form)
    file = form.cleaned_data["file"]
    try:
        attach_file(
            actor=actor_of(request),
            piece=piece,
            file_name=file.name or "",
            data=file,
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why"],
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return not_taken(request, piece, "version_form", form)
    messages.success(request, gettext("The new version is here; the earlier ones stay."))
    return redirect("evidence:evidence", piece_id)
