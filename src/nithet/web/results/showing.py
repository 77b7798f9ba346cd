"""Results as tables and bars: what a template draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from nithet.domain.instruments.queries.result_rows import UNANSWERED, UNSEEN
from nithet.domain.instruments.queries.results import Line, Part, Results
from nithet.domain.instruments.rules.items import Item, Shape, described
from nithet.domain.instruments.rules.statistics import Described, Tally
from nithet.foundation.ui.words import reads_thai
from nithet.web.results.asking import query_of

WIDTH, LABEL, ROW, BAR = 960, 330, 34, 20
LONGEST_LABEL = 46


@dataclass(frozen=True, slots=True)
class Cell:
    """How many gave an answer: the number, its percent of those who answered, and the records behind it."""

    value: str
    label: str
    count: int
    share: Decimal | None
    query: str

    @property
    def width(self) -> str:
        """Return the percent as a bar's length."""
        return f"{self.share or 0}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a table."""

    line: Line
    number: int
    cells: tuple[Cell, ...]
    query: str
    unanswered_query: str
    unseen_query: str
    peer: Line | None = None

    @property
    def band(self) -> str:
        """Return the word of the mean; "" where there is none."""
        return band_words(self.line)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: where it begins, how long it is, of which level."""

    x: float
    width: float
    level: int
    tone: int
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One item of the chart."""

    y: int
    label: str
    full: str
    segments: tuple[Segment, ...]
    mean: str

    @property
    def text_y(self) -> int:
        """Return where its words stand."""
        return self.y + BAR - 5


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings of one number of levels: a table, its bars, and the mean of all its answers together."""

    levels: int
    rows: list[Shown]
    bars: list[Bar]
    heads: list[str]
    source: str
    pooled: Described
    pooled_band: str
    sections: list[tuple[str, list[Shown]]]
    tones: list[tuple[int, str]]

    @property
    def height(self) -> int:
        """Return how tall the chart is."""
        return ROW * len(self.bars) + 8


def band_words(line: Line) -> str:
    """Return the word of an item's mean in the reader's language; "" where it has none."""
    if line.band is None:
        return ""
    return line.band.th if reads_thai() else line.band.en


def shown_lines(results: Results) -> list[Shown]:
    """Return every item with the addresses of the records behind its figures, numbered as in the form."""
    return [_shown(results, line, number) for number, line in enumerate(results.lines, start=1)]


def _shown(results: Results, line: Line, number: int) -> Shown:
    def query(value: str = "") -> str:
        return query_of(results.asked, value=value)

    return Shown(
        line=line,
        number=number,
        cells=tuple(
            Cell(
                one.value,
                one.label,
                line.tally.given.get(one.value, 0),
                line.tally.share(one.value),
                query(one.value),
            )
            for one in line.item.choices
        ),
        query=query(),
        unanswered_query=query(UNANSWERED),
        unseen_query=query(UNSEEN),
        peer=results.peers.get(line.item.key) if results.peers else None,
    )


def ratings_of(shown: Iterable[Shown]) -> list[Ratings]:
    """Put the ratings together by their number of levels, the most items first."""
    rows = [one for one in shown if one.line.item.shape == Shape.RATING]
    by_levels: dict[tuple[int, str], list[Shown]] = {}
    for one in rows:
        scheme = one.line.scheme.code if one.line.scheme else ""
        by_levels.setdefault((one.line.item.levels, scheme), []).append(one)
    found = [_ratings(levels, group) for (levels, _), group in by_levels.items()]
    return sorted(found, key=lambda one: -len(one.rows))


def _ratings(levels: int, rows: list[Shown]) -> Ratings:
    pooled = pooled_line(row.line for row in rows)
    scheme = rows[0].line.scheme
    band = scheme.band_of(pooled.mean) if scheme else None
    words = [one.label for one in rows[0].line.item.choices if one.value.isdecimal()]
    heads = [word if word == str(n) else f"{n} {word}" for n, word in enumerate(words, start=1)]
    return Ratings(
        levels=levels,
        rows=rows,
        bars=[_bar(row, at, levels) for at, row in enumerate(rows)],
        heads=list(reversed(heads)),
        source=scheme.source if scheme else "",
        pooled=pooled,
        pooled_band=(band.th if reads_thai() else band.en) if band else "",
        sections=[
            (name, list(group))
            for name, group in groupby(rows, key=lambda row: row.line.item.group)
        ],
        tones=[(_tone(n, levels), heads[n - 1]) for n in range(levels, 0, -1)],
    )


def pooled_line(lines: Iterable[Line]) -> Described:
    """Describe the answers to several ratings of equally many levels together, every answer once."""
    given: dict[str, int] = {}
    first: Item | None = None
    for line in lines:
        first = first or line.item
        for value, count in line.tally.given.items():
            given[value] = given.get(value, 0) + count
    if first is None:
        return Described(0, None, None)
    return described(first, Tally(0, given, 0, sum(given.values())))


def _bar(row: Shown, at: int, levels: int) -> Bar:
    segments = []
    x = float(LABEL)
    room = WIDTH - LABEL - 60
    # The best level stands first, as in the table.
    for cell in reversed(row.cells):
        if not cell.value.isdecimal() or cell.share is None or not cell.count:
            continue
        width = float(cell.share) / 100 * room
        level = int(cell.value)
        says = f"{cell.label}: {cell.count} ({cell.share} %)"
        segments.append(Segment(round(x, 1), round(width, 1), level, _tone(level, levels), says))
        x += width
    label = f"{row.number}. {row.line.item.label}"
    mean = row.line.described.mean_2
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return Bar(ROW * at + 6, short, label, tuple(segments), "–" if mean is None else str(mean))


def _tone(level: int, levels: int) -> int:
    """Return the shade of a level, 1 (lowest) to 5 (highest), also where there are three or ten levels."""
    return 1 + round((level - 1) * 4 / (levels - 1)) if levels > 1 else 5


@dataclass(frozen=True, slots=True)
class PartShown:
    """A network, a school or a year in the table of one item; `line` None where it is hidden or has no record of it."""

    part: Part
    title: str
    line: Line | None
    pooled: Described | None
    query: str
    band: str


def parts_of(results: Results, key: str, nameless: str) -> list[PartShown]:
    """Return the parts with what is said of one item, or with `key` "" of all ratings together; `nameless` names what has no name."""
    found = []
    field = {"network": "network", "school": "school"}.get(results.asked.by, "")
    levels = {one.item.levels for one in results.lines if one.item.shape == Shape.RATING}
    for part in results.parts:
        line = part.lines.get(key)
        pooled = None
        band = band_words(line) if line else ""
        if not key and len(levels) == 1 and part.lines:
            ratings = [one for one in part.lines.values() if one.item.shape == Shape.RATING]
            pooled = pooled_line(ratings)
            scheme = ratings[0].scheme if ratings else None
            word = scheme.band_of(pooled.mean) if scheme else None
            band = (word.th if reads_thai() else word.en) if word else ""
        more = {"by": ""}
        if field and part.key:
            more[field] = str(part.key)
        elif results.asked.by == "year":
            more["time"] = f"f{part.key}"
        query = query_of(results.asked, **more) if part.key else ""
        found.append(PartShown(part, part.title or nameless, line, pooled, query, band))
    return found
