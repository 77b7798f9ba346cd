"""Rows and paragraphs of an old plan become proposed lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from nithet.domain.plans.rules.importing.headings import (
    PROJECT,
    STRATEGY,
    TOTAL,
    column_of,
    label_of,
    tidy,
    without_number,
)
from nithet.domain.plans.rules.importing.lines import Line, Reading, Unread, Where
from nithet.domain.plans.rules.importing.values import (
    EMPTY,
    amount_of,
    needs_no_money,
    period_of,
    source_of,
    value_of,
)
from nithet.kernel.school_years import fiscal_year_period

MOST_LINES = 3000
LONGEST_TITLE = 400
_LISTED_UNREAD = 100
_HEADED = 2
"""Known columns that make a row the headings of a plan's table."""


@dataclass
class Draft:
    """A project being read."""

    key: str
    title: str
    where: Where
    parent: str
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Reader:
    """Gathers lines in the order of the file; a project takes what follows it until the next one begins."""

    def __init__(self, fiscal_year: int) -> None:
        """Keep the year, in which months without a year lie."""
        self.year = fiscal_year
        self._drafts: list[Draft | Line] = []
        self._unread: list[Unread] = []
        self._count = 0
        self._strategy = ""
        self._strategies: dict[str, str] = {}
        self._projects: dict[str, Draft] = {}
        self._project: Draft | None = None
        self._indicator = ""

    def reading(self) -> Reading:
        """Return everything that was found."""
        lines = [
            one
            if isinstance(one, Line)
            else Line(one.key, "project", one.title, one.where, one.parent, one.values, tuple(one.notes))
            for one in self._drafts
        ]
        return Reading(tuple(lines[:MOST_LINES]), tuple(self._unread[:_LISTED_UNREAD]))

    # ---- tables ---------------------------------------------------------------------------------

    def table(self, number: int, rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
        """Read a table; rows above its headings are passed over. False: it has no headings of a plan."""
        at = next((i for i, (_, cells) in enumerate(rows) if _headings(cells)), None)
        if at is None:
            return False
        columns = [column_of(cell) for cell in rows[at][1]]
        for cell, name in zip(rows[at][1], columns, strict=True):
            if tidy(cell) and not name:
                self._miss(cell, "column", Where(number, rows[at][0]))
        for row, cells in rows[at + 1 :]:
            if [column_of(cell) for cell in cells] != columns:
                self._row(Where(number, row), columns, cells)
        return True

    def _row(self, where: Where, columns: Sequence[str], cells: Sequence[str]) -> None:
        given = {
            name: _lines(cell) if name == "activity" else tidy(cell)
            for name, cell in zip(columns, cells, strict=False)
            if name and tidy(cell)
        }
        texts = [tidy(cell) for cell in cells if tidy(cell)]
        if not texts or any(TOTAL.match(text) for text in texts[:2]):
            return
        if len(texts) == 1 and STRATEGY.match(texts[0]):
            self._begin_strategy(texts[0], where)
            return
        if strategy := given.get("strategy"):
            self._begin_strategy(strategy, where)
        began = self._named_of_row(given, where)
        if self._project is None:
            if not strategy or len(given) > 1:
                self._miss(" ".join(texts), "no_project", where)
            return
        self._rest_of_row(given, where, began=began, is_named="budget_title" in columns)

    def _named_of_row(self, given: dict[str, str], where: Where) -> bool:
        """Begin the project of a row; say whether one began. A cell of both is a project where its row is numbered."""
        title = given.get("project", "")
        both = given.pop("both", "")
        if both:
            bare = without_number(both)
            is_project = bool(PROJECT.match(bare)) or "number" in given
            if is_project:
                title = both
            else:
                given["activity"] = "\n".join(part for part in (both, given.get("activity")) if part)
        if not title:
            return False
        self._begin_project(without_number(title), where)
        return True

    def _rest_of_row(
        self, given: dict[str, str], where: Where, *, began: bool, is_named: bool
    ) -> None:
        project = self._project
        if project is None:
            return
        activities = [without_number(part) for part in given.get("activity", "").split("\n") if part]
        if objective := given.get("objective"):
            self._objective(objective)
        owner = given.get("owner", "")
        ends = [given[name] for name in ("begins", "ends") if given.get(name)]
        period = given.get("period", "") or " - ".join(ends)
        if began:
            self._owner(owner)
            self._period(project.values, project.notes, period)
        for title in activities:
            self._activity(title, where, owner, period)
        of_activity = activities[0] if activities and not began else ""
        self._money(given, where, title=given.get("budget_title", "") if is_named else of_activity)
        self._target(given.get("indicator", ""), given.get("target", ""), where)

    # ---- paragraphs -----------------------------------------------------------------------------

    def paragraph(self, number: int, text: str, label: str) -> str:
        """Read a paragraph; `label` is what the paragraph before it was about. Return what this one is about."""
        where = Where(paragraph=number)
        name, rest = label_of(text)
        if not tidy(text):
            return label
        bare = without_number(tidy(text))
        if STRATEGY.match(bare) and len(bare) <= LONGEST_TITLE:
            self._begin_strategy(bare, where)
            self._project = None
            return ""
        if not name and PROJECT.match(bare) and len(bare) <= LONGEST_TITLE:
            self._begin_project(bare.removeprefix("โครงการ").lstrip(" :") if ":" in bare[:12] else bare, where, "named_by_its_first_word")
            return ""
        if name == "project":
            if rest:
                self._begin_project(rest, where)
                return ""
            return "project"
        if name:
            if rest:
                self._labelled(name, rest, where)
            return name
        if label == "project":
            self._begin_project(bare, where)
            return ""
        if label:
            self._labelled(label, bare, where)
            return label
        self._miss(text, "outside", where)
        return ""

    def _labelled(self, name: str, text: str, where: Where) -> None:
        project = self._project
        if project is None:
            self._miss(text, "no_project", where)
        elif name == "objective":
            self._objective(text)
        elif name == "owner":
            self._owner(text)
        elif name == "period":
            self._period(project.values, project.notes, text)
        elif name == "activity":
            self._activity(without_number(text), where, "", "")
        elif name in {"budget", "source"}:
            self._money({name: text}, where, title="")
        elif name == "indicator":
            self._target(text, "", where)
        elif name == "target":
            self._target("", text, where)

    # ---- what both share ------------------------------------------------------------------------

    def _key(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _miss(self, text: str, why: str, where: Where) -> None:
        self._unread.append(Unread(tidy(text)[:200], why, where))

    def _begin_strategy(self, text: str, where: Where) -> None:
        title = tidy(text)[:LONGEST_TITLE]
        if title not in self._strategies:
            self._strategies[title] = self._key("s")
            self._drafts.append(Line(self._strategies[title], "strategy", title, where))
        self._strategy = self._strategies[title]

    def _begin_project(self, text: str, where: Where, note: str = "") -> None:
        title = tidy(text)[:LONGEST_TITLE]
        if title in self._projects:
            self._project = self._projects[title]
            return
        draft = Draft(self._key("p"), title, where, self._strategy)
        if note:
            draft.notes.append(note)
        self._projects[title] = self._project = draft
        self._drafts.append(draft)

    def _objective(self, text: str) -> None:
        if self._project is not None and text not in EMPTY:
            before = self._project.values.get("objective", "")
            if text not in before:
                self._project.values["objective"] = f"{before}\n{text}".strip()

    def _owner(self, text: str) -> None:
        if self._project is not None and text and text not in EMPTY:
            self._project.values.setdefault("owner", text[:200])

    def _period(self, values: dict[str, Any], notes: list[str], text: str) -> None:
        if not text or text in EMPTY or "starts_on" in values:
            return
        found = period_of(text, self.year)
        values["period_words"] = text[:120]
        if found is None:
            notes.append("period_unread")
        else:
            values |= {"starts_on": found.start.isoformat(), "ends_on": found.end.isoformat()}
            year = fiscal_year_period(self.year)
            if found.end < year.start or found.start > year.end:
                notes.append("outside_year")

    def _activity(self, title: str, where: Where, owner: str, period: str) -> None:
        if self._project is None or not title or title in EMPTY:
            return
        values: dict[str, Any] = {"owner": owner[:200]} if owner else {}
        notes: list[str] = []
        self._period(values, notes, period)
        line = Line(self._key("a"), "activity", title, where, self._project.key, values, tuple(notes))
        self._drafts.append(line)

    def _money(self, given: dict[str, str], where: Where, *, title: str) -> None:
        project, words = self._project, given.get("budget", "")
        if project is None:
            return
        if not words and given.get("source"):
            project.values["source_words"] = given["source"]
            self._name_source(project, given["source"])
            return
        if not words or needs_no_money(words):
            return
        amount = amount_of(words)
        if amount is None:
            self._miss(words, "amount", where)
            project.notes.append("amount_unread")
            return
        said = source_of(given.get("source", "") or words) or source_of(project.values.get("source_words", ""))
        values = {"planned": _text(amount), "source_kind": said or "budget", "words": words[:200]}
        if (spent := amount_of(given.get("spent", ""))) is not None:
            values["spent_words"] = _text(spent)
        notes = () if said else ("source_not_stated",)
        self._drafts.append(
            Line(self._key("b"), "budget", title[:300], where, project.key, values, notes)
        )

    def _name_source(self, project: Draft, text: str) -> None:
        """A line that stood before its source is told it now."""
        kind = source_of(text)
        for at, one in enumerate(self._drafts):
            is_its = isinstance(one, Line) and one.kind == "budget" and one.parent == project.key
            if kind and is_its and isinstance(one, Line) and "source_not_stated" in one.notes:
                values = {**one.values, "source_kind": kind}
                self._drafts[at] = replace(one, values=values, notes=())

    def _target(self, indicator: str, target: str, where: Where) -> None:
        project = self._project
        if project is None or (not indicator and not target):
            return
        if indicator in EMPTY and target in EMPTY:
            return
        value, unit = value_of(target)
        values = {"value": value, "unit": unit} if value and unit else {}
        title = indicator or target
        if target and not values and indicator:
            title = f"{indicator}: {target}"
        line = Line(self._key("t"), "target", title[:500], where, project.key, values)
        self._drafts.append(line)


def _headings(cells: Sequence[str]) -> bool:
    names = {column_of(cell) for cell in cells} - {"", "number"}
    return len(names) >= _HEADED and bool(names & {"project", "both", "activity"})


def _lines(cell: str) -> str:
    """Return the lines of a cell, each tidied: several activities may stand in one."""
    return "\n".join(words for line in cell.splitlines() if (words := tidy(line)))


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
