"""The round itself: list, open, look at, due day, sign, close, reopen, try out."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.assessments.actions.rounds import (
    close_round,
    open_round,
    reopen_round,
    set_due_day,
    withdraw_round,
)
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.queries.people import people_of_office
from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.frameworks.queries import list_editions, rules_of
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.sheets import Column
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year as fiscal_year_of
from nithet.web.rounds.forms import DueForm, OpenForm, ReasonForm, SignForm
from nithet.web.rounds.pages import RoundPage, language, promise_day, rights_over, round_page
from nithet.web.rounds.sheets import item_columns, item_rows
from nithet.web.rounds.thresholds import changeable
from nithet.web.rounds.trying import tried_out
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of, round_or_404, year_of

SORTS = {"year": "fiscal_year", "months": "months", "due": "due_on", "state": "state"}


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponseBase:
    """List the rounds of the office."""
    actor = actor_of(request)
    rows = sorted_by(request, visible_rounds(actor), SORTS, "-year")
    if (year := year_of(request)) is not None:
        rows = rows.filter(fiscal_year=year)
    if wants_sheet(request):
        columns = [
            Column(gettext("Form")),
            Column(gettext("Fiscal year"), "whole"),
            Column(gettext("Months reported"), "whole"),
            Column(gettext("Due on"), "date"),
            Column(gettext("State")),
        ]
        lines = [
            (str(one), one.fiscal_year, one.months, one.due_on, one.get_state_display())
            for one in rows
        ]
        return sheet_answer(gettext("Reporting rounds"), columns, lines, request=request)
    context = {
        "page": paged(request, rows),
        "can": ask("round.open", actor, None),
        "today": clock.today(),
    }
    return render(request, "rounds/rounds.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest) -> HttpResponse:
    """Open a round: choose the form, then year, months, due day and the thresholds read otherwise."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    verdict = ask("round.open", actor, None)
    if not verdict:
        if request.method == "POST":
            raise Refused("round.open", verdict)
        return render(request, "rounds/open.html", {"verdict": verdict})
    editions = [one for one in list_editions() if one.subject == "office"]
    data = request.POST if request.method == "POST" else request.GET
    wanted = data.get("edition", "")
    edition = next((one for one in editions if str(one.pk) == wanted), None)
    if edition is None:
        return render(request, "rounds/open.html", {"editions": editions})
    rules = rules_of(edition)
    lines = changeable(rules, language())
    year = str(rules.years[0]) if len(rules.years) == 1 else str(fiscal_year_of(clock.today()))
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        thresholds=lines,
        initial={"fiscal_year": year, "months": 12},
    )
    context = {"editions": editions, "edition": edition, "form": form}
    if request.method != "POST":
        return render(request, "rounds/open.html", context)
    if not form.is_valid():
        return render(request, "rounds/open.html", context, status=422)
    try:
        opened = open_round(
            actor=actor,
            edition=edition,
            fiscal_year=form.cleaned_data["fiscal_year"],
            months=form.cleaned_data["months"],
            due_on=form.cleaned_data["due_on"],
            readings=form.readings,
        )
    except RuleBroken as error:
        form.add_error(error.field if error.field in form.fields else None, told(error))
        return render(request, "rounds/open.html", context, status=422)
    messages.success(request, gettext("The round is open."))
    return redirect("rounds:round", opened.pk)


@login_required
@require_POST
def due(request: HttpRequest, round_id: int) -> HttpResponse:
    """Say by which day the return should be ready."""
    reporting_round = round_or_404(request, round_id)
    form = DueForm(request.POST)
    if not form.is_valid():
        page = round_page(actor_of(request), reporting_round)
        return _round(request, page, due_form=form, status=422)
    set_due_day(actor=actor_of(request), round=reporting_round, **form.cleaned_data)
    messages.success(request, gettext("The due day has been kept."))
    return redirect("rounds:round", round_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take back a round that was opened by mistake; one with work in it stays, and the page says why."""
    reporting_round = round_or_404(request, round_id)
    try:
        withdraw_round(actor=actor_of(request), round=reporting_round)
    except RuleBroken as error:
        messages.error(request, told(error))
        return redirect("rounds:round", round_id)
    messages.success(request, gettext("The round has been taken back."))
    return redirect("rounds:rounds")


@login_required
@require_safe
def show(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """Show a round: the three levels, why, the items, what leads to the next level."""
    reporting_round = round_or_404(request, round_id)
    page = round_page(actor_of(request), reporting_round, only_mine=request.GET.get("mine") == "1")
    if wants_sheet(request):
        return sheet_answer(str(reporting_round), item_columns(), item_rows(page), request=request)
    return _round(request, page)


def _round(
    request: HttpRequest,
    page: RoundPage,
    *,
    sign_form: SignForm | None = None,
    due_form: DueForm | None = None,
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
        "due_form": due_form
        or DueForm(initial={"due_on": page.round.due_on, "version": page.round.version}),
        "people": people_of_office(page.round.office_id),
        "promise_day": promise_day(page.round),
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
        form.add_error("reason" if error.field == "reason" else None, told(error))
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
