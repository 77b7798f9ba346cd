"""What the address asks of the results, and the choices that the filter offers."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from nithet.domain.instruments.queries.result_scope import BY, Asked
from nithet.foundation.refs.keys import row_key
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import academic_year, fiscal_year

Option = tuple[str, str, bool]
"""Value, words, whether it is chosen."""


def asked_in(request: HttpRequest) -> Asked:
    """Return what the address asks for; what it says oddly counts as not said."""
    given = request.GET
    by = given.get("by", "")
    return replace(
        _of_time(to_arabic(given.get("time", ""))),
        version_id=row_key(given.get("version", "")),
        network_id=row_key(given.get("network", "")),
        school_id=row_key(given.get("school", "")),
        is_mine=given.get("mine") == "1",
        by=by if by in BY else "",
        bands=given.get("bands", "")[:40],
    )


def _of_time(text: str) -> Asked:
    """Read "f2555" (fiscal year), "a2555" (academic year) or "1-2555" (semester)."""
    kind, year = text[:1], text[1:].removeprefix("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return Asked()
    number = int(year)
    if not 2400 <= number <= 2900:
        return Asked()
    if kind == "f":
        return Asked(year=number)
    if kind == "a":
        return Asked(academic_year=number)
    if kind in {"1", "2"}:
        return Asked(academic_year=number, semester=int(kind))
    return Asked()


def time_of(asked: Asked) -> str:
    """Return the time asked for as the address writes it."""
    if asked.semester:
        return f"{asked.semester}-{asked.academic_year}"
    if asked.academic_year:
        return f"a{asked.academic_year}"
    return f"f{asked.year}" if asked.year else ""


def query_of(asked: Asked, **more: str) -> str:
    """Return the address's question mark and what stands behind it, with further values; "" where nothing is asked."""
    values = {
        "time": time_of(asked),
        "version": str(asked.version_id or ""),
        "network": str(asked.network_id or ""),
        "school": str(asked.school_id or ""),
        "mine": "1" if asked.is_mine else "",
        "by": asked.by,
        "bands": asked.bands,
        **more,
    }
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else "?"


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices of the filter above the results."""

    times: list[Option]
    networks: list[Option]
    schools: list[Option]
    versions: list[Option]
    by: list[Option]
    schemes: list[Option]


def times_between(first: date | None, last: date | None, chosen: str) -> list[Option]:
    """Offer the fiscal years, academic years and semesters between two days, the newest first."""
    if first is None or last is None:
        return []
    found: list[tuple[str, str]] = [
        (f"f{year}", gettext("Fiscal year %(year)s") % {"year": year})
        for year in range(fiscal_year(last), fiscal_year(first) - 1, -1)
    ]
    for year in range(academic_year(last), academic_year(first) - 1, -1):
        found.append((f"a{year}", gettext("Academic year %(year)s") % {"year": year}))
        found += [
            (
                f"{number}-{year}",
                gettext("Semester %(number)s/%(year)s") % {"number": number, "year": year},
            )
            for number in (2, 1)
        ]
    return [(value, words, value == chosen) for value, words in found]
