"""Numbers with what they count, and totals that do not agree with what is listed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nithet.domain.returns.document import Item, Paragraph, Role
from nithet.domain.returns.reader import passages
from nithet.domain.returns.reader.facts.visits import visits_in
from nithet.domain.returns.reader.passages import Passage, snippet
from nithet.kernel.numerals import to_arabic

_UNITS = (
    "แผนงาน/โครงการ", "โครงการ", "กิจกรรม", "โรงเรียน", "สถานศึกษา", "ศูนย์", "แห่ง", "คน", "ท่าน",
    "รูป", "คณะ", "วัน(?!ที่)", "ชั่วโมง", "ครั้ง(?!ที่)", "ขั้นตอน(?!ที่)", "ขั้น(?!พื้นฐาน|ตอน)",
    "ประเด็น(?!ที่)", "ปี(?!งบประมาณ|การศึกษา|ที่)", "ภาคเรียน(?!ที่)", "เดือน", "สัปดาห์",
    "เครือข่าย", "กลุ่ม(?!สาระ)", "ห้องเรียน", "ห้อง", "ชุด", "เล่ม", "แผ่น", "เครื่อง", "เรื่อง", "ด้าน",
    "ข้อ(?!ที่|มูล|จำกัด|สอบ|ตกลง|คิด|เสนอ)", "มาตรฐาน(?!ที่|การ)", "ตัวบ่งชี้(?!ที่)", "หลักสูตร", "รุ่น(?!ที่)",
    "ล้านบาท", "บาท", "เปอร์เซ็นต์", "%", "อำเภอ", "ตำบล", "ช่องทาง", "นโยบาย",
)  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COUNT = re.compile(
    rf"(?<![\d.,/])(?P<number>{_NUMBER})(?![\d.,/]\d)\s?(?P<unit>{'|'.join(_UNITS)})"
    rf"|ร้อยละ\s?(?P<share>{_NUMBER})(?!\d)"
)
_ORDINAL = re.compile(r"(?:ที่|เขต|ระดับ|ข้อ|ฉบับ|ชั้น|ป\.|ม\.|หมู่|เล่ม)\s?$")
_YEAR = re.compile(r"2[45]\d\d$")
_STEPS = "ขั้นตอน"
_LIST_FOLLOWS = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ได้แก่|คือ|ประกอบด้วย)\s*:?\s*(?:\(.*\))?$")
_ITEMS_OF_FORM = re.compile(r"(?:ทั้ง|ครบ)\s?(\d{1,2})\s?ข้อ")
_SCHOOLS = ("โรงเรียน", "แห่ง", "สถานศึกษา")
_LONGEST_NUMBER = 15
_NOT_LISTED = ("คน", "ท่าน", "บาท", "ล้านบาท", "วัน", "ชั่วโมง", "ปี", "เดือน", "%", "ร้อยละ", *_SCHOOLS)
"""Units of which an indented list need not have one line for each."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts."""

    value: int | float
    unit: str
    text: str
    """The words around it."""
    line: int | None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that the list behind it does not have; ``text`` is the sentence that declares it."""

    line: int | None
    text: str
    declared: int
    listed: int


def counts_in(items: Iterable[Item]) -> tuple[Count, ...]:
    """Numbers that the office wrote, in narrative and evidence, in the order of the items.

    A point that tells of steps and lists them below without a number of its own counts them. What
    the form itself prints is left out, and so are ordinals, codes and years.
    """
    found: list[Count] = []
    for item in items:
        found.extend(_written(item))
        found.extend(_listed_steps(item))
    return tuple(sorted(found, key=lambda count: count.line or 0))


def mismatches(items: Sequence[Item]) -> Iterator[Mismatch]:
    """Declared totals that differ from what is listed; silence where there is no list."""
    missing = missing_items(items)
    if missing:
        yield missing
    for item in items:
        for parent, below in _lists(item):
            if _LIST_FOLLOWS.search(parent.text):
                yield from _compared(parent, below)


def find_counts(passage: Passage) -> Iterator[Count]:
    """The numbers of one text.

    >>> passage = Passage("รวมโรงเรียนละ ๓ คน จำนวน 1 วัน ปีการศึกษา 2555 โรงเรียน เขต 1 ปีงบประมาณ", 7, ())
    >>> [(count.value, count.unit) for count in find_counts(passage)]
    [(3, 'คน'), (1, 'วัน')]
    """
    text = to_arabic(passage.text)
    for match in _COUNT.finditer(text):
        number = match["number"] or match["share"]
        if _is_count(text, match, number):
            around = snippet(passage.text, match.start(), match.end())
            unit = match["unit"] or "ร้อยละ"
            yield Count(_value(number), unit, around, passage.line_at(match.start()))


def _is_count(text: str, match: re.Match[str], number: str) -> bool:
    if len(number) > _LONGEST_NUMBER or _YEAR.match(number):
        return False
    return bool(match["share"]) or not _ORDINAL.search(
        text[max(0, match.start() - 8) : match.start()]
    )


def _value(number: str) -> int | float:
    exact = Fraction(number.replace(",", ""))
    return int(exact) if exact.denominator == 1 else float(exact)


def _written(item: Item) -> Iterator[Count]:
    for passage in passages.own_words(item):
        yield from find_counts(passage)


def _listed_steps(item: Item) -> Iterator[Count]:
    for parent, below in _lists(item):
        numbered = any(count.unit == _STEPS for count in find_counts(passages.of(parent)))
        if _STEPS in parent.text and not numbered and len(below) > 1:
            yield Count(len(below), _STEPS, parent.text, parent.line)


def _lists(item: Item) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Points with the points directly below them, across continuation blocks."""
    for group in item.groups:
        points = [p for p in group.paragraphs if p.role in (Role.POINT, Role.HEADING)]
        for index, parent in enumerate(points):
            below = _below(points, index) if parent.role is Role.POINT else []
            if below:
                yield parent, below


def _below(points: Sequence[Paragraph], index: int) -> list[Paragraph]:
    parent = points[index]
    below: list[Paragraph] = []
    for point in points[index + 1 :]:
        if point.role is Role.HEADING or point.depth <= parent.depth:
            break
        below.append(point)
    nearest = min((point.depth for point in below), default=0)
    return [point for point in below if point.depth == nearest]


def _compared(parent: Paragraph, below: Sequence[Paragraph]) -> Iterator[Mismatch]:
    for count in find_counts(passages.of(parent)):
        schools = [name for point in below for visit in visits_in(point) for name in visit.schools]
        if count.unit in _SCHOOLS and schools:
            listed = len(set(schools))
        elif count.unit not in _NOT_LISTED:
            listed = len(below)
        else:
            continue
        if listed != count.value and isinstance(count.value, int):
            yield Mismatch(count.line, parent.text, count.value, listed)


def missing_items(items: Sequence[Item]) -> Mismatch | None:
    """The levels speak of "ทั้ง 5 ข้อ": as many items should be there. None where they are."""
    for row in (row for item in items for row in item.levels):
        match = _ITEMS_OF_FORM.search(row.text)
        if match:
            declared, listed = int(match[1]), len({item.number for item in items})
            if declared == listed:
                return None
            return Mismatch(row.line, row.text, declared, listed)
    return None
