"""Pages of visits (การนิเทศและการตรวจเยี่ยม). Lists are paged, filtered by their address, and cost a fixed number of queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.coverage import (
    PartOfYear,
    committee_coverage,
    visits_by_semester,
)
from nithet.domain.supervision.queries.pages import (
    QUESTIONS,
    answered_by_school,
    not_closed,
    opinions_of,
    to_be_signed,
    to_write,
)
from nithet.domain.supervision.queries.visits import list_visits
from nithet.domain.supervision.queries.weeks import own_week
from nithet.domain.supervision.rules.questions import LEAST_OPINIONS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import RECORD_WRITERS
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel import clock
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import (
    EVERY,
    asked_year,
    asks_every_year,
    shown_year,
    year_choice,
)
from nithet.web.visits.finding import visit_crumbs
from nithet.web.visits.forms import OpinionForm


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponseBase:
    """List visits with what is known of each semester, and what is not recorded."""
    actor, kind = actor_of(request), request.GET.get("kind", "")
    chosen = kind if kind in Visit.Kind.values else None
    year, listed = shown_year(request), listed_year(request)
    rows = list_visits(actor, listed, kind=chosen)
    rows, chosen_state, is_mine = _narrowed(request, rows)
    if wants_sheet(request):
        return _sheet(request, rows)
    page = paged(request, rows)
    context = {
        "page": page,
        "kind": kind,
        "kinds": Visit.Kind.choices,
        "state": chosen_state,
        "states": Visit.State.choices,
        "mine": is_mine,
        "week": own_week(actor, clock.today()) if actor.is_of_staff else None,
        "today": clock.today(),
        "may_record": actor.holds(*RECORD_WRITERS),
        "may_invite": actor.holds(*RECORD_WRITERS),
        "sort": request.GET.get("sort", "day"),
        "year": year,
        "years": year_choice(request, listed, every=True),
        "listed": listed or EVERY,
        "parts": _part_addresses(request, year, chosen, visits_by_semester(actor, year, chosen)),
        "since": day_asked(request, "since"),
        "until": day_asked(request, "until"),
        "is_unnamed": request.GET.get("who") == "none",
        "coverage": committee_coverage(actor, year) if actor.is_of_office else [],
        "policies": list(list_policies(actor, year)) if actor.is_of_office else [],
    }
    return render(request, "visits/visits.html", context)


def listed_year(request: HttpRequest) -> int | None:
    """Return the year of the rows; None for every year: asked for, or for what waits for the reader, which is of any year."""
    waits = request.GET.get("todo", "") in TO_DO and asked_year(request) is None
    return None if waits or asks_every_year(request) else shown_year(request)


def day_asked(request: HttpRequest, name: str) -> date | None:
    """Return a day of the address (2012-06-01); None where there is none that can be read."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _part_addresses(
    request: HttpRequest, year: int, kind: str | None, parts: Sequence[PartOfYear]
) -> list[tuple[PartOfYear, str]]:
    """Give each semester the address of exactly the visits that it counts."""
    found = []
    for one in parts:
        days = one.part.period
        words = {
            "year": year,
            "kind": kind,
            "state": Visit.State.DONE,
            "since": days.start,
            "until": days.end,
        }
        query = urlencode({name: str(value) for name, value in words.items() if value})
        found.append((one, f"{request.path}?{query}"))
    return found


def _past_their_day(actor: Actor) -> "QuerySet[Visit]":
    return to_write(actor, clock.today())


TO_DO = {
    "write": _past_their_day,
    "close": not_closed,
    "answers": answered_by_school,
    "sign": to_be_signed,
}
"""What the tasks of a home lead to: the visits that they count, of whatever year."""
SORTS = {"day": "visited_on", "school": "school__unit__name_key", "kind": "kind", "state": "state"}


def _narrowed(request: HttpRequest, rows: "QuerySet[Visit]") -> "tuple[QuerySet[Visit], str, bool]":
    """Keep the rows of a state, the reader's own, and those of a school by its name, in the order asked for."""
    actor, state = actor_of(request), request.GET.get("state", "")
    if state in Visit.State.values:
        rows = rows.filter(state=state)
    if request.GET.get("who") == "none":
        rows = rows.filter(state=Visit.State.DONE, visitors__isnull=True)
    for name, lookup in (("since", "visited_on__gte"), ("until", "visited_on__lte")):
        if (day := day_asked(request, name)) is not None:
            rows = rows.filter(**{lookup: day})
    if waits := TO_DO.get(request.GET.get("todo", "")):
        rows = rows.filter(pk__in=waits(actor).values("pk"))
    is_mine = request.GET.get("mine") == "1" and actor.user_id is not None
    if is_mine:
        went = Visit.objects.filter(visitors__user_id=actor.user_id).values("pk")
        rows = rows.filter(pk__in=went)
    if words := request.GET.get("q", "").strip()[:80]:
        rows = rows.filter(school__unit__name__icontains=words)
    return sorted_by(request, rows, SORTS, "day"), state, is_mine


@login_required
@require_safe
def opinions(request: HttpRequest) -> HttpResponse:
    """Show what schools say of the help, as n of N over a year, all visitors together."""
    actor = actor_of(request)
    if not actor.is_of_staff:
        raise Http404
    year = shown_year(request)
    found = opinions_of(actor, year)
    labels = {name: OpinionForm.base_fields[name].label for name in QUESTIONS}
    rows = [(labels[name], found.counts[name]) for name in QUESTIONS if name in found.counts]
    context = {
        "found": found,
        "rows": rows,
        "least": LEAST_OPINIONS,
        "year": year,
        "years": year_choice(request, year),
        "crumbs": visit_crumbs(year=year),
    }
    return render(request, "visits/opinions.html", context)


def _sheet(request: HttpRequest, rows: Iterable[Visit]) -> HttpResponseBase:
    columns = [
        Column(gettext("School"), width=40),
        Column(gettext("Date"), "date"),
        Column(gettext("Kind"), width=30),
        Column(gettext("State")),
        Column(gettext("Who went"), width=40),
        Column(gettext("Project"), width=40),
    ]
    cells: Iterable[list[Value]] = (
        [
            str(row.school),
            row.visited_on,
            row.get_kind_display(),
            row.get_state_display(),
            ", ".join(one.title for one in row.visitors.all()),
            row.project.title if row.project else "",
        ]
        for row in rows
    )
    return sheet_answer(gettext("Visits to schools"), columns, cells, request=request)
