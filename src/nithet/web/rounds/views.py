"""Pages of rounds: find, ask one action, answer."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.narrative import edit_paragraph
from nithet.domain.assessments.actions.rounds import close_round, reopen_round
from nithet.domain.assessments.actions.signing import give_assessor_level, sign_off
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.narrative import find_paragraph
from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.assessments.queries.standing import standing_of
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken
from nithet.web.rounds.forms import AnswerForm, LevelForm, ParagraphForm, ReasonForm, SignForm
from nithet.web.rounds.pages import RoundPage, item_page, language, rights_over, round_page
from nithet.web.rounds.trying import tried_out
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, round_or_404


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds of the office."""
    page = paged(request, visible_rounds(actor_of(request)))
    return render(request, "rounds/rounds.html", {"page": page})


@login_required
@require_safe
def show(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show a round: the three levels, why, the items, what leads to the next level."""
    page = round_page(actor_of(request), round_or_404(request, round_id))
    return _round(request, page)


def _round(
    request: HttpRequest,
    page: RoundPage,
    *,
    sign_form: SignForm | None = None,
    assess_form: LevelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    grading = page.standing.edition.root.levels
    numbers = grading.numbers if grading else ()
    below = grading.otherwise.say(language()) if grading else ""
    level = page.standing.judgement.level
    context = {
        "page": page,
        "sign_form": sign_form
        or SignForm(
            levels=numbers,
            below=below,
            initial={
                "level": level if level is not None else "",
                "shown": page.standing.digest,
                "request_key": uuid.uuid4().hex,
            },
        ),
        "reason_form": ReasonForm(),
        "assess_form": assess_form or LevelForm(levels=numbers, below=below),
    }
    return render(request, "rounds/round.html", context, status=status)


@login_required
@require_POST
def sign(request: HttpRequest, round_id: int) -> HttpResponse:
    """Sign the declared level for what was shown."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    page = round_page(actor, reporting_round)
    grading = page.standing.edition.root.levels
    form = SignForm(
        request.POST,
        levels=grading.numbers if grading else (),
        below=grading.otherwise.say(language()) if grading else "",
    )
    if not form.is_valid():
        return _round(request, page, sign_form=form, status=422)
    try:
        sign_off(
            actor=actor,
            round=reporting_round,
            declared_level=form.chosen,
            shown=form.cleaned_data["shown"],
            request_key=form.cleaned_data["request_key"],
            reason=form.cleaned_data["reason"],
        )
    except Conflict:
        raise
    except RuleBroken as error:
        form.add_error(
            "reason" if error.field == "reason" else None, gettext(error.message) % error.params
        )
        return _round(request, page, sign_form=form, status=422)
    messages.success(request, gettext("The declared level has been signed."))
    return redirect("rounds:round", round_id)


@login_required
@require_POST
def close(request: HttpRequest, round_id: int) -> HttpResponse:
    """Close a round."""
    close_round(actor=actor_of(request), round=round_or_404(request, round_id))
    messages.success(request, gettext("The round has been closed."))
    return redirect("rounds:round", round_id)


@login_required
@require_POST
def reopen(request: HttpRequest, round_id: int) -> HttpResponse:
    """Open a closed round again, with a reason."""
    reporting_round = round_or_404(request, round_id)
    reopen_round(
        actor=actor_of(request), round=reporting_round, reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("The round is open again."))
    return redirect("rounds:round", round_id)


@login_required
@require_POST
def assess(request: HttpRequest, round_id: int) -> HttpResponse:
    """Keep the level that an invited assessor gives."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    grading = standing_of(reporting_round).edition.root.levels
    form = LevelForm(
        request.POST,
        levels=grading.numbers if grading else (),
        below=grading.otherwise.say(language()) if grading else "",
    )
    if not form.is_valid():
        page = round_page(actor, reporting_round)
        return _round(request, page, assess_form=form, status=422)
    try:
        give_assessor_level(
            actor=actor,
            round=reporting_round,
            level=form.chosen,
            reason=form.cleaned_data["reason"],
        )
    except RuleBroken as error:
        form.add_error("reason", gettext(error.message) % error.params)
        return _round(request, round_page(actor, reporting_round), assess_form=form, status=422)
    messages.success(request, gettext("Your level has been kept."))
    return redirect("rounds:round", round_id)


@login_required
@require_safe
def item(request: HttpRequest, round_id: int, item: str) -> HttpResponse:
    """Show one item with everything of it."""
    page = item_page(actor_of(request), round_or_404(request, round_id), item)
    if page is None:
        raise Http404
    return render(request, "rounds/item.html", {"page": page})


@login_required
@require_POST
def answer(request: HttpRequest, round_id: int, item: str, test: str) -> HttpResponse:
    """Answer one test of an item."""
    reporting_round = round_or_404(request, round_id)
    page = item_page(actor_of(request), reporting_round, item)
    if page is None or test not in {line.test.id for line in page.tests}:
        raise Http404
    form = AnswerForm(request.POST)
    problem = ""
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
            page = item_page(actor_of(request), reporting_round, item)
            problem = gettext(conflict.message) % conflict.params
            context = {
                "page": page,
                "problem": problem,
                "problem_test": test,
                "typed": request.POST,
            }
            return render(request, "rounds/item.html", context, status=409)
        except RuleBroken as error:
            problem = gettext(error.message) % error.params
    else:
        problem = gettext("Please choose an answer.")
    if problem:
        context = {"page": page, "problem": problem, "problem_test": test, "typed": request.POST}
        return render(request, "rounds/item.html", context, status=422)
    messages.success(request, gettext("The answer has been saved."))
    return redirect("rounds:item", round_id, item)


def _paragraph_or_404(reporting_round: Round, paragraph_id: int) -> NarrativeParagraph:
    if (found := find_paragraph(reporting_round, paragraph_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paragraph(request: HttpRequest, round_id: int, paragraph_id: int) -> HttpResponse:
    """Edit the words of one paragraph; where somebody was quicker, both versions are shown (409)."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    kept = _paragraph_or_404(reporting_round, paragraph_id)
    context = {
        "round": reporting_round,
        "paragraph": kept,
        "item": kept.group.answer.item,
        "can": rights_over(actor, reporting_round),
    }
    if request.method != "POST":
        form = ParagraphForm(initial={"text": kept.text, "seen": kept.text})
        return render(request, "rounds/paragraph.html", context | {"form": form})
    form = ParagraphForm(request.POST)
    if not form.is_valid():
        return render(request, "rounds/paragraph.html", context | {"form": form}, status=422)
    try:
        edit_paragraph(
            actor=actor,
            round=reporting_round,
            paragraph=kept,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
        )
    except Conflict as conflict:
        if conflict.code != "paragraph.changed":
            raise
        fresh = ParagraphForm(
            initial={"text": form.cleaned_data["text"], "seen": conflict.params["theirs"]}
        )
        context |= {"form": fresh, "conflict": conflict}
        return render(request, "rounds/paragraph.html", context, status=409)
    messages.success(request, gettext("The paragraph has been saved."))
    return redirect("rounds:item", round_id, kept.group.answer.item)


@login_required
@require_safe
def try_out(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show what would follow if some tests were done and some evidence clearer; changes nothing."""
    reporting_round = round_or_404(request, round_id)
    return render(
        request,
        "rounds/what_if.html",
        {"round": reporting_round, "tried": tried_out(reporting_round, request.GET)},
    )


@login_required
@require_safe
def rights(request: HttpRequest, round_id: int) -> HttpResponse:
    """Say what the reader can and cannot do in this round, and why."""
    reporting_round = round_or_404(request, round_id)
    verdicts = rights_over(actor_of(request), reporting_round)
    return render(request, "rounds/rights.html", {"round": reporting_round, "verdicts": verdicts})
