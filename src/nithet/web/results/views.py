"""Pages of what instruments found: the list, one instrument with its tables and bars, the records behind a figure."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.directory.models.schools import Network
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import may_read_results
from nithet.domain.instruments.queries.result_forms import (
    find_instrument,
    instruments_with_results,
    versions_of,
)
from nithet.domain.instruments.queries.result_rows import (
    UNANSWERED,
    UNSEEN,
    ResultRow,
    behind,
    rows_behind,
)
from nithet.domain.instruments.queries.result_scope import Asked, countable
from nithet.domain.instruments.queries.results import Results, results_of
from nithet.domain.instruments.rules.bands import schemes, schemes_for
from nithet.domain.instruments.rules.items import Shape
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.web.results.asking import Filter, asked_in, query_of, time_of, times_between
from nithet.web.results.sheets import results_sheet
from nithet.web.results.showing import parts_of, ratings_of, shown_lines
from nithet.web.shared.downloads import wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import asks_every_year, shown_year, year_choice


@login_required
@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """List the instruments of which the reader sees results, with the records of the year shown."""
    actor = actor_of(request)
    year = None if asks_every_year(request) or not actor.is_of_staff else shown_year(request)
    found = instruments_with_results(actor, year)
    # What was filled in stands first; forms that nobody filled in that year are still there to be found.
    found.sort(key=lambda one: one[1] == 0)
    context = {
        "page": paged(request, found),
        "year": year,
        "years": year_choice(request, year, every=True) if actor.is_of_staff else None,
        "query": query_of(Asked(year=year)),
    }
    return render(request, "results/instruments.html", context)


@login_required
@require_safe
def instrument(request: HttpRequest, result_form_id: int) -> HttpResponseBase:
    """Show what one instrument found, by what the address asks; `?as=xlsx` or `?as=csv` as a file."""
    actor = actor_of(request)
    found = _instrument_or_404(actor, result_form_id)
    asked = asked_in(request)
    results = results_of(actor, found, asked)
    if wants_sheet(request):
        return results_sheet(request, results)
    shown = shown_lines(results)
    chosen = request.GET.get("item", "")
    ratings = ratings_of(shown)
    parts = parts_of(results, chosen, _nameless(asked.by))
    context = {
        "instrument": found,
        "results": results,
        "asked": asked,
        "ratings": [] if results.is_hidden else ratings,
        "choices": [one for one in shown if one.line.item.shape == Shape.CHOICE],
        "numbers": [one for one in shown if one.line.item.shape == Shape.NUMBER],
        "open": [one for one in shown if one.line.item.shape == Shape.OPEN],
        "parts": parts,
        "hidden_parts": [one for one in parts if one.part.is_hidden],
        "item": next((one for one in shown if one.line.item.key == chosen), None),
        "rated": [one for one in shown if one.line.item.shape == Shape.RATING],
        "filter": _filter(actor, found, asked, results),
        "reads_all": bool(may_read_results(actor)),
        "by_query": query_of(asked, by=""),
        "crumbs": [Crumb(gettext("Results of forms"), reverse("results:instruments"))],
    }
    return render(request, "results/instrument.html", context)


def _nameless(by: str) -> str:
    return gettext("in no network") if by == "network" else gettext("school not stated")


def _filter(actor: Actor, found: Instrument, asked: Asked, results: Results) -> Filter:
    versions = [
        (str(one.pk), one.version, one.pk == asked.version_id) for one in versions_of(found)
    ]
    first, last = _days(actor, found)
    levels = {one.item.levels for one in results.lines if one.item.levels}
    offered = [one for one in schemes() if one.levels in levels]
    of_several = any(len(schemes_for(one)) > 1 for one in levels)
    by = {
        "network": gettext("By network"),
        "school": gettext("By school"),
        "year": gettext("By fiscal year"),
    }
    filters = Filter(
        times=times_between(first, last, time_of(asked)),
        networks=[],
        schools=[],
        versions=versions if len(versions) > 1 else [],
        by=[(key, words, key == asked.by) for key, words in by.items()],
        schemes=[(one.code, one.source, one.code == asked.bands) for one in offered]
        if of_several
        else [],
    )
    if may_read_results(actor):
        networks = Network.objects.filter(office_id=actor.office_id).select_related("unit")
        filters.networks.extend(
            (str(one.pk), str(one), one.pk == asked.network_id)
            for one in networks.order_by("unit__name_key")
        )
        filters.schools.extend(
            (str(one.pk), str(one), one.pk == asked.school_id)
            for one in list_schools(actor).select_related("unit").order_by("unit__name_key")
        )
    return filters


def _days(actor: Actor, found: Instrument) -> tuple[date | None, date | None]:
    ends = (
        countable(actor)
        .filter(version__instrument=found)
        .aggregate(first=Min("ended_at"), last=Max("received_at"), least=Min("received_at"))
    )
    first, last = ends["first"] or ends["least"], ends["last"]
    if first is None or last is None:
        return None, None
    # A device whose clock stands at its first day must not offer fifty years.
    day = max(clock.day_of(min(first, last)), date(clock.day_of(last).year - 10, 1, 1))
    return day, clock.day_of(last)


@login_required
@require_safe
def rows(request: HttpRequest, result_form_id: int, item_key: str) -> HttpResponse:
    """List the records behind a figure: those that gave an answer, left it open, or wrote words."""
    actor = actor_of(request)
    found = _instrument_or_404(actor, result_form_id)
    asked = asked_in(request)
    value = request.GET.get("value", "")
    opened = behind(actor, found, asked, item_key, value)
    if opened is None:
        raise Http404
    page = paged(request, opened.entries)
    lines = rows_behind(actor, found, asked, opened.item, list(page))
    links = _links(actor, lines)
    context = {
        "instrument": found,
        "item": opened.item,
        "value": _value_words(value, {one.value: one.label for one in opened.item.choices}),
        "is_hidden": opened.is_hidden,
        "page": page,
        "lines": [(one, _address(actor, one, links)) for one in lines if one.submission],
        "count": opened.count,
        "answers": [one for one in lines if one.submission is None],
        "is_open": opened.item.shape == Shape.OPEN,
        "has_names": any(one.names for one in lines),
        "crumbs": [
            Crumb(gettext("Results of forms"), reverse("results:instruments")),
            Crumb(
                str(found),
                reverse("results:instrument", args=[found.pk]) + query_of(asked),
            ),
        ],
    }
    return render(request, "results/rows.html", context)


def _value_words(value: str, words: dict[str, str]) -> str:
    if value == UNANSWERED:
        return gettext("left open")
    if value == UNSEEN:
        return gettext("nothing to judge")
    return words.get(value, value)


def _links(actor: Actor, lines: list[ResultRow]) -> dict[str, str]:
    """Return the address of the record that each form was filled in for, where the reader may open it."""
    refs = [
        RecordRef(kind, key)
        for one in lines
        if one.submission is not None
        for kind, _, key in [one.submission.about.partition(":")]
        if key and kind in kinds()
    ]
    return {str(ref): found.url for ref, found in resolve(actor, refs).items() if found.url}


def _address(actor: Actor, line: ResultRow, links: dict[str, str]) -> str:
    if line.submission is None:
        return ""
    return links.get(line.submission.about) or _submission_address(actor, line.submission)


def _submission_address(actor: Actor, submission: Submission) -> str:
    """The form itself is read by the office's people; a school reads the visit that came of it."""
    if not may_read_results(actor):
        return ""
    try:
        return reverse("devices:submission", args=[submission.pk])
    except NoReverseMatch:
        return ""


def _instrument_or_404(actor: Actor, result_form_id: int) -> Instrument:
    if (found := find_instrument(actor, result_form_id)) is None:
        raise Http404
    return found
