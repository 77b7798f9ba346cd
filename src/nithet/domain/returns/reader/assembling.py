"""Captions and tables become a `ReturnDocument`; continuations go on where their item stopped."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    InformationLine,
    ItemKey,
    LevelRow,
    Paragraph,
    ReturnDocument,
)
from nithet.domain.returns.reader import captions
from nithet.domain.returns.reader.captions import Named
from nithet.domain.returns.reader.evidence import read_evidence
from nithet.domain.returns.reader.information import read_information
from nithet.domain.returns.reader.levels import read_level
from nithet.domain.returns.reader.lines import SourceLine, join
from nithet.domain.returns.reader.marks import number_of
from nithet.domain.returns.reader.narrative import NarrativeReader
from nithet.domain.returns.reader.tables import RawReturn, RawTable
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

_OFFICE = re.compile(
    r"(?P<kind>สพ[ปมท])\s?\.\s?(?P<area>[ก-๎]{2,30}?)\s?เขต\s?(?P<number>\d{1,2})(?!\d)"
)
_OFFICE_IN_FULL = re.compile(
    r"สำนักงานเขตพื้นที่การศึกษา(?P<level>ประถมศึกษา|มัธยมศึกษา)\s?(?P<area>[ก-๎]{2,30}?)\s?เขต\s?(?P<number>\d{1,2})(?!\d)"
)
T = TypeVar("T")

_SHORT = {"ประถมศึกษา": "สพป", "มัธยมศึกษา": "สพม"}
_FISCAL_YEAR = re.compile(r"ปีงบประมาณ\s?(?:พ\s?\.\s?ศ\s?\.\s?)?(\d{4})(?!\d)")
_RUNNING_HEAD = re.compile(
    r"(?:(?P<office>.{2,90}?)\s)?ปีงบประมาณ (?P<year>\d{4})$|(?P<alone>(?:สพ[ปมท]\.|สำนักงาน).{2,90})$"
)


@dataclass
class _Part:
    """A table with what its captions say, while its item is being read."""

    named: Named
    table: RawTable
    levels: tuple[LevelRow, ...] = ()
    information: tuple[InformationLine, ...] = ()
    narrative: tuple[Paragraph, ...] = ()
    evidence: tuple[EvidenceMark, ...] = ()

    @property
    def key(self) -> ItemKey:
        return ItemKey(self.named.issue, self.named.indicator, self.named.item)

    def finished(self) -> Block:
        named = self.named
        return Block(
            issue=named.issue,
            indicator=named.indicator,
            item=named.item,
            item_title=named.title,
            continued=named.continued,
            captions=named.captions,
            columns=tuple(join(cell).text for cell in self.table.header),
            levels=self.levels,
            information=self.information,
            narrative=self.narrative,
            evidence=self.evidence,
            line=named.line,
        )


def assemble(raw: RawReturn) -> ReturnDocument:
    """The document that a cut source holds."""
    parts = [_part(table) for table in raw.tables]
    for part in parts:
        part.levels = tuple(_levels(part.table))
        part.information = read_information(_column(part.table, 2), first=not part.named.continued)
        part.evidence = read_evidence(_column(part.table, 4))
    _number_by_requirement(parts)
    _read_narratives(parts)
    blocks = tuple(part.finished() for part in parts)
    heading = tuple(line.words for line in raw.heading)
    texts = list(_texts(heading, blocks))
    head = _running_head(raw.running_heads)
    return ReturnDocument(
        office=head[0] or _office(texts),
        fiscal_year=head[1] or _fiscal_year(texts),
        standard=_first(map(captions.standard_number, texts)),
        indicator=_first(
            [block.indicator for block in blocks] + [captions.indicator_number(t) for t in heading]
        ),
        issue=_first([block.issue for block in blocks] + [captions.issue_code(t) for t in heading]),
        heading=heading,
        columns=next((block.columns for block in blocks if any(block.columns)), ()),
        blocks=blocks,
    )


def _part(table: RawTable) -> _Part:
    return _Part(captions.name(table.captions), table)


def _levels(table: RawTable) -> Iterator[LevelRow]:
    for row in table.rows:
        level = read_level(row.cells[0], row.cells[1])
        if level:
            yield level


def _column(table: RawTable, number: int) -> list[SourceLine]:
    """All lines of a column, rows parted by a blank line."""
    lines: list[SourceLine] = []
    for row in table.rows:
        lines.extend(row.cells[number])
        lines.append(SourceLine(0, ""))
    return lines


def _number_by_requirement(parts: Sequence[_Part]) -> None:
    """An item whose caption has no number has the one of its own requirement ("3. มีการ…")."""
    for part in parts:
        if part.named.item == 0 and part.information:
            number = number_of(part.information[0].mark)
            part.named = part.named._replace(item=number or 0)


def _read_narratives(parts: Sequence[_Part]) -> None:
    """Column 4 item by item, since a continuation goes on in the section before it."""
    readers: dict[ItemKey, NarrativeReader] = {}
    for part in sorted(parts, key=lambda part: part.named.continued):
        reader = readers.setdefault(part.key, NarrativeReader())
        part.narrative = reader.read(_column(part.table, 3))


def _texts(heading: Iterable[str], blocks: Iterable[Block]) -> Iterator[str]:
    """Every text that may name the office or the year, in the order of the document."""
    yield from heading
    for block in blocks:
        yield from block.captions
        yield from (paragraph.text for paragraph in block.narrative)
        yield from (mark.full_text for mark in block.evidence)


def _office(texts: Iterable[str]) -> str | None:
    """The office named most often, as "สพป.เพชรบุรี เขต 1"."""
    names: Counter[str] = Counter()
    for text in map(to_arabic, texts):
        for match in _OFFICE.finditer(text):
            names[f"{match['kind']}.{match['area']} เขต {match['number']}"] += 1
        for match in _OFFICE_IN_FULL.finditer(text):
            names[f"{_SHORT[match['level']]}.{match['area']} เขต {match['number']}"] += 1
    return names.most_common(1)[0][0] if names else None


def _fiscal_year(texts: Iterable[str]) -> int | None:
    """The fiscal year (พ.ศ.) named most often."""
    years = Counter(int(year) for text in texts for year in _FISCAL_YEAR.findall(to_arabic(text)))
    return years.most_common(1)[0][0] if years else None


def _running_head(running_heads: Iterable[str]) -> tuple[str | None, int | None]:
    """Office and year of the first page header that is made like `document.running_head`."""
    for text in map(collapse, running_heads):
        match = _RUNNING_HEAD.match(to_arabic(text))
        if match:
            return match["office"] or match["alone"], int(match["year"]) if match["year"] else None
    return None, None


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
