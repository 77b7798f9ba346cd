"""A report as plain values: chapters of words, points and tables, whose figures name the records they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from nithet.foundation.refs.registry import RecordRef


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with n and N. `of` None: it is a count of its own; `rows` are the records counted, at most `n` of them.

    `code` names it in addresses, once a report. `name` says what is counted, `unit` in which unit.
    """

    code: str
    name: str
    n: int
    unit: str
    of: int | None = None
    rows: tuple[RecordRef, ...] = field(default=(), repr=False)
    note: str = ""

    @property
    def words(self) -> str:
        """Return "12 จาก 30 โรงเรียน", or "12 ครั้ง".

        >>> Figure("a", "", 12, "โรงเรียน", 30).words, Figure("b", "", 3, "ครั้ง").words
        ('12 จาก 30 โรงเรียน', '3 ครั้ง')
        """
        return (
            f"{self.n:,} จาก {self.of:,} {self.unit}"
            if self.of is not None
            else f"{self.n:,} {self.unit}"
        )

    @property
    def percent(self) -> str:
        """Return the share in per cent with two decimals, half up; "–" where nothing can be divided.

        >>> Figure("a", "", 2, "", 3).percent, Figure("a", "", 0, "", 0).percent
        ('66.67', '–')
        """
        if not self.of:
            return "–"
        tenths = (self.n * 1_000_000 // self.of + 50) // 100
        return f"{tenths // 100}.{tenths % 100:02}"


Cell = str | Figure


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Points under one another; `empty` is said where there is none. `refs` are their records, "" where there is none."""

    texts: tuple[str, ...]
    empty: str = "ไม่มีบันทึก"
    refs: tuple[RecordRef | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are shares of the sheet, `note` is said under it."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = "ไม่มีบันทึก"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph with its title; PNG or JPEG."""

    data: bytes
    title: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Room for somebody to sign, with the title under it."""

    title: str


Block = Words | Points | Table | Picture | Signature

WRITE_HERE = "." * 90
"""A line to write on."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter or a part of one (`level` 2)."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `gaps` are what the records do not show, said in it and above it; `figures` stand at its head."""

    title: str
    subtitle: str
    office: str
    chapters: tuple[Chapter, ...]
    population: str
    dated: date
    figures: tuple[Figure, ...] = ()
    gaps: tuple[str, ...] = ()

    def every_figure(self) -> Iterator[Figure]:
        """Yield every figure, each code once, those of the head first."""
        seen: set[str] = set()
        for one in (*self.figures, *self._of_tables()):
            if one.code not in seen:
                seen.add(one.code)
                yield one

    def _of_tables(self) -> Iterator[Figure]:
        for chapter in self.chapters:
            for block in chapter.blocks:
                if isinstance(block, Table):
                    yield from (
                        cell for row in block.rows for cell in row if isinstance(cell, Figure)
                    )

    def figure(self, code: str) -> Figure | None:
        """Return a figure by its code."""
        return next((one for one in self.every_figure() if one.code == code), None)
