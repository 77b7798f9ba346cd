"""What was agreed with schools on visits, over all schools."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.queries.agreements import list_agreements, with_visits
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel import clock
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs

SORTS = {"due": "due_on", "state": "state"}


@login_required
@require_safe
def agreements(request: HttpRequest) -> HttpResponseBase:
    """List what was agreed and what became of it; open ones first, `?state=all` shows every one."""
    actor, today = actor_of(request), clock.today()
    is_mine, is_late = request.GET.get("mine") == "1", request.GET.get("late") == "1"
    rows = list_agreements(actor, mine=is_mine)
    shows_all = request.GET.get("state") == "all"
    if not shows_all:
        rows = rows.filter(state=Commitment.State.OPEN)
    if is_late:
        rows = rows.filter(state=Commitment.State.OPEN, due_on__lt=today)
    rows = sorted_by(request, rows, SORTS, "due")
    if wants_sheet(request):
        columns = [
            Column(gettext("School"), width=40),
            Column(gettext("What was agreed"), width=60),
            Column(gettext("Who does it"), width=30),
            Column(gettext("By"), "date"),
            Column(gettext("State")),
            Column(gettext("Date of the visit"), "date"),
        ]
        cells: Iterable[list[Value]] = (
            [
                str(one.visit),
                one.commitment.text,
                one.commitment.owner_title,
                one.commitment.due_on,
                one.commitment.get_state_display(),
                one.visit.visited_on,
            ]
            for one in with_visits(actor, list(rows))
        )
        return sheet_answer(gettext("Agreements with schools"), columns, cells, request=request)
    page = paged(request, rows)
    context = {
        "page": page,
        "rows": with_visits(actor, list(page.object_list)),
        "mine": is_mine,
        "late": is_late,
        "shows_all": shows_all,
        "today": today,
        "crumbs": visit_crumbs(),
        "is_of_staff": actor.is_of_staff,
    }
    return render(request, "visits/agreements.html", context)
