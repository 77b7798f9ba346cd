"""What a reader of a return would look for and the file does not hold.

Every entry is found out from this file: a file that has a total does not list it. The names are
English with the Thai term, since they go into machine-readable output as well as before people.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from nithet.domain.returns.document import (
    Item,
    ReturnDocument,
    Section,
    items_of,
    levels_of,
)
from nithet.domain.returns.reader import passages
from nithet.domain.returns.reader.facts.visits import Visit, visits_of
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import Semester, semester

_TOTALITY = re.compile(r"ทั้งหมด|ทั้งสิ้น|ในสังกัด")
_OF_SCHOOLS = re.compile(r"(?:โรงเรียน|สถานศึกษา)[^\d.\n]*$")
_COUNTED = re.compile(r"[^\d\n]{0,12}\d")
_SCHOOLS_COUNTED = re.compile(r"[^\d\n]{0,12}\d[\d,]{0,6}\s?(?:โรงเรียน|แห่ง|โรง)")
_COUNT_BEFORE = re.compile(r"\d[\d,]{0,6}\s?(?:โรงเรียน|แห่ง|โรง)\s?$")
_NEAR = 40
_ENOUGH = 200
"""Words of totality that are looked at; no return has as many."""
_SIGNATURE = re.compile(r"ลงชื่อ|ลายมือชื่อ|\(\s*\.{3,}\s*\)")
_ASSESSOR = re.compile(r"ผู้(?:ทำการ)?ประเมิน|ผู้รายงาน|ผู้รับรอง|คณะกรรมการประเมิน")
_ASSESSED_ON = re.compile(
    r"(?:วันที่|วัน\s?เดือน\s?ปี)\S{0,12}(?:ประเมิน|รายงาน|รับรอง)|(?:ประเมิน|รายงาน)\s?(?:เมื่อ\s?)?วันที่"
)
_VISITORS = re.compile(r"(?:ผู้นิเทศ|ผู้ตรวจเยี่ยม|คณะนิเทศ|โดยคณะ|คณะผู้เยี่ยม|ผู้ออกเยี่ยม|นำโดย)")
_SCORE = re.compile(r"คะแนน(?:รวม|เฉลี่ย|ที่ได้)|รวมคะแนน|ได้\s?\d+\s?คะแนน")


@dataclass(frozen=True, slots=True)
class _Look:
    """A document prepared for looking things up in it."""

    document: ReturnDocument
    items: tuple[Item, ...]
    words: str
    """All of its words and those outside of the tables, a line for each passage."""
    visits: tuple[Visit, ...]


def absent_from(document: ReturnDocument, outside: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of what is missing; ``outside`` are lines of the file that the document leaves out."""
    items = items_of(document)
    look = _Look(document, items, _words(document, items, outside), visits_of(items))
    found = [name for name, is_missing in _QUESTIONS if is_missing(look)]
    return (*found, *_missing_semesters(look.visits), *_empty_sections(items))


def _words(document: ReturnDocument, items: Iterable[Item], outside: Sequence[str]) -> str:
    own = (passage.text for item in items for passage in passages.own_words(item))
    titles = (item.title for item in items)
    return to_arabic("\n".join((*document.heading, *titles, *own, *outside)))


def _says(pattern: re.Pattern[str]) -> Callable[[_Look], bool]:
    return lambda look: not pattern.search(look.words)


def _no_level(look: _Look) -> bool:
    return bool(levels_of(look.document)) and any(item.level is None for item in look.items)


def _no_test_ticks(look: _Look) -> bool:
    tests = [test for item in look.items for test in item.tests]
    return any(test.ticked is None for test in tests)


def _no_evidence_ticks(look: _Look) -> bool:
    marks = [mark for item in look.items for mark in item.evidence]
    return any(mark.boxed and mark.ticked is None for mark in marks)


def _no_total(look: _Look) -> bool:
    return not any(
        _is_total(look.words, match.start(), match.end())
        for match in islice(_TOTALITY.finditer(look.words), _ENOUGH)
    )


def _is_total(words: str, start: int, end: int) -> bool:
    """Whether "ทั้งหมด" counts schools: "โรงเรียนทั้งหมด 180", "ทั้งสิ้น 180 แห่ง", "180 โรงเรียนในสังกัด"."""
    before = words[max(0, start - _NEAR) : start]
    if _OF_SCHOOLS.search(before) and _COUNTED.match(words, end):
        return True
    return bool(_SCHOOLS_COUNTED.match(words, end) or _COUNT_BEFORE.search(before))


def _no_visitors(look: _Look) -> bool:
    return bool(look.visits) and not _VISITORS.search(look.words)


_QUESTIONS: tuple[tuple[str, Callable[[_Look], bool]], ...] = (
    ("office (ชื่อสำนักงานเขตพื้นที่การศึกษา)", lambda look: look.document.office is None),
    ("fiscal year (ปีงบประมาณ)", lambda look: look.document.fiscal_year is None),
    ("issue (ประเด็น)", lambda look: look.document.issue is None),
    ("standard (มาตรฐาน)", lambda look: look.document.standard is None),
    ("indicator (ตัวบ่งชี้)", lambda look: look.document.indicator is None),
    ("level of the self-assessment (ระดับคุณภาพที่เขตประเมินตนเอง)", _no_level),
    ("ticks of the item tests (เครื่องหมายในช่องข้อมูลสารสนเทศ)", _no_test_ticks),
    ("ticks of the evidence (เครื่องหมายในช่องเอกสาร/หลักฐานอ้างอิง)", _no_evidence_ticks),
    ("score (คะแนน)", _says(_SCORE)),
    ("signature (ลายมือชื่อ)", _says(_SIGNATURE)),
    ("assessor (ผู้ประเมิน)", _says(_ASSESSOR)),
    ("date of the assessment (วันที่ประเมิน)", _says(_ASSESSED_ON)),
    ("total number of schools (จำนวนโรงเรียนทั้งหมดในเขตพื้นที่)", _no_total),
    ("visitors of the school visits (ผู้ตรวจเยี่ยมโรงเรียน)", _no_visitors),
)


def _missing_semesters(visits: Sequence[Visit]) -> list[str]:
    """Semesters of the academic years of the visits in which there was none."""
    held = {s for s in (semester(visit.day) for visit in visits) if isinstance(s, Semester)}
    found = {(s.academic_year, s.number) for s in held}
    return [
        f"school visits in semester {number}/{year} (การตรวจเยี่ยมในภาคเรียนที่ {number}/{year})"
        for year in sorted({s.academic_year for s in held})
        for number in (1, 2)
        if (year, number) not in found
    ]


def _empty_sections(items: Iterable[Item]) -> list[str]:
    """Headings that an item does not have, or has with nothing below."""
    missing: list[str] = []
    for item in items:
        for section, name in _SECTIONS:
            stated = any(section in group.none_stated for group in item.groups)
            if not stated and not any(group.entries(section) for group in item.groups):
                missing.append(f"item {item.number}: {name}")
    return missing


_SECTIONS = (
    (Section.FACTORS, "factors (ปัจจัย/วิธีการ)"),
    (Section.PROBLEMS, "problems (ปัญหา/อุปสรรค/ข้อจำกัด)"),
    (Section.TO_DEVELOP, "points to develop (จุดที่ควรพัฒนา)"),
    (Section.WAY_FORWARD, "way forward (แนวทางการพัฒนา)"),
)
