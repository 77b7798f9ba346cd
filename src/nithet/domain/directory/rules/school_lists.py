"""What a list of schools says, row by row, before anything is asked of the records: pure reading, every fault named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nithet.domain.directory.rules.levels import LEVELS
from nithet.domain.directory.rules.list_columns import (
    CENSUS,
    CODES,
    FACTS,
    FIELD_OF,
    field_of,
    kind_of_code,
)
from nithet.foundation.documents.tables import Row, Table
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a list: the row of the spreadsheet, the heading of the column, and why."""

    row: int
    column: str
    problem: RuleBroken


@dataclass(frozen=True, slots=True)
class SchoolEntry:
    """What one row says. What a row leaves empty is not in `facts` and `census`: it changes nothing.

    `codes` maps a kind to a code; `columns` maps a field to the heading under which it stood.
    """

    row: int
    name: str
    codes: Mapping[str, str]
    network: str
    facts: Mapping[str, Any]
    census: Mapping[str, Any]
    as_at: date | None


@dataclass(frozen=True, slots=True)
class SchoolListReading:
    """A list as it was read: `columns` maps fields to headings, `unmapped` are the headings that no field took."""

    rows: int
    entries: list[SchoolEntry]
    faults: list[Fault]
    columns: Mapping[str, str]
    unmapped: list[str]


@dataclass(slots=True)
class _Place:
    """Where in the list we are, and the faults found so far."""

    columns: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, key: str, problem: RuleBroken) -> None:
        self.faults.append(Fault(row, self.columns.get(key) or FIELD_OF[key].headings[0], problem))


def guessed_matches(
    headers: Iterable[str], remembered: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what each heading most likely means ("" for nothing): as remembered, else by its words; no field twice."""
    known = remembered or {}
    matches: dict[str, str] = {}
    for header in headers:
        if not header:
            continue
        key = known[header] if header in known else field_of(header) or ""
        matches[header] = key if key in FIELD_OF and key not in matches.values() else ""
    return matches


def read_schools(table: Table, matches: Mapping[str, str]) -> SchoolListReading:
    """Read every row of a list by the meaning of its columns; faults do not stop the reading."""
    place_of: dict[str, int] = {}
    columns: dict[str, str] = {}
    for at, header in enumerate(table.headers):
        key = matches.get(header, "")
        if key in FIELD_OF and key not in place_of:
            place_of[key], columns[key] = at, header
    taken = set(columns.values())
    unmapped = list(dict.fromkeys(h for h in table.headers if h and h not in taken))
    place = _Place(columns)
    _check_columns(table, place)
    entries = []
    if not place.faults:
        entries = [entry for row in table.rows if (entry := _entry(row, place_of, place))]
        _check_doubles(entries, place)
    place.faults.sort(key=lambda fault: fault.row)
    return SchoolListReading(len(table.rows), entries, place.faults, columns, unmapped)


def _check_columns(table: Table, place: _Place) -> None:
    missing = RuleBroken("list.column_missing", "The list has no such column, and it is needed.")
    if not {"code", "smis_code", "moe_code"} & set(place.columns):
        place.fault(table.header_row, "code", missing)
    if "name" not in place.columns:
        place.fault(table.header_row, "name", missing)


def _entry(row: Row, place_of: Mapping[str, int], place: _Place) -> SchoolEntry | None:
    before = len(place.faults)
    values: dict[str, Any] = {}
    for key, at in place_of.items():
        try:
            value = FIELD_OF[key].read(row.cells[at])
        except RuleBroken as problem:
            place.fault(row.number, key, problem)
            continue
        if value is not None:
            values[key] = value
    faulty = {fault.column for fault in place.faults[before:]}
    codes = _codes(row.number, values, place)
    needed = RuleBroken("list.cell_missing", "This cell is empty, and it is needed.")
    if not set(codes) - {"onesqa"} and not _headings(("code", *CODES), place) & faulty:
        place.fault(row.number, _first(("code", "smis_code", "moe_code"), place), needed)
    if "name" not in values and not _headings(("name",), place) & faulty:
        place.fault(row.number, "name", needed)
    census = _census(row.number, values, place)
    if len(place.faults) > before:
        return None
    return SchoolEntry(
        row=row.number,
        name=values["name"],
        codes=codes,
        network=values.get("network", ""),
        facts={key: values[key] for key in FACTS if key in values},
        census=census,
        as_at=values.get("as_at"),
    )


def _headings(keys: Iterable[str], place: _Place) -> set[str]:
    return {place.columns[key] for key in keys if key in place.columns}


def _first(keys: Iterable[str], place: _Place) -> str:
    return next((key for key in keys if key in place.columns), "code")


def _codes(number: int, values: Mapping[str, Any], place: _Place) -> dict[str, str]:
    codes = {kind: values[key] for key, kind in CODES.items() if key in values}
    if plain := values.get("code"):
        kind = kind_of_code(plain)
        if codes.setdefault(kind, plain) != plain:
            problem = RuleBroken(
                "list.two_codes", "Two codes of one kind stand in this row and differ."
            )
            place.fault(number, "code", problem)
    return codes


def _census(number: int, values: Mapping[str, Any], place: _Place) -> dict[str, Any]:
    census = {key: values[key] for key in CENSUS if key in values}
    by_level = {code: values[f"level_{code}"] for code in LEVELS if f"level_{code}" in values}
    if by_level:
        total = census.setdefault("pupils", sum(by_level.values()))
        if total != sum(by_level.values()):
            problem = RuleBroken(
                "list.pupils_differ",
                "The whole is %(whole)s, but the classes add up to %(sum)s.",
                whole=total,
                sum=sum(by_level.values()),
            )
            place.fault(
                number,
                "pupils" if "pupils" in place.columns else next(iter(place.columns)),
                problem,
            )
        census["pupils_by_level"] = {code: count for code, count in by_level.items() if count}
    return census


def _check_doubles(entries: Iterable[SchoolEntry], place: _Place) -> None:
    """A code stands once in a list: the second row with it is at fault, and names the first."""
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        for kind, code in entry.codes.items():
            if (kept := first.setdefault((kind, code), entry.row)) != entry.row:
                key = next(
                    (k for k, v in CODES.items() if v == kind and k in place.columns), "code"
                )
                problem = RuleBroken(
                    "list.code_twice",
                    msgid("The code %(code)s already stands in row %(row)s."),
                    code=code,
                    row=kept,
                )
                place.fault(entry.row, key, problem)
