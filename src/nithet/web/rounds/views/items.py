"""One item: everything of it in one view, and the answers to its tests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken
from nithet.web.rounds.forms import AnswerForm, CommentForm
from nithet.web.rounds.item_pages import answered_page, item_page
from nithet.web.shared.requests import actor_of, round_or_404


@login_required
@require_safe
def item(request: HttpRequest, round_id: int, item: str) -> HttpResponse:
    """Show one item with everything of it."""
    return _whole(request, round_or_404(request, round_id), item)


def _whole(
    request: HttpRequest,
    reporting_round: Round,
    item: str,
    *,
    problem: str = "",
    test: str = "",
    status: int = 200,
) -> HttpResponse:
    page = item_page(actor_of(request), reporting_round, item)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "problem": problem,
        "problem_test": test,
        "typed": request.POST,
        "comment_form": CommentForm(people=page.people),
    }
    return render(request, "rounds/item.html", context, status=status)


@login_required
@require_POST
def answer(request: HttpRequest, round_id: int, item: str, test: str) -> HttpResponse:
    """Answer one test of an item; a page with scripts gets the line and the level anew, others the whole page."""
    reporting_round = round_or_404(request, round_id)
    node = rules_of(reporting_round.edition).nodes.get(item)
    if node is None or test not in {one.id for one in node.tests}:
        raise Http404
    form = AnswerForm(request.POST)
    problem, status = "", 200
    if form.is_valid():
        try:
            answer_test(
                actor=actor_of(request),
                round=reporting_round,
                item=item,
                test=test,
                is_done=form.is_done,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"] or None,
            )
        except Conflict as conflict:
            problem, status = told(conflict), 409
        except RuleBroken as error:
            problem, status = told(error), 422
    else:
        problem, status = gettext("Please choose an answer."), 422
    if getattr(request, "htmx", False):
        context = {
            "page": answered_page(actor_of(request), reporting_round, item, test),
            "problem": problem,
            "problem_test": test,
            "typed": request.POST,
            "is_part": True,
        }
        # Scripts show what is answered with 200 alone; the words say what went wrong.
        return render(request, "rounds/answered.html", context)
    if problem:
        return _whole(request, reporting_round, item, problem=problem, test=test, status=status)
    messages.success(request, gettext("The answer has been saved."))
    return redirect("rounds:item", round_id, item)
