"""One's own work in the round of assessment: the page, its entries, and the pages that others have opened."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.supervision.actions.own_work import edit_work as edit_own
from nithet.domain.supervision.actions.own_work import enter_work, take_back_work
from nithet.domain.supervision.queries.own_work import (
    hours_of,
    own_work,
    pages_opened_to,
    readers_of_own,
    usual_period,
)
from nithet.domain.supervision.study_policy import may_keep_work
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.kernel.periods import Period
from nithet.kernel.thai_dates import be_year, format_range
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of
from nithet.web.studies.finding import entry_or_404, inner_tabs
from nithet.web.studies.forms import EntryEditForm, EntryForm, PeriodForm, ReasonForm

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def period_of(request: HttpRequest) -> Period:
    """Return the days that the address asks for; the running round of assessment where it asks for none that can be."""
    form = PeriodForm(request.GET)
    if request.GET and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        return Period(start, end, format_range(start, end))
    return usual_period(clock.today())


def query_of(period: Period) -> str:
    """Return a period as the address writes it."""
    return "?" + urlencode({**_parts("start", period.start), **_parts("end", period.end)})


def _parts(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(be_year(day.year)),
    }


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show one's own work."""
    actor = actor_of(request)
    if not may_keep_work(actor):
        raise Http404
    return _page(request, actor.user_id or 0)


@login_required
@require_safe
def work_of(request: HttpRequest, work_owner_id: int) -> HttpResponse:
    """Show the work of somebody who has opened their page to the reader."""
    return _page(request, work_owner_id)


def _page(request: HttpRequest, owner_id: int) -> HttpResponse:
    actor = actor_of(request)
    asked = PeriodForm(request.GET) if "start_day" in request.GET else None
    period = period_of(request)
    found = own_work(actor, owner_id, period)
    if found is None:
        raise Http404
    is_own = owner_id == actor.user_id
    round_now = usual_period(clock.today())
    before = usual_period(date(round_now.start.year, 9, 1))
    context = {
        "work": found,
        "is_own": is_own,
        "query": query_of(period),
        "form": asked
        if asked and not asked.is_valid()
        else PeriodForm(initial={"start": period.start, "end": period.end}),
        "rounds": [
            (one, query_of(one), one.start == period.start and one.end == period.end)
            for one in (round_now, before)
        ],
        "hours": [(one, hours_of(one)) for one in found.visits],
        "readers": readers_of_own(actor) if is_own else [],
        "opened": pages_opened_to(actor) if is_own else [],
        "tabs": inner_tabs(actor, "work"),
    }
    return render(request, "studies/work.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(gettext("My work in the round of assessment"), reverse("studies:work"))]


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Enter something of one's own development."""
    actor = actor_of(request)
    if not may_keep_work(actor):
        raise Http404
    page = EditPage(
        title=gettext("Enter own development"),
        action="work.enter",
        target=None,
        back=reverse("studies:work"),
        crumbs=_crumbs(),
        lead=gettext("Seen by you alone, and by whom you open your page to."),
    )
    form = EntryForm(given(request), initial={"starts_on": clock.today()})
    return answer_form(request, page, form, lambda values: enter_work(actor=actor, **values))


@login_required
@FORMS
def edit(request: HttpRequest, work_entry_id: int) -> HttpResponse:
    """Write an entry."""
    found = entry_or_404(request, work_entry_id)
    initial: dict[str, Any] = {name: getattr(found, name) for name in EntryEditForm.base_fields}
    page = EditPage(
        title=gettext("Own development"),
        action="work.edit",
        target=found,
        back=reverse("studies:work"),
        crumbs=_crumbs(),
        take_back=reverse("studies:take_back_entry", args=[found.pk]),
    )
    return answer_form(
        request,
        page,
        EntryEditForm(given(request), initial=initial),
        lambda values: edit_own(actor=actor_of(request), entry=found, **values),
    )


@login_required
@FORMS
def take_back(request: HttpRequest, work_entry_id: int) -> HttpResponse:
    """Take an entry back."""
    found = entry_or_404(request, work_entry_id)
    page = EditPage(
        title=gettext("Take the entry back"),
        action="work.take_back",
        target=found,
        back=reverse("studies:work"),
        crumbs=_crumbs(),
        lead=gettext("More than a day has passed: say why it is cancelled.")
        if needs_reason(found, clock.now())
        else found.title,
        save_label=gettext("Take it back"),
    )
    return answer_form(
        request,
        page,
        ReasonForm(given(request)),
        lambda values: take_back_work(actor=actor_of(request), entry=found, **values),
    )
