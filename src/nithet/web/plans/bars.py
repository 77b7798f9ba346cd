"""The geometry of the timeline: lengths in units of the drawing, so that a template only has to write them down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.plans.queries.standing import PlanOfYear, ProjectLine
from nithet.domain.plans.rules.calendar import Entry, months_of
from nithet.domain.plans.rules.standing import is_overdue
from nithet.foundation.ui.words import date_words, month_names
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import MONTH_ABBREVIATIONS

WIDTH, LABEL, ROW, HEAD = 1200.0, 400.0, 30.0, 44.0
LONGEST_LABEL = 46
_BAR = 14.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawing: a project or an activity, with its bar (`width` None: no time is stated)."""

    label: str
    full: str
    kind: str
    y: float
    x: float
    width: float | None
    says: str

    @property
    def text_y(self) -> float:
        """Return where its words stand."""
        return round(self.y + ROW / 2 + 5, 1)

    @property
    def bar_y(self) -> float:
        """Return the upper edge of its bar."""
        return round(self.y + (ROW - _BAR) / 2, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """Days behind the bars: an examination, a holiday, or the place of today."""

    x: float
    width: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole drawing."""

    width: float
    height: float
    label: float
    months: tuple[tuple[float, str], ...]
    bands: tuple[Band, ...]
    lines: tuple[Line, ...]
    today: float | None


def bars_of(shown: PlanOfYear, days: Sequence[Entry]) -> Bars:
    """Lay out the projects that count with their activities, and the days of the calendar behind them."""
    year = fiscal_year_period(shown.plan.fiscal_year)
    lines: list[Line] = []
    for one in shown.lines:
        lines.append(_project(one, year, len(lines)))
        for activity in one.project.activities.all():
            if activity.stands and activity.state != "called_off":
                late = is_overdue(activity.state, activity.period_end, shown.today)
                kind = "late" if late else ("done" if activity.state == "done" else "plain")
                lines.append(
                    _line(activity.title, kind, activity.period_start, activity.period_end, year, len(lines), "  ")
                )
    height = HEAD + ROW * max(1, len(lines)) + 8
    today = _x(shown.today, year) if shown.today in year else None
    return Bars(WIDTH, height, LABEL, _months(shown.plan.fiscal_year, year), _bands(days, year), tuple(lines), today)


def _project(line: ProjectLine, year: Period, number: int) -> Line:
    row = line.project
    starts = [one.period_start for one in row.activities.all() if one.stands and one.period_start]
    ends = [one.period_end for one in row.activities.all() if one.stands and one.period_end]
    start = row.period_start or min(starts, default=None)
    end = row.period_end or max(ends, default=None)
    return _line(row.title, "project", start, end, year, number, "")


def _line(
    title: str,
    kind: str,
    start: date | None,
    end: date | None,
    year: Period,
    number: int,
    indent: str,
) -> Line:
    first, last = start or end, end or start
    y = HEAD + ROW * number
    says = title
    x, width = LABEL, None
    if first and last:
        says = f"{title} {date_words(first, 'short')} – {date_words(last, 'short')}"
        if last >= year.start and first <= year.end:
            x = _x(max(first, year.start), year)
            width = round(max(_x(min(last, year.end) + timedelta(days=1), year) - x, 4), 1)
    limit = LONGEST_LABEL - 2 * len(indent)
    label = title if len(title) <= limit else title[: limit - 1] + "…"
    return Line(label, title, kind, y, x + 0.0, width, says)


def _x(day: date, year: Period) -> float:
    return round(LABEL + (day - year.start).days / year.days * (WIDTH - LABEL), 1)


def _months(number: int, year: Period) -> tuple[tuple[float, str], ...]:
    thai = month_names()[0] == "มกราคม"
    return tuple(
        (_x(first, year), MONTH_ABBREVIATIONS[first.month - 1] if thai else month_names()[first.month - 1][:3])
        for first in months_of(number)
    )


def _bands(days: Sequence[Entry], year: Period) -> tuple[Band, ...]:
    found = []
    for one in days:
        start, end = max(one.starts_on, year.start), min(one.ends_on, year.end)
        if start <= end:
            x = _x(start, year)
            width = round(max(_x(end + timedelta(days=1), year) - x, 2), 1)
            found.append(Band(x, width, one.kind, f"{one.title} {date_words(one.starts_on, 'short')}"))
    return tuple(found)
