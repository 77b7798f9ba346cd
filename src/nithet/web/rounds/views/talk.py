"""Comments on an item or a paragraph."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from nithet.domain.assessments.actions.commenting import (
    resolve_comment,
    say_comment,
    take_back_comment,
)
from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.narrative import find_paragraph
from nithet.domain.assessments.queries.people import people_of_office
from nithet.domain.assessments.queries.talk import find_comment
from nithet.domain.frameworks.queries import rules_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.web.rounds.forms import CommentForm
from nithet.web.shared.requests import actor_of, round_or_404


def _back(round_id: int, item: str, paragraph_id: int | None) -> HttpResponse:
    if paragraph_id is not None:
        return redirect(reverse("rounds:paragraph", args=[round_id, paragraph_id]) + "#comments")
    return redirect(reverse("rounds:item", args=[round_id, item]) + "#comments")


@login_required
@require_POST
def comment(request: HttpRequest, round_id: int, item: str) -> HttpResponse:
    """Say something about an item, or about the paragraph that is named."""
    reporting_round = round_or_404(request, round_id)
    if item not in rules_of(reporting_round.edition).nodes:
        raise Http404
    key = request.POST.get("paragraph", "")
    paragraph = find_paragraph(reporting_round, int(key)) if key.isdecimal() else None
    if key and paragraph is None:
        raise Http404
    form = CommentForm(request.POST, people=people_of_office(reporting_round.office_id))
    if not form.is_valid():
        raise RuleBroken("comment.empty", msgid("A comment needs words."), field="text")
    said = say_comment(
        actor=actor_of(request),
        round=reporting_round,
        item=item,
        text=form.cleaned_data["text"],
        paragraph=paragraph,
        for_user_id=form.for_user_id,
    )
    messages.success(request, gettext("Your comment has been kept."))
    return _back(round_id, item, said.paragraph_id)


def _comment_or_404(reporting_round: Round, comment_id: int) -> Comment:
    if (found := find_comment(reporting_round, comment_id)) is None:
        raise Http404
    return found


@login_required
@require_POST
def answer_comment(request: HttpRequest, round_id: int, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    reporting_round = round_or_404(request, round_id)
    kept = _comment_or_404(reporting_round, comment_id)
    say_comment(
        actor=actor_of(request),
        round=reporting_round,
        item=kept.item,
        text=request.POST.get("text", ""),
        answers=kept,
    )
    return _back(round_id, kept.item, kept.paragraph_id)


@login_required
@require_POST
def settle_comment(request: HttpRequest, round_id: int, comment_id: int) -> HttpResponse:
    """Say that a comment is settled."""
    kept = _comment_or_404(round_or_404(request, round_id), comment_id)
    resolve_comment(actor=actor_of(request), comment=kept)
    return _back(round_id, kept.item, kept.paragraph_id)


@login_required
@require_POST
def unsay_comment(request: HttpRequest, round_id: int, comment_id: int) -> HttpResponse:
    """Take a comment back."""
    kept = _comment_or_404(round_or_404(request, round_id), comment_id)
    take_back_comment(actor=actor_of(request), comment=kept, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("The comment has been taken back."))
    return _back(round_id, kept.item, kept.paragraph_id)
