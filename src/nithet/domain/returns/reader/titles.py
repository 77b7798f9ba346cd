"""When two titles are the same: one document printed twice, a project named in its evidence."""

import re
from dataclasses import dataclass
from enum import StrEnum

from nithet.domain.returns.document import EvidenceMark, ReturnDocument, items_of
from nithet.domain.returns.reader.slips import without_slips
from nithet.kernel.numerals import to_arabic

_SILENT = re.compile(r"[\s.,:;“”\"'()\[\]/–—-]+")
_LONGEST_TITLE = 150


class Nature(StrEnum):
    """Whether an entry names a document or tells of one."""

    DOCUMENT = "document"
    TEXT_BLOCK = "text_block"


@dataclass(frozen=True, slots=True)
class DistinctEvidence:
    """One piece of evidence with every place where the return prints it."""

    title: str
    """As it was printed first."""
    nature: Nature
    marks: tuple[EvidenceMark, ...]
    items: tuple[int, ...]
    """Numbers of the items that use it, each once."""


def comparable(title: str) -> str:
    """A title without white space, punctuation and known slips; digits are Arabic.

    >>> comparable("เอกสาร กรมธรรม์ ของสถานศึกษา") == comparable("เอกสารกรมธรรม์ของถานศึกษา")
    True
    >>> comparable("โรงเรียนวัดโพธิ์") == comparable("โรงเรียนวัดโพธิ์ทัยมณี")
    False
    """
    return _SILENT.sub("", to_arabic(without_slips(title))).casefold()


def distinct_evidence(document: ReturnDocument) -> tuple[DistinctEvidence, ...]:
    """The evidence of a return, each piece once however often and however spaced it is printed."""
    found: dict[str, list[tuple[int, EvidenceMark]]] = {}
    for item in items_of(document):
        for mark in item.evidence:
            found.setdefault(comparable(mark.full_text), []).append((item.number, mark))
    return tuple(
        DistinctEvidence(
            title=uses[0][1].title,
            nature=_nature(uses[0][1]),
            marks=tuple(mark for _, mark in uses),
            items=tuple(dict.fromkeys(number for number, _ in uses)),
        )
        for uses in found.values()
    )


def distinct_projects(document: ReturnDocument) -> tuple[str, ...]:
    """Titles of the projects named in column 3, each once, as printed first."""
    titles: dict[str, str] = {}
    for item in items_of(document):
        for project in item.projects:
            titles.setdefault(comparable(project.text), project.text)
    return tuple(titles.values())


def _nature(mark: EvidenceMark) -> Nature:
    tells = bool(mark.body) or len(mark.title) > _LONGEST_TITLE
    return Nature.TEXT_BLOCK if tells else Nature.DOCUMENT
