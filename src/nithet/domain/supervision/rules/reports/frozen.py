"""A report as plain values that JSON keeps, and back: what an issue freezes and what its page shows later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.supervision.rules.reports.model import (
    Block,
    Cell,
    Chapter,
    Figure,
    Picture,
    Points,
    Report,
    Signature,
    Table,
    Words,
)
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.digest import digest_of

Plain = dict[str, Any]


def to_plain(report: Report) -> Plain:
    """Return a report as plain values; photographs stand in its files only."""
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "office": report.office,
        "population": report.population,
        "dated": report.dated.isoformat(),
        "gaps": list(report.gaps),
        "figures": [_figure(one) for one in report.figures],
        "chapters": [
            {
                "title": one.title,
                "level": one.level,
                "blocks": [_block(block) for block in one.blocks if not isinstance(block, Picture)],
            }
            for one in report.chapters
        ],
    }


def from_plain(plain: Plain) -> Report:
    """Return the report that `to_plain` made plain."""
    return Report(
        title=plain["title"],
        subtitle=plain["subtitle"],
        office=plain["office"],
        chapters=tuple(
            Chapter(one["title"], tuple(_block_of(block) for block in one["blocks"]), one["level"])
            for one in plain["chapters"]
        ),
        population=plain["population"],
        dated=date.fromisoformat(plain["dated"]),
        figures=tuple(_figure_of(one) for one in plain["figures"]),
        gaps=tuple(plain["gaps"]),
    )


def facts_digest(plain: Plain) -> str:
    """Return the digest of what a report says, without the day on which it was made: the same facts have the same one."""
    return digest_of({name: value for name, value in plain.items() if name != "dated"})


def refs_in(report: Report) -> frozenset[RecordRef]:
    """Return every record that the figures and points of a report name."""
    named = {ref for one in report.every_figure() for ref in one.rows}
    for chapter in report.chapters:
        for block in chapter.blocks:
            if isinstance(block, Points):
                named |= {ref for ref in block.refs if ref is not None}
    return frozenset(named)


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that says something else by now; "" where it stands in one of the two only."""

    name: str
    then: str
    now: str


def moved_figures(then: Report, now: Report) -> list[Moved]:
    """Return the figures that differ, in the order of the issued report, new ones last."""
    before = {one.code: one for one in then.every_figure()}
    after = {one.code: one for one in now.every_figure()}
    codes = [*before, *(code for code in after if code not in before)]
    found = []
    for code in codes:
        old, new = before.get(code), after.get(code)
        words = (old.words if old else "", new.words if new else "")
        if words[0] != words[1]:
            found.append(Moved((old or after[code]).name, *words))
    return found


def _figure(one: Figure) -> Plain:
    return {
        "figure": one.code,
        "name": one.name,
        "n": one.n,
        "unit": one.unit,
        "of": one.of,
        "note": one.note,
        "rows": [str(ref) for ref in one.rows],
    }


def _figure_of(plain: Plain) -> Figure:
    return Figure(
        plain["figure"],
        plain["name"],
        plain["n"],
        plain["unit"],
        plain["of"],
        tuple(RecordRef.parse(ref) for ref in plain["rows"]),
        plain["note"],
    )


def _block(block: Words | Points | Table | Signature) -> Plain:
    match block:
        case Words():
            return {"block": "words", "text": block.text}
        case Points():
            refs = [str(ref) if ref else "" for ref in block.refs]
            return {
                "block": "points",
                "texts": list(block.texts),
                "empty": block.empty,
                "refs": refs,
            }
        case Table():
            return {
                "block": "table",
                "title": block.title,
                "heads": list(block.heads),
                "widths": [str(one) for one in block.widths],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "note": block.note,
                "empty": block.empty,
            }
        case Signature():
            return {"block": "signature", "title": block.title}


def _block_of(plain: Plain) -> Block:
    match plain["block"]:
        case "points":
            refs = tuple(RecordRef.parse(ref) if ref else None for ref in plain["refs"])
            return Points(tuple(plain["texts"]), plain["empty"], refs)
        case "table":
            return Table(
                plain["title"],
                tuple(plain["heads"]),
                tuple(float(one) for one in plain["widths"]),
                tuple(tuple(_cell_of(cell) for cell in row) for row in plain["rows"]),
                plain["note"],
                plain["empty"],
            )
        case "signature":
            return Signature(plain["title"])
        case _:
            return Words(plain["text"])


def _cell(cell: Cell) -> str | Plain:
    return _figure(cell) if isinstance(cell, Figure) else cell


def _cell_of(plain: str | Plain) -> Cell:
    return plain if isinstance(plain, str) else _figure_of(plain)
