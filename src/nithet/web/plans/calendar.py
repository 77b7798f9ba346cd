"""The calendar: a month as a grid, the year as a timeline, and the days that the office enters."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.plans.actions.calendar import add_day, copy_days, edit_day
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.policy import visible_days
from nithet.domain.plans.queries.plans import plan_of
from nithet.domain.plans.queries.standing import plan_of_year
from nithet.domain.plans.rules.calendar import Entry, is_long, months_of, public_holidays, weeks_of
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.ui.shapes import Crumb
from nithet.foundation.ui.words import month_names, number_words, reads_thai
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.periods import month_end
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.thai_dates import MONTH_ABBREVIATIONS, WEEKDAYS, be_year
from nithet.web.plans.bars import bars_of
from nithet.web.plans.editing import Page, answer, given
from nithet.web.plans.entries import entries_between, may_read_calendar
from nithet.web.plans.finding import plan_or_404, plan_tabs
from nithet.web.plans.forms import DayEditForm, DayForm
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.requests import actor_of, year_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def month_of(request: HttpRequest) -> date:
    """Return the first day of the month in the address (`?month=2012-06`), else of today, in the year that is asked for."""
    text = to_arabic(request.GET.get("month", ""))
    year, _, number = text.partition("-")
    asks = len(text) <= len("2012-06") and year.isdecimal() and number.isdecimal()
    if asks and 1900 < int(year) < 2200 and 1 <= int(number) <= 12:
        return date(int(year), int(number), 1)
    today = clock.today()
    asked = year_of(request)
    if asked is not None and asked != fiscal_year(today) and 2443 < asked < 2743:
        return months_of(asked)[0]
    return today.replace(day=1)


@login_required
@require_safe
def month(request: HttpRequest) -> HttpResponseBase:
    """Show a month: activities, examinations, meetings, visits of other bodies, holidays."""
    actor, first = actor_of(request), month_of(request)
    if actor.office_id is None:
        raise Http404
    if not may_read_calendar(actor):
        return render(request, "plans/no_calendar.html")
    year = fiscal_year(first)
    months = months_of(year)
    if wants_sheet(request):
        return _sheet(request, year)
    last = month_end(first.year, first.month)
    shown = entries_between(actor, date.fromordinal(first.toordinal() - 7), date.fromordinal(last.toordinal() + 7))
    plan = plan_of(year)
    context = {
        "month_title": month_words(first),
        "key_now": f"{first:%Y-%m}",
        "weekdays": _weekdays(),
        "year": year,
        "weeks": weeks_of(first, shown),
        "inside": [one for one in shown if one.starts_on <= last and one.ends_on >= first],
        "long": [one for one in shown if is_long(one) and one.starts_on <= last and one.ends_on >= first],
        "months": [(f"{one:%Y-%m}", month_words(one, short=True), one == first) for one in months],
        "before": f"{date.fromordinal(first.toordinal() - 1):%Y-%m}",
        "after": f"{date.fromordinal(last.toordinal() + 1):%Y-%m}",
        "today": clock.today(),
        "tabs": plan_tabs(plan, "calendar") if plan else [],
        "plan": plan,
        "unconfirmed": visible_days(actor).filter(is_confirmed=False, taken_back_at__isnull=True).count(),
        "can": ask("calendar.add_day", actor, None),
    }
    return render(request, "plans/calendar.html", context)


def month_words(first: date, *, short: bool = False) -> str:
    """Say a month with its พ.ศ. year."""
    names = MONTH_ABBREVIATIONS if short and reads_thai() else month_names()
    name = names[first.month - 1]
    return f"{name if not short or reads_thai() else name[:3]} {number_words(be_year(first.year))}"


def _weekdays() -> list[str]:
    return list(WEEKDAYS) if reads_thai() else [str(DAY_NAMES[number]) for number in range(7)]


def _sheet(request: HttpRequest, year: int) -> HttpResponseBase:
    months = months_of(year)
    rows = entries_between(actor_of(request), months[0], month_end(months[-1].year, months[-1].month))
    columns = [
        Column(gettext("From"), "date"),
        Column(gettext("Until"), "date"),
        Column(gettext("What it is")),
        Column(gettext("Title"), width=60),
    ]
    cells: Iterable[list[Value]] = ([one.starts_on, one.ends_on, kind_words(one), one.title] for one in rows)
    title = gettext("Calendar of fiscal year %(year)s") % {"year": year}
    return sheet_answer(title, columns, cells, request=request)


def kind_words(entry: Entry) -> str:
    """Say what an entry of the calendar is."""
    if entry.kind == "activity":
        return gettext("Activity")
    return str(CalendarDay.Kind(entry.kind).label)


@login_required
@require_safe
def timeline(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the twelve months of a plan as bars, with examinations and holidays behind them."""
    actor, plan = actor_of(request), plan_or_404(request, plan_id)
    months = months_of(plan.fiscal_year)
    last = month_end(months[-1].year, months[-1].month)
    days = [one for one in entries_between(actor, months[0], last) if one.kind != "activity"]
    shown = plan_of_year(actor, plan)
    context = {
        "plan": plan,
        "bars": bars_of(shown, days),
        "days": [one for one in days if one.kind != "holiday"],
        "holidays": len(public_holidays(plan.fiscal_year)),
        "tabs": plan_tabs(plan, "timeline"),
    }
    return render(request, "plans/timeline.html", context)


def _crumbs(day: date | None = None) -> list[Crumb]:
    return [Crumb(gettext("Calendar"), _back(day) if day else reverse("plans:calendar"))]


def _back(day: date) -> str:
    return reverse("plans:calendar") + f"?month={day:%Y-%m}"


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Enter a day."""
    if actor_of(request).office_id is None:
        raise Http404
    form = DayForm(given(request), initial={"kind": "meeting"})
    back = reverse("plans:calendar")
    if form.is_bound and form.is_valid():
        back = _back(form.cleaned_data["starts_on"])
    page = Page(
        title=gettext("Enter a day in the calendar"),
        action="calendar.add_day",
        target=None,
        back=back,
        crumbs=_crumbs(),
    )
    return answer(
        request, page, form, lambda values: add_day(actor=actor_of(request), **values)
    )


@login_required
@FORMS
def edit(request: HttpRequest, calendar_day_id: int) -> HttpResponse:
    """Change a day; saving it says that its dates are right."""
    found = visible_days(actor_of(request)).filter(pk=calendar_day_id).first()
    if found is None:
        raise Http404
    names = ("kind", "title", "starts_on", "ends_on", "source", "version")
    form = DayEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = Page(
        title=gettext("Edit the day in the calendar"),
        action="calendar.edit_day",
        target=found,
        back=_back(found.starts_on),
        crumbs=_crumbs(found.starts_on),
        lead="" if found.is_confirmed else gettext("Copied from last year: look at the dates and save."),
        take_back=reverse("plans:take_back", args=["day", found.pk]),
    )

    def save(values: dict[str, Any]) -> object:
        return edit_day(actor=actor_of(request), day=found, **values)

    return answer(request, page, form, save)


@login_required
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Copy the office's own days of the year before."""
    year = year_of(request) or fiscal_year(clock.today())
    copy_days(actor=actor_of(request), to_year=year)
    messages.success(
        request, gettext("Last year's days have been copied. Look at each date and save it.")
    )
    return redirect(_back(months_of(year)[0]))
