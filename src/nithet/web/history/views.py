"""Who did what and when."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.foundation.actions.reading_history import (
    may_read_history,
    readable_history,
    record_history,
    record_seen,
)
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import between, kinds_of, people_of
from nithet.foundation.refs.registry import RecordRef
from nithet.web.history.forms import OTHER, HistoryFilter
from nithet.web.history.pages import (
    columns,
    kind_choices,
    labelled_kinds,
    lines_of,
    sheet_rows,
)
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of

MOST_ROWS = 50_000
"""Events that go into one sheet, the newest; a longer history is narrowed by its days."""


@login_required
@require_safe
def office_history(request: HttpRequest) -> HttpResponseBase:
    """Show the history of the office, narrowed by the address."""
    actor = actor_of(request)
    if actor.office_id is None or not may_read_history(actor):
        raise Http404
    form = HistoryFilter(
        request.GET or None,
        people=people_of(actor.office_id),
        kinds=kind_choices(kinds_of(actor.office_id)),
    )
    events = _narrowed(readable_history(actor), form)
    if wants_sheet(request):
        return _sheet(request, gettext("History of use"), events)
    page = paged(request, events)
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(actor, list(page)),
        "sheet": _sheet_address(request),
    }
    return render(request, "history/history.html", context)


def _narrowed(events: QuerySet[AuditEvent], form: HistoryFilter) -> QuerySet[AuditEvent]:
    if not form.is_bound:
        return events
    if not form.is_valid():
        return events.none() if form.errors else events
    asked = form.cleaned_data
    if asked["person"] is not None:
        events = events.filter(actor_user_id=asked["person"])
    if asked["kind"] == OTHER:
        events = events.exclude(target_kind__in=labelled_kinds())
    elif asked["kind"]:
        events = events.filter(target_kind=asked["kind"])
    return between(events, asked["first"], asked["last"])


@login_required
@require_safe
def one_record(request: HttpRequest, history_kind: str, history_id: int) -> HttpResponseBase:
    """Show the history of one record to the staff who may see it."""
    actor = actor_of(request)
    ref = RecordRef(history_kind, str(history_id))
    if (about := record_seen(actor, ref)) is None:
        raise Http404
    events = record_history(actor, ref)
    if wants_sheet(request):
        return _sheet(request, gettext("History of use"), events)
    page = paged(request, events)
    context = {
        "about": about,
        "page": page,
        "lines": lines_of(actor, list(page)),
        "sheet": _sheet_address(request),
    }
    return render(request, "history/record.html", context)


def _sheet(request: HttpRequest, name: str, events: QuerySet[AuditEvent]) -> HttpResponseBase:
    return sheet_answer(name, columns(), sheet_rows(events[:MOST_ROWS]), request=request)


def _sheet_address(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["as"] = "xlsx"
    return f"?{query.urlencode()}"
