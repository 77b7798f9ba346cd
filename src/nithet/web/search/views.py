"""The page of results."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.foundation.documents.sheets import Column
from nithet.foundation.search.queries import MOST, Answer, Result, results, search
from nithet.foundation.search.registry import search_kinds
from nithet.foundation.search.wording import LONGEST
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, year_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow the results: its words, address, and how many there are (None: not counted)."""

    label: str | Promise
    href: str
    is_current: bool
    count: int | None = None


@login_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponseBase:
    """Show what holds the words typed and what the reader may see."""
    actor = actor_of(request)
    typed = request.GET.get("q", "")[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in search_kinds() else ""
    year = year_of(request)
    if actor.office_id is None or not typed.strip():
        return render(request, "search/search.html", {"searched": typed, "asked": False})
    everything = search(actor, typed)
    answer = search(actor, typed, kind=kind, fiscal_year=year) if kind or year else everything
    if wants_sheet(request):
        return _sheet(request, results(list(answer.found), answer.terms))
    page = paged(request, answer.found)
    context = {
        "searched": typed,
        "asked": True,
        "answer": answer,
        "most": MOST,
        "page": page,
        "results": results(list(page), answer.terms),
        "kinds": _kinds(typed, kind, year, everything),
        "years": _years(typed, kind, year, everything),
    }
    return render(request, "search/search.html", context)


def _sheet(request: HttpRequest, lines: Sequence[Result]) -> HttpResponseBase:
    columns = (
        Column(gettext("Kind of record"), width=24),
        Column(gettext("Title"), width=60),
        Column(gettext("Day"), "date"),
        Column(gettext("Fiscal year"), "whole"),
        Column(gettext("Where the words stand"), width=80),
    )
    cells = (
        (
            str(line.label),
            "".join(part.text for part in line.title),
            line.day,
            line.fiscal_year,
            " … ".join("".join(part.text for part in snippet) for snippet in line.snippets),
        )
        for line in lines
    )
    return sheet_answer(gettext("Results of a search"), columns, cells, request=request)


def _kinds(typed: str, kind: str, year: int | None, everything: Answer) -> list[Choice]:
    if not (found := everything.kinds()):
        return []
    return [
        Choice(label, _address(typed, name, year), name == kind, count)
        for name, label, count in found
    ]


def _years(typed: str, kind: str, year: int | None, everything: Answer) -> list[Choice]:
    years = everything.years()
    if len(years) < 2 and year is None:
        return []
    return [Choice(str(one), _address(typed, kind, one), one == year) for one in years]


def _address(typed: str, kind: str, year: int | None) -> str:
    asked = {"q": typed, "kind": kind, "year": year or ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
