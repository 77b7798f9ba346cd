"""Short forms on the page of a piece: where a thing stands, sharing, the reviewer, taking back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from nithet.domain.evidence.actions.bringing import withdraw_piece
from nithet.domain.evidence.actions.keeping import check_place, confirm_sharing
from nithet.domain.evidence.actions.reviewing import assign_reviewer
from nithet.domain.evidence.queries.reviewing import possible_reviewers
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken
from nithet.web.evidence.forms import PlaceForm, ReasonForm, ReviewerForm, SharingForm
from nithet.web.evidence.views.pieces import not_taken, piece_or_404, refuse_first
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of


@login_required
@require_POST
def place(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Say whether a thing was found at its place, and where it stands now."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        refuse_first("piece.check_place", actor, piece)
        return not_taken(request, piece, "place_form", form)
    found = form.cleaned_data["found"] == "yes"
    moved = {name: form.cleaned_data[name] if found else None for name in ("custodian", "place")}
    try:
        check_place(
            actor=actor,
            piece=piece,
            version=form.cleaned_data["version"],
            found=found,
            why=form.cleaned_data["why"],
            **moved,
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return not_taken(request, piece, "place_form", form)
    messages.success(request, gettext("Where it stands has been noted."))
    return redirect("evidence:evidence", piece_id)


@login_required
@require_POST
def sharing(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Confirm that a piece with children on it may be shared."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    form = SharingForm(request.POST)
    if not form.is_valid():
        refuse_first("piece.confirm_sharing", actor, piece)
        return not_taken(request, piece, "sharing_form", form)
    confirm_sharing(actor=actor, piece=piece, **form.cleaned_data)
    messages.success(request, gettext("It may be shared from now on."))
    return redirect("evidence:evidence", piece_id)


@login_required
@require_POST
def reviewer(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Ask a colleague to review a piece."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    form = ReviewerForm(request.POST, people=possible_reviewers(piece))
    if not form.is_valid():
        refuse_first("piece.assign_reviewer", actor, piece)
        return not_taken(request, piece, "reviewer_form", form)
    assign_reviewer(actor=actor, piece=piece, **form.cleaned_data)
    messages.success(request, gettext("The colleague has been told."))
    return redirect("evidence:evidence", piece_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Take a piece back: within a day as if it had not been brought, later as cancelled with a reason."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        refuse_first("piece.withdraw", actor, piece)
        return not_taken(request, piece, "withdraw_form", form)
    try:
        withdraw_piece(actor=actor, piece=piece, reason=form.cleaned_data["reason"])
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return not_taken(request, piece, "withdraw_form", form)
    messages.success(request, gettext("The evidence has been taken back."))
    if piece.was_cancelled:
        return redirect("evidence:evidence", piece_id)
    return redirect("evidence:evidence_list")
