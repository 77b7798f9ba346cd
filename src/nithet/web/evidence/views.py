"""Pages of evidence (หลักฐาน): what is there, what it proves, how clear it is. Lists are paged, filtered by their address, and cost a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.evidence.actions.reviewing import answer_clarity
from nithet.domain.evidence.queries.clarity import views_of
from nithet.domain.evidence.queries.pieces import find_piece, list_pieces
from nithet.foundation.access.policies import ask
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, year_of


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece in the list, with what it is about."""

    piece: Any
    about: Resolved | None


@login_required
@require_safe
def evidence_list(request: HttpRequest) -> HttpResponse:
    """List pieces of evidence with their uses."""
    actor = actor_of(request)
    page = paged(request, list_pieces(actor, year_of(request)))
    refs = {row.pk: RecordRef.parse(row.about) for row in page if row.about}
    found = resolve(actor, refs.values())
    lines = [PieceLine(row, found.get(refs[row.pk]) if row.pk in refs else None) for row in page]
    return render(request, "evidence/evidence_list.html", {"page": page, "lines": lines})


@login_required
@require_safe
def evidence(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Show a piece: where it is, what it proves, how clear it is and why."""
    return _evidence(request, piece_id)


def _evidence(
    request: HttpRequest, piece_id: int, problem: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    if (found := find_piece(actor, piece_id)) is None:
        raise Http404
    about = resolve(actor, [RecordRef.parse(found.about)]) if found.about else {}
    context = {
        "piece": found,
        "views": views_of(found),
        "about": next(iter(about.values()), None),
        "can": ask("piece.answer_clarity", actor, found),
        "problem": problem,
    }
    return render(request, "evidence/evidence.html", context, status=status)


@login_required
@require_POST
def answer_point(request: HttpRequest, piece_id: int, criterion: str) -> HttpResponse:
    """Answer one point of the clarity checklist of a piece, as a reviewer."""
    actor = actor_of(request)
    if (found := find_piece(actor, piece_id)) is None:
        raise Http404
    holds = {"yes": True, "no": False}.get(request.POST.get("holds", ""))
    if holds is None:
        return _evidence(request, piece_id, gettext("Please choose yes or no."), 422)
    try:
        answer_clarity(
            actor=actor,
            piece=found,
            criterion=criterion,
            holds=holds,
            reason=request.POST.get("reason", "")[:500],
        )
    except RuleBroken as error:
        return _evidence(request, piece_id, gettext(error.message) % error.params, 422)
    messages.success(request, gettext("The review has been saved."))
    return redirect("evidence:evidence", piece_id)
