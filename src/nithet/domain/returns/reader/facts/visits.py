"""Visits to schools: a date followed at once by the schools that were visited."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nithet.domain.returns.document import Item, Paragraph, Role
from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import to_arabic
from nithet.kernel.thai_dates import ERA_PATTERN, MONTH_PATTERN, parse_date

_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}\s?(?:เดือน\s?)?{MONTH_PATTERN}\s?(?:{ERA_PATTERN}\s?)?\d{{2,4}}(?!\d)"
)
_SCHOOL = r"(?:โรงเรียน|ร\s?\.\s?ร\s?\.|รร\s?\.)"
_FOLLOWS = re.compile(
    rf"\s*(?:น\.)?\s*(?:[:：,-]|ณ|ที่|ได้แก่|ออกเยี่ยม|เยี่ยม|นิเทศ|ตรวจเยี่ยม)?\s*(?={_SCHOOL})"
)
_BEFORE_NAME = re.compile(_SCHOOL)
_PARTED = re.compile(r"\s*(?:,|;|/|\sและ(?=โรงเรียน|\s|วัด|บ้าน|ชุมชน|อนุบาล)|\s+และ\s*$)\s*")
_NAME_ENDS = re.compile(r"\s+(?:และ|จำนวน|รวม|โดย|เพื่อ|พบ|มี|เวลา|ซึ่ง|วันที่)(?=\s|\S).*", re.DOTALL)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Visit:
    """The schools visited on one day, by the names written after "โรงเรียน"."""

    day: date
    schools: tuple[str, ...]
    line: int | None


def visits_of(items: Iterable[Item]) -> tuple[Visit, ...]:
    """The visits that points of the narrative list, in the order of the items."""
    return tuple(
        visit
        for item in items
        for group in item.groups
        for paragraph in group.paragraphs
        if paragraph.role is Role.POINT
        for visit in visits_in(paragraph)
    )


def visits_in(paragraph: Paragraph) -> Iterator[Visit]:
    """The visits one point lists: a date, then schools, up to the next date."""
    text = to_arabic(paragraph.text)
    dates = list(_DATE.finditer(text))
    ends = [*(match.start() for match in dates), len(text)][1:]
    for match, end in zip(dates, ends, strict=True):
        day = _day(match[0])
        follows = _FOLLOWS.match(paragraph.text, match.end())
        if day and follows:
            schools = school_names(paragraph.text[follows.end() : end])
            if schools:
                yield Visit(day, schools, paragraph.line)


def school_names(text: str) -> tuple[str, ...]:
    """The names in a list of schools, as written after "โรงเรียน", each once and whole.

    >>> school_names("โรงเรียนวัดเขมา โรงเรียนวัดกุญชร, โรงเรียนวัดโพธิ์,โรงเรียนวัดโพธิ์ทัยมณี")
    ('วัดเขมา', 'วัดกุญชร', 'วัดโพธิ์', 'วัดโพธิ์ทัยมณี')
    >>> school_names("โรงเรียนบ้านท่าเสลา, บ้านพุพลู และโรงเรียนอนุบาลเพชรบุรี")
    ('บ้านท่าเสลา', 'บ้านพุพลู', 'อนุบาลเพชรบุรี')
    """
    names = (
        _trimmed(name) for listed in _BEFORE_NAME.split(text) for name in _PARTED.split(listed)
    )
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= _LONGEST_NAME))


def _trimmed(name: str) -> str:
    name = _NAME_ENDS.sub("", name).strip(" ,;.:")
    return name.removesuffix("และ").strip(" ,;.:")


def _day(text: str) -> date | None:
    try:
        return parse_date(text).date
    except BadInput:
        return None
