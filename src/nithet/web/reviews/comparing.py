"""Two rounds of the office beside each other."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.reviews.queries.comparing import Comparison, ItemSide, Side, compare, others_of
from nithet.domain.reviews.queries.freezing import level_label
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.ui.shapes import LevelShown
from nithet.web.rounds.pages import trace_words
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.requests import actor_of, round_or_404


@login_required
@require_safe
def compare_rounds(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """Compare a round with another one, by default the nearest in time of the same form."""
    reporting_round = round_or_404(request, round_id)
    others = others_of(actor_of(request), reporting_round)
    asked = request.GET.get("with", "")
    chosen = next((row for row in others if str(row.pk) == asked), None)
    if asked and chosen is None:
        raise Http404
    chosen = chosen or (others[0] if others else None)
    found = compare(reporting_round, chosen) if chosen else None
    if found and wants_sheet(request):
        return _sheet(found)
    context = {
        "round": reporting_round,
        "others": others,
        "chosen": chosen,
        "found": found,
        "sides": [(side, _levels(side), _highest(side)) for side in (found.earlier, found.later)] if found else [],
        "lines": [(one, _words(one.earlier), _words(one.later)) for one in found.items] if found else [],
    }
    return render(request, "reviews/compare.html", context)


def _levels(side: Side) -> tuple[LevelShown, LevelShown | None, LevelShown | None]:
    edition = side.standing.edition
    return (
        LevelShown(side.computed, str(side.standing.report.get("label", ""))),
        LevelShown(side.declared, level_label(edition, side.declared)) if side.has_declared else None,
        LevelShown(side.assessor, level_label(edition, side.assessor)) if side.has_assessor else None,
    )


def _highest(side: Side) -> int:
    levels = side.standing.edition.root.levels
    return max(levels.numbers) if levels else 0


def _words(side: ItemSide | None) -> tuple[str, str] | None:
    return trace_words(side.trace, checkable=side.is_checkable) if side else None


def _sheet(found: Comparison) -> HttpResponseBase:
    columns = [Column(gettext("Item")), Column(gettext("Title"), width=60)]
    for side in (found.earlier, found.later):
        year = f"{side.round.fiscal_year}/{side.round.months}"
        columns += [
            Column(f"{gettext('Tests done')} {year}", "whole"),
            Column(f"{gettext('Trace of evidence')} {year}"),
            Column(f"{gettext('Clear pieces')} {year}", "whole"),
        ]
    rows: Iterator[list[Value]] = ([one.item, one.title, *_cells(one.earlier), *_cells(one.later)] for one in found.items)
    return sheet_answer(gettext("Comparison of two rounds"), columns, rows)


def _cells(side: ItemSide | None) -> list[Value]:
    if side is None:
        return [None, "", None]
    return [side.done, trace_words(side.trace, checkable=side.is_checkable)[0], side.clear]
