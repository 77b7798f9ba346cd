"""What a list of schools would change: compared with the records in a handful of queries, whatever the rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.importing import ColumnMatch
from nithet.domain.directory.models.schools import Network, School, SchoolCode
from nithet.domain.directory.rules.list_columns import CODES
from nithet.domain.directory.rules.names import spellings
from nithet.domain.directory.rules.school_lists import Fault, SchoolEntry, SchoolListReading
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.errors import RuleBroken

SMIS = "smis"


@dataclass(slots=True)
class SchoolChange:
    """What one row changes. `school` is None for a new one until it is written.

    `facts`, `codes` and `figures` hold only what differs; `census` is the standing row that `figures` change, None where they
    make a new one as at `as_at`. An empty `name` or `network` stays as it is.
    """

    entry: SchoolEntry
    school: School | None
    is_new: bool = True
    name: str = ""
    network: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    census: Census | None = None
    as_at: date | None = None

    @property
    def counted_on(self) -> date:
        """Return the day of the figures; a change of figures always has one."""
        if self.as_at is None:
            raise LookupError("figures without a day")
        return self.as_at

    @property
    def changes_anything(self) -> bool:
        """Say whether the row writes anything at all."""
        return self.is_new or any((self.name, self.network, self.facts, self.codes, self.figures))

    def fields(self) -> list[str]:
        """Return the names of the list's fields that change, as `rules.list_columns` names them."""
        codes = [key for key, kind in CODES.items() if kind in self.codes]
        figures = ["as_at" if name == "pupils_by_level" else name for name in self.figures]
        named = [key for key, value in (("name", self.name), ("network", self.network)) if value]
        return list(dict.fromkeys([*codes, *named, *self.facts, *figures]))


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What a list would do. With a fault it does nothing at all."""

    rows: int
    changes: list[SchoolChange]
    unchanged: int
    faults: list[Fault]
    unmapped: list[str]
    new_networks: list[str]

    @property
    def created(self) -> list[SchoolChange]:
        """Return the rows that make a school."""
        return [change for change in self.changes if change.is_new]

    @property
    def updated(self) -> list[SchoolChange]:
        """Return the rows that change a school."""
        return [change for change in self.changes if not change.is_new]


def remembered_matches() -> dict[str, str]:
    """Return what headings meant in earlier lists of the office."""
    return dict(ColumnMatch.objects.values_list("heading", "field"))


def plan_schools(reading: SchoolListReading, today: date) -> ListPlan:
    """Compare a list with the records. Figures without a day count as of `today`, unless the newest say the same."""
    faults = list(reading.faults)
    records = _Records.of(reading.entries)
    changes = [_change(entry, records, reading.columns, faults, today) for entry in reading.entries]
    _refuse_one_school_twice(changes, reading.columns, faults)
    if faults:
        faults.sort(key=lambda fault: fault.row)
        return ListPlan(reading.rows, [], 0, faults, reading.unmapped, [])
    changed = [change for change in changes if change.changes_anything]
    wanted = dict.fromkeys(change.network for change in changed if change.network)
    new_networks = [name for name in wanted if name not in records.networks]
    return ListPlan(
        reading.rows, changed, len(changes) - len(changed), [], reading.unmapped, new_networks
    )


@dataclass(frozen=True, slots=True)
class _Records:
    """The office's schools as a list is compared with them."""

    schools: dict[int, School]
    by_code: dict[tuple[str, str], int]
    codes: dict[int, dict[str, str]]
    codeless: dict[str, list[int]]
    censuses: dict[tuple[int, date], Census]
    newest: dict[int, Census]
    networks: dict[str, Network]
    names: Counter[str]

    @classmethod
    def of(cls, entries: Iterable[SchoolEntry]) -> "_Records":
        """Read all that a list needs."""
        schools = {s.pk: s for s in School.objects.select_related("unit", "network__unit")}
        codes: dict[int, dict[str, str]] = defaultdict(dict)
        for school in schools.values():
            if school.smis_code:
                codes[school.pk][SMIS] = school.smis_code
        for row in SchoolCode.objects.all():
            codes[row.school_id][row.kind] = row.code
        codeless: dict[str, list[int]] = defaultdict(list)
        for school in schools.values():
            if not codes.get(school.pk):
                codeless[spellings(school.unit.name)[0]].append(school.pk)
        kept = (
            standing(Census.objects.all()).order_by("school", "as_at")
            if any(e.census for e in entries)
            else ()
        )
        censuses = {(row.school_id, row.as_at): row for row in kept}
        return cls(
            schools=schools,
            by_code={(kind, code): pk for pk, held in codes.items() for kind, code in held.items()},
            codes=codes,
            codeless=codeless,
            censuses=censuses,
            newest={pk: row for (pk, _), row in censuses.items()},
            networks={
                n.unit.name: n for n in Network.objects.select_related("unit").order_by("-pk")
            },
            names=Counter(spellings(entry.name)[0] for entry in entries),
        )


def _change(
    entry: SchoolEntry,
    records: _Records,
    columns: Mapping[str, str],
    faults: list[Fault],
    today: date,
) -> SchoolChange:
    try:
        school = _school_of(entry, records)
    except RuleBroken as problem:
        faults.append(
            Fault(entry.row, columns.get(problem.field or "", "") or _code_column(columns), problem)
        )
        return SchoolChange(entry, None)
    change = SchoolChange(entry, school, is_new=school is None, as_at=entry.as_at)
    held = records.codes.get(school.pk, {}) if school else {}
    change.codes = {kind: code for kind, code in entry.codes.items() if held.get(kind) != code}
    change.facts = {
        n: v for n, v in entry.facts.items() if school is None or getattr(school, n) != v
    }
    change.name = "" if school and school.unit.name == entry.name else entry.name
    network = school.network.unit.name if school and school.network else ""
    change.network = "" if entry.network == network else entry.network
    if entry.census:
        _compare_figures(change, records, today)
    return change


def _code_column(columns: Mapping[str, str]) -> str:
    return next((columns[key] for key in ("code", *CODES) if key in columns), "")


def _school_of(entry: SchoolEntry, records: _Records) -> School | None:
    """Find the school a row means: by its codes, else the one of that name that has no code yet."""
    found = {records.by_code[pair] for pair in entry.codes.items() if pair in records.by_code}
    if len(found) > 1:
        names = ", ".join(sorted(records.schools[pk].unit.name for pk in found))
        raise RuleBroken(
            "list.codes_of_two",
            "The codes of this row belong to different schools: %(names)s.",
            names=names,
        )
    if not found:
        bare = spellings(entry.name)[0]
        found = set(records.codeless.get(bare, ()))
        if len(found) > 1 or (found and records.names[bare] > 1):
            raise RuleBroken(
                "list.which_school",
                "A school named %(name)s has no code yet, and it is not clear which one this row means. Enter its code first.",
                field="name",
                name=entry.name,
            )
    return records.schools[found.pop()] if found else None


def _compare_figures(change: SchoolChange, records: _Records, today: date) -> None:
    """Say what the figures of a row change, and in which census."""
    given = dict(change.entry.census)
    newest = records.newest.get(change.school.pk) if change.school else None
    if change.entry.as_at is None and newest and not _differing(newest, given):
        return
    change.as_at = change.entry.as_at or today
    change.census = (
        records.censuses.get((change.school.pk, change.as_at)) if change.school else None
    )
    change.figures = _differing(change.census, given) if change.census else given


def _differing(census: Census, given: dict[str, Any]) -> dict[str, Any]:
    """Return what is given and differs; a new whole without classes drops classes that no longer add up to it."""
    new = {name: value for name, value in given.items() if name != "pupils_by_level"}
    differing = {name: value for name, value in new.items() if getattr(census, name) != value}
    by_level = given.get("pupils_by_level")
    if by_level is None and "pupils" in differing and census.pupils_by_level:
        by_level = {}
    if by_level is not None and by_level != census.pupils_by_level:
        differing["pupils_by_level"] = by_level
    return differing


def _refuse_one_school_twice(
    changes: Iterable[SchoolChange], columns: Mapping[str, str], faults: list[Fault]
) -> None:
    """Two rows may name one school by codes of different kinds: the second is at fault."""
    first: dict[int, int] = {}
    for change in changes:
        if (
            change.school
            and (kept := first.setdefault(change.school.pk, change.entry.row)) != change.entry.row
        ):
            problem = RuleBroken(
                "list.school_twice",
                "Row %(row)s already speaks of the school %(name)s.",
                row=kept,
                name=change.school.name,
            )
            faults.append(Fault(change.entry.row, _code_column(columns), problem))
