"""Which fiscal year a page shows: one rule for every page, and the years to choose from.

The year asked for by `?year=`; else the one that runs, where anything is recorded of it; else the newest of which anything
is recorded; else the one that runs. docs/analysis/fiscal-year.md says why.
"""

from typing import cast

from django.http import HttpRequest

from nithet.domain.overview.years import years_of_records
from nithet.foundation.ui.shapes import YearChoice, YearLink
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.requests import actor_of, year_of

EARLIEST, LATEST = 2490, 2690
"""Fiscal years (พ.ศ.) of which a page may be asked; any other asks for none."""
EVERY = "all"
"""What `?year=` says where a list of every year is asked for."""
NEAR = 5
"""How many years stand in the row; older ones are behind a fold."""
OF_A_YEAR = frozenset(
    {
        "year",
        "page",
        "semester",
        "month",
        "at",
        "member",
        "figure",
        "report",
        "todo",
        "since",
        "until",
    }
)
"""Words of an address that belong to the year they were chosen in, so that another year does not take them along."""


def asked_year(request: HttpRequest) -> int | None:
    """Return the year that the address asks for, where there can be one; None where it asks for none."""
    year = year_of(request)
    return year if year is not None and EARLIEST <= year <= LATEST else None


def asks_every_year(request: HttpRequest) -> bool:
    """Say whether the address asks for a list over all years."""
    return request.GET.get("year") == EVERY


def shown_year(request: HttpRequest) -> int:
    """Return the year that this page shows, and keep it for the tabs of the section."""
    return keep_year(request, asked_year(request) or usual_year(request))


def usual_year(request: HttpRequest) -> int:
    """Return the year that is shown to a reader who asks for none."""
    running, known = fiscal_year(clock.today()), _known(request)
    return running if running in known or not known else max(known)


def keep_year(request: HttpRequest, year: int) -> int:
    """Say of which year a page is, so that the tabs of its section lead to the same; return it."""
    request.shown_year = year  # type: ignore[attr-defined]
    return year


def year_choice(request: HttpRequest, year: int | None, *, every: bool = False) -> YearChoice:
    """Return the years to choose from for `{% year_switch %}`: those with records, the running, the next and the shown one.

    `year` None: the page shows every year. `every` offers that.
    """
    running = fiscal_year(clock.today())
    offered = sorted({*_known(request), running, running + 1, year or running}, reverse=True)
    links = [YearLink(str(one), _address(request, str(one)), one == year) for one in offered]
    near, older = links[:NEAR], links[NEAR:]
    # One older year needs no fold, and the year that is shown never hides in one.
    near += [one for one in older if one.is_current or len(older) == 1]
    older = [one for one in older if one not in near]
    whole = YearLink("", _address(request, EVERY), year is None) if every else None
    return YearChoice(tuple(near), tuple(older), whole)


def _known(request: HttpRequest) -> frozenset[int]:
    """Return the years with records; asked once a request."""
    found = getattr(request, "years_of_records", None)
    if found is None:
        found = years_of_records(actor_of(request))
        request.years_of_records = found  # type: ignore[attr-defined]
    return cast("frozenset[int]", found)


def _address(request: HttpRequest, year: str) -> str:
    query = request.GET.copy()
    for name in OF_A_YEAR & set(query):
        del query[name]
    query["year"] = year
    return f"?{query.urlencode()}"
