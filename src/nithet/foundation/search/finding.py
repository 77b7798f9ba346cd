"""Which entries hold the terms, newest first. A substring is a substring: no stems, no words cut ahead."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from nithet.foundation.search.full_text import SHORTEST
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.tenancy.scope import required_office_id

FEW = 2000
"""Up to so many entries found by the index are fetched and sorted; of more, the newest are met soon by walking from the newest."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds the terms."""

    pk: int
    kind: str
    record_id: str
    day: date
    fiscal_year: int | None


def hits(
    terms: Sequence[str],
    *,
    batch: int,
    kinds: Collection[str] | None = None,
    fiscal_year: int | None = None,
    only: Q | None = None,
) -> Iterator[list[Hit]]:
    """Yield the entries of the office in scope that hold every term, newest first, batch by batch.

    `kinds`, `fiscal_year` and `only` narrow them. No term yields nothing.
    """
    if not terms:
        return
    rows = _holding(terms, SearchEntry.objects.all())
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if fiscal_year is not None:
        rows = rows.filter(fiscal_year=fiscal_year)
    if only is not None:
        rows = rows.filter(only)
    rows = rows.order_by("-day", "-id")
    after: Q | None = None
    while True:
        page = rows if after is None else rows.filter(after)
        found = [
            Hit(*row)
            for row in page.values_list("pk", "kind", "record_id", "day", "fiscal_year")[:batch]
        ]
        if found:
            yield found
        if len(found) < batch:
            return
        last = found[-1]
        after = Q(day__lt=last.day) | Q(day=last.day, pk__lt=last.pk)


def _holding(terms: Sequence[str], rows: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    long = [term for term in terms if len(term) >= SHORTEST]
    few = _found_by_index(long) if long else None
    rest = list(terms)
    if few is not None:
        rows = _of_office(few)
        rest = [term for term in terms if len(term) < SHORTEST]
    for n, term in enumerate(rest):
        # Read, not looked up: an index would be asked for more than it can sort in time.
        rows = rows.alias(**{f"place_{n}": StrIndex(F("form"), Value(term))})
        rows = rows.filter(**{f"place_{n}__gt": 0})
    return rows


def _of_office(found: list[int]) -> QuerySet[SearchEntry]:
    """Return those entries that are of the office in scope.

    The plain manager and the sum keep the database from walking the whole index of the office instead of fetching these few.
    """
    rows = SearchEntry._base_manager.filter(pk__in=found)
    office_id = required_office_id()
    if office_id is None:
        return rows
    return rows.alias(of_office=F("office_id") + Value(0)).filter(of_office=office_id)


def _found_by_index(terms: Sequence[str]) -> list[int] | None:
    """Return the entries that hold all terms, of whatever office, by the index; None where they are more than `FEW`."""
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s LIMIT %s"
        params: list[str | int] = [_match(terms), FEW + 1]
    else:
        conditions = " AND ".join(["form LIKE %s"] * len(terms))
        sql = f"SELECT id FROM search_searchentry WHERE {conditions} LIMIT %s"  # noqa: S608  only marks
        params = [*(f"%{_escaped(term)}%" for term in terms), FEW + 1]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= FEW else None


def _match(terms: Sequence[str]) -> str:
    return " ".join('"' + term.replace('"', '""') + '"' for term in terms)


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
