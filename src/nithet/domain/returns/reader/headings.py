"""The fixed headings of column 4, however an office writes them.

ปัจจัย/วิธีการ…, ผลการดำเนินงาน, ปัญหา/อุปสรรค/ข้อจำกัด…, จุดที่ควรพัฒนา, แนวทางการพัฒนา: with or
without their number, with "/" or without, with the long tail or without, "(ไม่มี)" on the same line.
"""

import re
from typing import NamedTuple

from nithet.domain.returns.document import Section
from nithet.domain.returns.reader.marks import number_of, split_mark
from nithet.kernel.text import collapse

_TAIL = r"(?:\s*ที่\s*(?:ทำ|ส่งผล)\s*ให้(?:\s*การดำเนินงาน)?\s*(?:ไม่)?\s*(?:เกิดผล|ประสบ|บรรลุ|เป็นไป)?\s*(?:ความ|ผล)?\s*สำเร็จ\s*(?:ตาม)?\s*(?:เป้าหมาย)?)"
_AND = r"\s*(?:/|และ|หรือ|,)?\s*"
_PATTERNS = (
    (
        Section.FACTORS,
        1,
        rf"ปัจจัย(?:{_AND}(?:วิธีการ|กระบวนการ|วิธีดำเนินการ))?(?:{_TAIL})?(?:\s*/?\s*best\s*practices?)?",
    ),
    (
        Section.PROBLEMS,
        2,
        rf"(?:ปัญหา{_AND}อุปสรรค(?:{_AND}ข้อจำกัด)?|ปัญหา{_AND}ข้อจำกัด|อุปสรรค(?:{_AND}ข้อจำกัด)?|ข้อจำกัด|ปัญหา)(?:{_TAIL})?",
    ),
    (
        Section.TO_DEVELOP,
        3,
        r"(?:จุด|ประเด็น|สิ่ง|เรื่อง|ข้อ)\s*ที่\s*(?:ควร|ต้อง)\s*(?:ได้รับการ|ปรับปรุง\s*/?\s*)?\s*พัฒนา",
    ),
    (
        Section.WAY_FORWARD,
        4,
        rf"แนวทาง(?:ใน)?\s*(?:การ)?\s*(?:พัฒนา|แก้ไข|แก้ปัญหา)(?:{_AND}(?:พัฒนา|แก้ไข))?(?:ปัญหา)?",
    ),
    (Section.RESULTS, 0, r"ผล(?:การดำเนินงาน|การดำเนินการ|ที่เกิดขึ้น|ที่ได้รับ|สำเร็จ)"),
)
_COMPILED = tuple(
    (section, number, re.compile(rf"\s*{pattern}", re.IGNORECASE))
    for section, number, pattern in _PATTERNS
)
_ENDS = re.compile(r"\s*(?:\(\s*ต่อ\s*\))?\s*[:：]?\s*(?:$|(?=[-–—•(]|\d+\.\d|ไม่มี))")
_OWN_WORDING = re.compile(r"\s*(?:ของ|ใน|และ|ด้าน|ต่อไป|สำหรับ)")
_LONGEST_WORDING = 60
_SURE = 12
"""Letters of the form's own wording from which a numbered line is a heading whatever follows."""


class Heading(NamedTuple):
    """A heading and what its author wrote behind it on the same line."""

    section: Section
    mark: str
    text: str
    rest: str


def split_heading(text: str, *, exact: bool = False) -> Heading | None:
    """The heading at the beginning of a line, or None.

    With the number that the form gives it, a heading may go on in words of its author's own, unless
    it has to be ``exact``.

    >>> split_heading("2. อุปสรรค/ข้อจำกัด ที่ทำให้การดำเนินงานไม่ประสบความสำเร็จตามเป้าหมาย")[:2]
    (<Section.PROBLEMS: 'problems'>, '2.')
    >>> split_heading("4. .แนวทางการพัฒนา")
    Heading(section=<Section.WAY_FORWARD: 'way_forward'>, mark='4. .', text='แนวทางการพัฒนา', rest='')
    >>> split_heading("๓.จุดที่ควรพัฒนา  -   (ไม่มี)    -").rest
    '-   (ไม่มี)    -'
    >>> split_heading("4. แนวทางการพัฒนาของโรงเรียน").text, split_heading("2. ปัญหาในโรงเรียน")
    ('แนวทางการพัฒนาของโรงเรียน', None)
    >>> split_heading("2.1 ปัญหาการขาดแคลนบุคลากร"), split_heading("ผลการดำเนินงานดีขึ้นทุกปี")
    (None, None)
    """
    marked = split_mark(text)
    if marked and number_of(marked.mark) is None:
        return None
    mark, words = (marked.mark, marked.rest) if marked else ("", text)
    for section, number, pattern in _COMPILED:
        match = pattern.match(words)
        if match is None:
            continue
        may_go_on = not exact and bool(mark) and number_of(mark) == number
        end = _end_of_heading(words, match, may_go_on=may_go_on)
        if end is not None:
            rest = words[end:].lstrip(" \t:：")
            return Heading(section, mark, collapse(words[:end]).rstrip(" :："), rest)
    return None


def _end_of_heading(words: str, match: re.Match[str], *, may_go_on: bool) -> int | None:
    """Where the heading ends; None if the line is a sentence that only begins like one."""
    ends = _ENDS.match(words, match.end())
    if ends:
        return ends.end()
    sure = may_go_on and len(match[0].strip()) >= _SURE and len(words) <= _LONGEST_WORDING
    return len(words) if sure and _OWN_WORDING.match(words, match.end()) else None
