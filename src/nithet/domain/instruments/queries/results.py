"""What instruments found: item by item, by network, school and year, and the records behind every figure.

Records are read in one pass, whatever they are grouped by; the number of queries is fixed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.policy import may_read_results
from nithet.domain.instruments.queries.result_forms import Form, form_of
from nithet.domain.instruments.queries.result_scope import (
    BY,
    CHUNK,
    Asked,
    of_peers,
    selected,
)
from nithet.domain.instruments.queries.shielding import Shield, peers_shield, shield_of
from nithet.domain.instruments.queries.size_groups import FEWEST_SCHOOLS, size_group_of
from nithet.domain.instruments.rules.bands import Band, Scheme, scheme_for
from nithet.domain.instruments.rules.items import Count as Counted
from nithet.domain.instruments.rules.items import Item, described
from nithet.domain.instruments.rules.statistics import Described, Tally
from nithet.domain.instruments.rules.tallying import Group, Tallying
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year

PEERS = "peers"
APART = "apart"
"""Records that are counted in the whole and in none of its parts: they lie in a cluster that reaches over several."""
LEFT_OUT = "left out"
"""Records that are not counted at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one item in one group."""

    item: Item
    tally: Tally
    described: Described
    scheme: Scheme | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Part:
    """A network, a school or a year with its lines by item.

    Where a form names persons, `records` are those that are counted, and `left_out` those that are not, because too few of them
    stand together (`queries/shielding.py`); a part without a counted one is hidden.
    """

    key: int
    title: str
    records: int
    lines: dict[str, Line]
    left_out: int = 0

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing is said of it."""
        return self.records == 0 < self.left_out


@dataclass(frozen=True, slots=True)
class Results:
    """The results of an instrument.

    `schools` are how many schools the counted records are of. `left_out` are the records that are not counted, because the form
    names persons and too few of them stand together. `peers` are the lines of the schools of the same size group, for a
    school's own people, with `peer_schools` of them and the name of the group; None where too few of them have records.
    """

    instrument: Instrument
    asked: Asked
    items: list[Item]
    lines: list[Line]
    records: int
    schools: int
    first: date | None
    last: date | None
    names_person: bool
    left_out: int = 0
    parts: list[Part] = field(default_factory=list)
    peers: dict[str, Line] | None = None
    peer_schools: int = 0
    size_group: str = ""

    @property
    def is_hidden(self) -> bool:
        """Say whether there are records and none of them is counted."""
        return self.records == 0 < self.left_out


Record = tuple[int, int, int | None, datetime, dict[str, Any]]
"""Key, version, school, when it was filled in, answers."""


def results_of(
    actor: Actor, instrument: Instrument, asked: Asked, *, for_others: bool = False
) -> Results:
    """Count everything that is asked of an instrument, in one pass over its records.

    `for_others`: the figures go into something that others read (a report, a study), so where the form names persons one's own
    records stand under the same rule as everybody's.
    """
    form = form_of(instrument, asked.version_id)
    places = _Places(actor, asked)
    groups = _Groups(places)
    if form.names_person and (for_others or not asked.is_mine):
        shield = shield_of(actor, instrument, for_others=for_others)
        groups.limit(shield, selected(actor, asked).filter(version__in=list(form.asks)))
    tallying = Tallying(form.items, form.asks)
    schools: set[int | None] = set()
    first: datetime | None = None
    last: datetime | None = None
    for pk, version, school, day, answers in _stream(selected(actor, asked), form):
        group = groups.of(pk, school, day)
        if group == LEFT_OUT:
            continue
        tallying.take(version, group, answers)
        schools.add(school)
        first = day if first is None or day < first else first
        last = day if last is None or day > last else last
    own = tallying.groups
    parts = [
        _part(places, tallying, form, asked, group, groups.left_out_of(group))
        for group in {*own, *groups.every_part}
        if isinstance(group, int)
    ]
    return Results(
        instrument=instrument,
        asked=asked,
        items=form.items,
        lines=_lines(form.items, tallying.counts(*own), asked),
        records=tallying.records(*own),
        schools=len(schools - {None}),
        first=clock.day_of(first) if first else None,
        last=clock.day_of(last) if last else None,
        names_person=form.names_person,
        left_out=groups.left_out,
        parts=sorted(parts, key=lambda one: (one.key == 0, one.title, one.key)),
        **_peers(actor, instrument, form, asked),
    )


def _stream(rows: QuerySet[Any], form: Form) -> Iterator[Record]:
    """Yield the records of the versions asked about, piece by piece."""
    yield from (
        rows.filter(version__in=list(form.asks))
        .values_list("pk", "version_id", "school_id", "filled_at", "answers")
        .iterator(chunk_size=CHUNK)
    )


class _Groups:
    """Into which part a record is counted, where it is; whatever a form that names no person asks, every record is."""

    def __init__(self, places: "_Places") -> None:
        self._places = places
        self._whole: frozenset[int] | None = None
        self._parts: dict[Group, frozenset[int]] = {}
        self._sizes: dict[Group, int] = {}
        self.left_out = 0

    def limit(self, shield: Shield, rows: QuerySet[Any]) -> None:
        """Count of the rows that were asked for those alone that the shield lets through."""
        members: dict[Group, list[int]] = {}
        for pk, school, day in rows.values_list("pk", "school_id", "filled_at"):
            members.setdefault(self._places.group(school, day), []).append(pk)
        every = [pk for keys in members.values() for pk in keys]
        self._whole = shield.counted(every)
        self._parts = {group: shield.counted(keys) for group, keys in members.items()}
        self._sizes = {group: len(keys) for group, keys in members.items()}
        self.left_out = len(every) - len(self._whole)

    @property
    def every_part(self) -> Collection[Group]:
        """Return the parts in which there are records, counted or not."""
        return self._sizes

    def of(self, pk: int, school: int | None, day: datetime) -> Group:
        group = self._places.group(school, day)
        if self._whole is None:
            return group
        if pk not in self._whole:
            return LEFT_OUT
        return group if pk in self._parts[group] else APART

    def left_out_of(self, group: Group) -> int:
        """Return how many records of a part are not counted in it."""
        return self._sizes[group] - len(self._parts[group]) if group in self._sizes else 0


class _Places:
    """Into which group a record falls: the network, school or year asked for, or all together."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        self._by = asked.by if asked.by in BY and may_read_results(actor) else ""
        self._networks: dict[int, int] = {}
        self._years: dict[datetime, int] = {}
        self.titles: dict[int, str] = {0: ""}
        if self._by in {"network", "school"}:
            self._read(actor)

    def _read(self, actor: Actor) -> None:
        rows = School.objects.filter(office_id=actor.office_id).values_list(
            "pk", "unit__name", "network_id", "network__unit__name"
        )
        for school, name, network, network_name in rows:
            if self._by == "school":
                self.titles[school] = name
            else:
                self._networks[school] = network or 0
                self.titles[network or 0] = network_name or ""

    def group(self, school: int | None, moment: datetime) -> Group:
        if self._by == "network":
            return self._networks.get(school or 0, 0)
        if self._by == "school":
            return school or 0
        if self._by == "year":
            return self._year(moment)
        return None

    def _year(self, moment: datetime) -> int:
        hour = moment.replace(minute=0, second=0, microsecond=0)
        if (year := self._years.get(hour)) is None:
            year = self._years[hour] = fiscal_year(clock.day_of(moment))
            self.titles[year] = str(year)
        return year


def _part(
    places: _Places, tallying: Tallying, form: Form, asked: Asked, group: int, left_out: int
) -> Part:
    records = tallying.records(group)
    lines = _by_item(_lines(form.items, tallying.counts(group), asked)) if records else {}
    return Part(group, places.titles.get(group, ""), records, lines, left_out)


def _peers(actor: Actor, instrument: Instrument, form: Form, asked: Asked) -> dict[str, Any]:
    """Count the schools like one's own together, for a school's people; clusters are of schools here."""
    if may_read_results(actor):
        return {}
    group, schools = size_group_of(actor)
    if not schools:
        return {}
    rows = of_peers(actor, asked, schools).filter(version__in=list(form.asks))
    shield = peers_shield(actor, instrument, schools, FEWEST_SCHOOLS)
    counted = shield.counted(list(rows.values_list("pk", flat=True)))
    if not counted:
        return {}
    tallying = Tallying(form.items, form.asks)
    compared: set[int | None] = set()
    for pk, version, school, _, answers in _stream(rows, form):
        if pk in counted:
            tallying.take(version, PEERS, answers)
            compared.add(school)
    return {
        "peers": _by_item(_lines(form.items, tallying.counts(PEERS), asked)),
        "peer_schools": len(compared),
        "size_group": group,
    }


def _by_item(lines: Sequence[Line]) -> dict[str, Line]:
    return {one.item.key: one for one in lines}


def _lines(items: Sequence[Item], counts: dict[str, Counted], asked: Asked) -> list[Line]:
    found = []
    for item in items:
        tally = counts[item.key].tally
        said = described(item, tally)
        scheme = scheme_for(item.levels, asked.bands or item.scheme) if item.levels else None
        band = scheme.band_of(said.mean) if scheme else None
        found.append(Line(item, tally, said, scheme, band))
    return found
