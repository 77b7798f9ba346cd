"""What instruments found: item by item, by network, school and year, and the records behind every figure.

Records are read in one pass, whatever they are grouped by; the number of queries is fixed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import (
    may_read_results,
    schools_of_results,
)
from nithet.domain.instruments.queries.filled_at import filled_in, with_filled_at
from nithet.domain.instruments.queries.size_groups import FEWEST_SCHOOLS, size_group_of
from nithet.domain.instruments.rules.bands import Band, Scheme, scheme_for
from nithet.domain.instruments.rules.items import Asks, Item, asks_of, described, items_of
from nithet.domain.instruments.rules.items import Count as Counted
from nithet.domain.instruments.rules.small_groups import hidden_groups
from nithet.domain.instruments.rules.statistics import Described, Tally
from nithet.domain.instruments.rules.tallying import Group, Tallying
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown
from nithet.kernel import clock
from nithet.kernel.periods import Period
from nithet.kernel.school_years import (
    academic_year_period,
    fiscal_year,
    fiscal_year_period,
    semester_period,
)

FEWEST_OF_PERSONS = 5
"""Where a form names a person, a group of fewer records is not shown to others."""
CHUNK = 2_000
PEERS = "peers"
BY = ("network", "school", "year")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the results; None and "" ask for all. `year` is a fiscal, `academic_year` an academic year (พ.ศ.)."""

    version_id: int | None = None
    year: int | None = None
    academic_year: int | None = None
    semester: int | None = None
    network_id: int | None = None
    school_id: int | None = None
    is_mine: bool = False
    by: str = ""
    bands: str = ""

    @property
    def period(self) -> Period | None:
        """Return the days asked for; None for all of them."""
        if self.academic_year and self.semester in (1, 2):
            return semester_period(self.academic_year, 1 if self.semester == 1 else 2)
        if self.academic_year:
            return academic_year_period(self.academic_year)
        return fiscal_year_period(self.year) if self.year else None


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

    Hidden where it has too few records of persons (`is_few`), or where those of one that has could be worked out from it.
    """

    key: int
    title: str
    records: int
    lines: dict[str, Line]
    is_hidden: bool

    @property
    def is_few(self) -> bool:
        """Say whether it has too few records where a form names persons."""
        return self.records < FEWEST_OF_PERSONS


@dataclass(frozen=True, slots=True)
class Results:
    """The results of an instrument.

    `schools` are how many schools the records are of. `peers` are the lines of the schools of the same size group, for a school's
    own people, with `peer_schools` of them and the name of the group; None where too few of them have records.
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
    is_hidden: bool
    parts: list[Part] = field(default_factory=list)
    peers: dict[str, Line] | None = None
    peer_schools: int = 0
    size_group: str = ""


def instruments_with_results(actor: Actor) -> list[tuple[Instrument, int]]:
    """List the instruments of which an actor reads results, by title, each with how many records they may count; two queries."""
    counted = dict(
        countable(actor).order_by().values_list("version__instrument_id").annotate(Count("pk"))
    )
    rows = shown(Instrument.objects.filter(office_id=actor.office_id))
    if not may_read_results(actor):
        rows = rows.filter(pk__in=counted)
    return [(one, counted.get(one.pk, 0)) for one in rows.order_by("title", "pk")]


def find_instrument(actor: Actor, instrument_id: int) -> Instrument | None:
    """Return an instrument of which an actor reads results; None where there is none or it is not theirs."""
    rows = shown(Instrument.objects.filter(office_id=actor.office_id, pk=instrument_id))
    if may_read_results(actor):
        return rows.first()
    return rows.filter(pk__in=countable(actor).order_by().values("version__instrument_id")).first()


def countable(actor: Actor) -> QuerySet[Submission]:
    """Return the records that count and that an actor reads by themselves: the office's people all, a school's its own."""
    rows = Submission.objects.filter(
        office_id=actor.office_id,
        state=Submission.State.ACCEPTED,
        is_current=True,
        rival_of__isnull=True,
        version__isnull=False,
    )
    if may_read_results(actor):
        return rows
    return rows.filter(school__unit__in=schools_of_results(actor))


def versions_of(instrument: Instrument) -> list[InstrumentVersion]:
    """List the versions of an instrument that may have records, the newest first, without their long texts."""
    return list(
        InstrumentVersion.objects.filter(instrument=instrument)
        .exclude(state=InstrumentVersion.State.DRAFT)
        .only(
            "pk", "version", "title", "definition", "state", "published_at", "made_at", "instrument"
        )
        .order_by("-published_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument's questions over the versions asked about."""

    versions: list[InstrumentVersion]
    items: list[Item]
    asks: dict[int, Asks]

    @property
    def names_person(self) -> bool:
        """Say whether one of the versions asks for a person's name."""
        return any(one.names_person for one in self.asks.values())


def form_of(instrument: Instrument, version_id: int | None = None) -> Form:
    """Return the questions of an instrument, of one version or of all by their names; one query."""
    versions = versions_of(instrument)
    chosen = [one for one in versions if version_id in (None, one.pk)]
    return Form(
        versions,
        items_of(one.definition for one in chosen),
        {one.pk: asks_of(one.definition) for one in chosen},
    )


def items_of_all(instruments: Sequence[Instrument]) -> dict[int, list[Item]]:
    """Return the items of several instruments over all their versions, by instrument; one query."""
    rows = (
        InstrumentVersion.objects.filter(instrument__in=[one.pk for one in instruments])
        .exclude(state=InstrumentVersion.State.DRAFT)
        .order_by("-published_at", "-pk")
        .values_list("instrument_id", "definition")
    )
    found: dict[int, list[list[dict[str, Any]]]] = {}
    for instrument, definition in rows:
        found.setdefault(instrument, []).append(definition)
    return {instrument: items_of(definitions) for instrument, definitions in found.items()}


def results_of(actor: Actor, instrument: Instrument, asked: Asked) -> Results:
    """Count everything that is asked of an instrument, in one pass over its records."""
    form = form_of(instrument, asked.version_id)
    places = _Places(actor, asked)
    tallying = Tallying(form.items, form.asks)
    schools: set[int | None] = set()
    peers: set[int | None] = set()
    first: datetime | None = None
    last: datetime | None = None
    for version, school, day, answers in stream(actor, form, asked, wider=places.peers):
        group = places.group(school, day)
        tallying.take(version, group, answers)
        if group == PEERS:
            peers.add(school)
            continue
        schools.add(school)
        first = day if first is None or day < first else first
        last = day if last is None or day > last else last
    hides = form.names_person and not asked.is_mine and bool(may_read_results(actor))
    own = [group for group in tallying.groups if group != PEERS]
    counted = {group: tallying.records(group) for group in own if isinstance(group, int)}
    hidden = hidden_groups(counted, FEWEST_OF_PERSONS) if hides else frozenset()
    parts = [
        _part(places, tallying, form, asked, group, is_hidden=group in hidden) for group in counted
    ]
    records = tallying.records(*own)
    return Results(
        instrument=instrument,
        asked=asked,
        items=form.items,
        lines=_lines(form.items, tallying.counts(*own), asked),
        records=records,
        schools=len(schools - {None}),
        first=clock.day_of(first) if first else None,
        last=clock.day_of(last) if last else None,
        names_person=form.names_person,
        is_hidden=hides and 0 < records < FEWEST_OF_PERSONS,
        parts=sorted(parts, key=lambda one: (one.key == 0, one.title, one.key)),
        **_peers(places, tallying, form, asked, len(peers)),
    )


def stream(
    actor: Actor, form: Form, asked: Asked, *, wider: frozenset[int] = frozenset()
) -> Iterator[tuple[int, int | None, datetime, dict[str, Any]]]:
    """Yield (version, school, when it was filled in, answers) of every record asked for, piece by piece.

    `wider` are further schools whose records are counted, for a school that is compared with others like it.
    """
    rows: QuerySet[Any] = selected(actor, asked, wider=wider).filter(version__in=list(form.asks))
    yield from rows.values_list("version_id", "school_id", "filled_at", "answers").iterator(
        chunk_size=CHUNK
    )


def selected(
    actor: Actor, asked: Asked, *, wider: frozenset[int] = frozenset()
) -> QuerySet[Submission]:
    """Return the records asked for, each with `filled_at`: when it was filled in."""
    rows = countable(actor)
    if wider:
        own = Submission.objects.filter(office_id=actor.office_id, school__in=wider)
        rows = (
            own.filter(
                state=Submission.State.ACCEPTED,
                is_current=True,
                rival_of__isnull=True,
                version__isnull=False,
            )
            | rows
        )
    period = asked.period
    rows = filled_in(rows, period) if period is not None else with_filled_at(rows)
    if asked.network_id is not None:
        rows = rows.filter(school__network=asked.network_id)
    if asked.school_id is not None:
        rows = rows.filter(school=asked.school_id)
    if asked.is_mine:
        rows = rows.filter(user_id=actor.user_id or 0)
    return rows


class _Places:
    """Into which group a record falls: the network, school or year asked for, or all together."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        self._by = asked.by if asked.by in BY else ""
        self._networks: dict[int, int] = {}
        self._years: dict[datetime, int] = {}
        self.titles: dict[int, str] = {0: ""}
        self.peers: frozenset[int] = frozenset()
        self.size_group = ""
        self._is_school = not may_read_results(actor)
        if self._is_school:
            self._by = ""
            self.size_group, self.peers = size_group_of(actor)
        elif self._by in {"network", "school"}:
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
        if self._is_school:
            return PEERS if school in self.peers else None
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
    places: _Places, tallying: Tallying, form: Form, asked: Asked, group: int, *, is_hidden: bool
) -> Part:
    lines = {} if is_hidden else _by_item(_lines(form.items, tallying.counts(group), asked))
    title = places.titles.get(group, "")
    return Part(group, title, tallying.records(group), lines, is_hidden)


def _peers(
    places: _Places, tallying: Tallying, form: Form, asked: Asked, schools: int
) -> dict[str, Any]:
    if schools < FEWEST_SCHOOLS:
        return {}
    return {
        "peers": _by_item(_lines(form.items, tallying.counts(PEERS), asked)),
        "peer_schools": schools,
        "size_group": places.size_group,
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
