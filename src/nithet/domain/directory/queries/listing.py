"""Schools as a list that leaves: what an import takes back as unchanged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School, SchoolCode
from nithet.domain.directory.rules.levels import LEVELS, said_levels
from nithet.domain.directory.rules.list_columns import (
    CENSUS,
    CODES,
    CONNECTIVITY_MEANINGS,
    FIELDS,
    HEAD_MEANINGS,
)
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.documents.sheets import Column, Value

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("code", *CODES), "code"),
    **dict.fromkeys(("latitude", "longitude"), "decimal"),
    "as_at": "date",
    **dict.fromkeys(
        ("pupils", "rooms", "teachers", "teachers_entitled", "teachers_on_major", "janitors"),
        "whole",
    ),
    "office_computers": "whole",
    **{f"level_{code}": "whole" for code in LEVELS},
}


def list_columns() -> list[Column]:
    """Return the columns of the list, headed so that an import knows them."""
    return [Column(field.headings[0], _KINDS.get(field.key, "text")) for field in FIELDS]  # type: ignore[arg-type]


def list_rows(schools: Iterable[School]) -> list[list[Value]]:
    """Return a row for each school that has a code, with its newest figures. Three queries, whatever the rows."""
    kept = [school for school in schools if school.code]
    codes: dict[int, dict[str, str]] = defaultdict(dict)
    for row in SchoolCode.objects.filter(school__in=kept):
        codes[row.school_id][row.kind] = row.code
    censuses = newest_censuses(kept)
    return [_row(school, codes[school.pk], censuses.get(school.pk)) for school in kept]


def newest_censuses(schools: Iterable[School], until: date | None = None) -> dict[int, Census]:
    """Return each school's newest standing figures by school id, in one query; `until` is the last day that counts."""
    rows = standing(Census.objects.filter(school__in=[school.pk for school in schools]))
    rows = rows.filter(as_at__lte=until) if until else rows
    return {row.school_id: row for row in rows.order_by("as_at")}


def newest_census_of(field: str) -> Subquery:
    """Return a subquery: a field of the newest standing figures of the school at hand."""
    rows = standing(Census.objects.filter(school=OuterRef("pk"))).order_by("-as_at")
    return Subquery(rows.values(field)[:1])


def without_code(schools: QuerySet[School]) -> int:
    """Return how many schools have no code and so cannot stand in the list."""
    return sum(not school.code for school in schools)


def _row(school: School, codes: Mapping[str, str], census: Census | None) -> list[Value]:
    said: dict[str, Any] = {
        "code": school.code,
        "smis_code": school.smis_code,
        **{key: codes.get(kind, "") for key, kind in CODES.items() if kind != "smis"},
        "name": school.name,
        "network": school.network.unit.name if school.network else "",
        "levels": said_levels(school.levels),
        "head_status": _word(HEAD_MEANINGS, school.head_status),
        "connectivity": _word(CONNECTIVITY_MEANINGS, school.connectivity),
    }
    if census:
        said |= {name: getattr(census, name) for name in ("as_at", *CENSUS)}
        said |= {f"level_{code}": count for code, count in census.pupils_by_level.items()}
    return [_plain(said[f.key] if f.key in said else getattr(school, f.key, None)) for f in FIELDS]


def _word(words: Mapping[str, str], value: str) -> str:
    return next((word for word, meant in words.items() if meant == value), "")


_SAID: Mapping[bool, str] = {True: "มี", False: "ไม่มี"}


def _plain(value: Any) -> Value:
    return _SAID[value] if isinstance(value, bool) else value
