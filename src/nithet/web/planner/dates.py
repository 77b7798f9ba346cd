"""Days of visits: which schools wait to be asked, have been asked, agree, ask for another day; and each question."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.supervision.actions.dates import (
    agree_date,
    ask_dates,
    ask_other_date,
    settle_date,
    withdraw_question,
)
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.policy import may_plan, may_read_supervision_plan
from nithet.domain.supervision.queries.dates import (
    has_approved_plan,
    is_provisional,
    link_word,
    list_answers,
    unasked_visits,
)
from nithet.domain.supervision.queries.school_days import days_around
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask as ask_policy
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.ui.words import date_words, number_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.finding import answer_or_404, planner_of
from nithet.web.planner.forms import OnlyVersion, OtherDayForm, SettleForm
from nithet.web.planner.words import say_problem
from nithet.web.shared.addresses import absolute
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

ASKED_AHEAD = timedelta(days=62)
"""How far ahead days are offered to be asked about: this month's visits and the next one's."""


@login_required
@require_safe
def dates(request: HttpRequest) -> HttpResponseBase:
    """List where the days of visits stand; a school sees the questions to itself."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    is_staff = bool(may_read_supervision_plan(actor))
    today = clock.today()
    answers = list_answers(actor).filter(visit__visited_on__gte=today - timedelta(days=31))
    show = request.GET.get("show", "")
    shown = answers.filter(state=show) if show in DateAnswer.State.values else answers
    if wants_sheet(request):
        return _sheet(request, shown)
    plans = bool(may_plan(actor, None))
    waiting = answers.filter(state=DateAnswer.State.WAITING)
    context = {
        "page": paged(request, shown),
        "show": show,
        "shows": [
            (state.value, state.label, answers.filter(state=state).count())
            for state in DateAnswer.State
            if state != DateAnswer.State.WITHDRAWN
        ],
        "unasked": list(unasked_visits(actor, today, today + ASKED_AHEAD)) if plans else [],
        "is_staff": is_staff,
        "may_plan": plans,
        "today": today,
        "is_provisional": plans and not has_approved_plan(actor, today),
        "line_text": _many_text(request, list(waiting)) if plans else "",
    }
    return render(request, "planner/dates.html", context)


def _sheet(request: HttpRequest, rows: Any) -> HttpResponseBase:
    columns = [
        Column(gettext("School"), width=40),
        Column(gettext("Day asked about"), "date"),
        Column(gettext("State"), width=25),
        Column(gettext("Day that suits the school"), "date"),
        Column(gettext("Reason"), width=40),
        Column(gettext("Answered by"), width=30),
    ]
    cells: list[list[Value]] = [
        [
            str(row),
            row.asked_for,
            row.get_state_display(),
            row.wished_for,
            row.reason,
            row.answered_by,
        ]
        for row in rows
    ]
    return sheet_answer(gettext("Days of visits"), columns, cells, request=request)


def link_of(request: HttpRequest, answer: DateAnswer) -> str:
    """Return the address under which a school answers without an account."""
    return absolute(
        request, reverse("planner:date_link", args=[link_word(answer)]), answer.office_id
    )


def line_text(request: HttpRequest, answer: DateAnswer) -> str:
    """Return what is pasted into LINE: the answer's day first, two to four lines, a link."""
    lines = []
    if answer.answer_by:
        lines.append(
            gettext("Please answer by %(day)s") % {"day": date_words(answer.answer_by, "short")}
        )
    kind = answer.visit.get_kind_display()
    lines.append(
        gettext("%(kind)s: %(school)s, %(day)s")
        % {"kind": kind, "school": str(answer), "day": date_words(answer.asked_for, "full")}
    )
    lines.append(
        gettext("Agree to the day or ask for another: %(link)s")
        % {"link": link_of(request, answer)}
    )
    if is_provisional(answer):
        lines.append(
            gettext("The plan is not approved yet; the office tells you if the day changes.")
        )
    return "\n".join(lines)


def _many_text(request: HttpRequest, waiting: list[DateAnswer]) -> str:
    """Return the text for a network's group: a line a school and one address at which each signs in.

    A school's own link opens its answer without a password, so it is never put before the others of a group.
    """
    if not waiting:
        return ""
    where = absolute(request, reverse("planner:dates"), waiting[0].office_id)
    lines = [gettext("Days of visits, please sign in and answer: %(link)s") % {"link": where}]
    lines += [f"{one} {date_words(one.asked_for, 'short')}" for one in waiting[:200]]
    return "\n".join(lines)


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the schools of the chosen visits."""
    actor = planner_of(request)
    chosen = list(row_keys(request.POST.getlist("visit")))
    if "all" in request.POST:
        today = clock.today()
        chosen = [one.pk for one in unasked_visits(actor, today, today + ASKED_AHEAD)]
    asked = ask_dates(actor=actor, visit_ids=chosen)
    if not asked:
        messages.info(request, gettext("No visit was chosen."))
        return redirect("planner:dates")
    schools = len({one.visit.school_id for one in asked})
    said = ngettext(
        "%(n)s school has been asked, about %(visits)s visits.",
        "%(n)s schools have been asked, about %(visits)s visits.",
        schools,
    )
    words = {"n": number_words(schools), "visits": number_words(len(asked))}
    messages.success(request, said % words)
    at_once = [str(one) for one in asked if one.answer_by is None and one.state == "waiting"]
    if at_once:
        telephone = gettext(
            "The visit is so near that no day to answer is set; please telephone: %(names)s"
        )
        messages.warning(request, telephone % {"names": ", ".join(at_once[:10])})
    return redirect("planner:dates")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, date_answer_id: int) -> HttpResponse:
    """Show a question; its school answers here, planners settle what it asked for."""
    found = answer_or_404(request, date_answer_id)
    actor = actor_of(request)
    form = OtherDayForm(request.POST if "other" in request.POST else None)
    if request.method == "POST" and take_answer(request, found, form, actor):
        return redirect("planner:answer", found.pk)
    context = question_context(request, found, form) | {
        "can_answer": ask_policy("date.agree", actor, found),
        "can_settle": ask_policy("date.settle", actor, found),
        "settle_form": SettleForm(initial={"version": found.version, "new_day": found.wished_for}),
        "withdraw_form": OnlyVersion(initial={"version": found.version}),
        "line_text": line_text(request, found) if may_plan(actor, None) else "",
        "wished_closed": _why_closed(actor, found),
    }
    return render(request, "planner/answer.html", context, status=422 if form.errors else 200)


def _why_closed(actor: Actor, found: DateAnswer) -> str:
    """Say why the school is closed on the day that it asks for, "" where it is open or names none."""
    if found.wished_for is None or not may_plan(actor, None):
        return ""
    school = found.visit.school_id
    return days_around(actor, school, found.wished_for).why_closed(school, found.wished_for)


def take_answer(request: HttpRequest, found: DateAnswer, form: OtherDayForm, actor: Any) -> bool:
    """Take a school's answer from a page or from its link; False where the form says what is wrong."""
    if "agree" in request.POST:
        agree_date(actor=actor, answer=found)
        messages.success(request, gettext("Thank you. The office knows that this day suits."))
        return True
    if not form.is_valid():
        can = ask_policy("date.ask_other", actor, found)
        if not can:
            raise Refused("date.ask_other", can)
        return False
    try:
        ask_other_date(
            actor=actor,
            answer=found,
            reason=form.cleaned_data["reason"],
            wished_for=form.cleaned_data["wished_for"],
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    messages.success(request, gettext("Thank you. The office has your wish and will answer."))
    return True


def question_context(request: HttpRequest, found: DateAnswer, form: OtherDayForm) -> dict[str, Any]:
    """Return what the page of a question shows, signed in or by its link."""
    visit = found.visit
    return {
        "answer": found,
        "visit": visit,
        "party": list(visit.visitors.all()),
        "form": form,
        "is_open": visit.state == "planned" and found.state not in {"settled", "withdrawn"},
        "today": clock.today(),
        "is_provisional": is_provisional(found),
    }


@login_required
@require_POST
def settle(request: HttpRequest, date_answer_id: int) -> HttpResponse:
    """Answer the school: another day, or the day stays and why."""
    found = answer_or_404(request, date_answer_id)
    actor = actor_of(request)
    can = ask_policy("date.settle", actor, found)
    if not can:
        raise Refused("date.settle", can)
    form = SettleForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        return redirect("planner:answer", found.pk)
    try:
        settle_date(actor=actor, answer=found, **form.cleaned_data)
    except RuleBroken as error:
        say_problem(request, error)
    else:
        messages.success(request, gettext("The school has been answered."))
    return redirect("planner:answer", found.pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, date_answer_id: int) -> HttpResponse:
    """Stop asking."""
    found = answer_or_404(request, date_answer_id)
    form = OnlyVersion(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    withdraw_question(actor=actor_of(request), answer=found, version=version)
    messages.success(request, gettext("The school is not asked any more."))
    return redirect("planner:dates")
