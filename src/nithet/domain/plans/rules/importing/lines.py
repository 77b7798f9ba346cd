"""What an old plan proposes, as plain values that can be kept and shown."""

from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = ("strategy", "project", "activity", "budget", "target")


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands in a file: a row of a table (both counted from 1), or a paragraph."""

    table: int = 0
    row: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One proposed line.

    `parent` is the key of the project it belongs to (of the strategy, for a project; "" for none). `values` are those of the
    record that it would become; dates are ISO texts, amounts texts with two decimals. `notes` are codes of what a person
    should look at: "period_unread", "outside_year", "amount_unread", "source_not_stated", "named_by_its_first_word".
    """

    key: str
    kind: str
    title: str
    where: Where
    parent: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a file that became no line. `why` is a code: "column", "amount", "no_project", "outside"."""

    text: str
    why: str
    where: Where


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file gives."""

    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]


def as_json(reading: Reading) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return lines and what was not understood as JSON values."""
    return [asdict(one) for one in reading.lines], [asdict(one) for one in reading.unread]


def line_of(kept: dict[str, Any]) -> Line:
    """Return a line of its kept values."""
    values = {name: kept[name] for name in ("key", "kind", "title", "parent", "values")}
    return Line(**values, where=Where(**kept["where"]), notes=tuple(kept["notes"]))
