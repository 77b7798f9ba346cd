"""Why a school is proposed, in words, and the order in which the planner looks at schools.

The weights are a declared reading: months since the last visit, agreements, needs, results, size, a school without a head. They
order the planner's own list and are shown to nobody as a rank of schools.
"""

from dataclasses import dataclass, field
from datetime import date

from nithet.kernel.thai_dates import format_date

MOST_MONTHS = 24
AGREEMENT, OVERDUE, MOST_AGREEMENTS = 3, 3, 24
NEED, MOST_NEEDS = 3, 18
RESULT, MOST_RESULTS = 4, 12
SMALL = 3
NO_HEAD = 3
SHOWN_WORDS = 80


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both ends included, on which a school is not visited, and why, as a part of a sentence."""

    starts_on: date
    ends_on: date
    words: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What is known of a school before a year is planned; what is not known is empty or None and weighs nothing.

    `needs` are the words of open needs, the strongest first, `need_strength` the sum of their strengths. `below` names results
    below the office's own mean. `supervisor` is the key of its own supervisor, "" where it has none.
    """

    key: int
    name: str
    network: str = ""
    place: tuple[float, float] | None = None
    district: str = ""
    pupils: int | None = None
    size: str = ""
    is_small: bool = False
    last_visit: date | None = None
    last_committee_visit: date | None = None
    agreements: int = 0
    overdue: int = 0
    needs: tuple[str, ...] = ()
    need_strength: int = 0
    below: tuple[str, ...] = ()
    lacks_head: bool = False
    supervisor: str = ""
    closed: tuple[Span, ...] = field(default=())


def months_between(earlier: date, later: date) -> int:
    """Return whole months between two days, never negative.

    >>> months_between(date(2011, 11, 15), date(2012, 5, 14)), months_between(date(2011, 11, 15), date(2012, 5, 15))
    (5, 6)
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def weight_of(school: SchoolFacts, on: date, planned_before: date | None = None) -> int:
    """Return how early the planner looks at a school; a visit that this plan already has before counts as the last one."""
    last = max((day for day in (school.last_visit, planned_before) if day), default=None)
    months = MOST_MONTHS if last is None else min(months_between(last, on), MOST_MONTHS)
    agreed = min(school.agreements * AGREEMENT + school.overdue * OVERDUE, MOST_AGREEMENTS)
    needs = min(school.need_strength * NEED, MOST_NEEDS)
    results = min(len(school.below) * RESULT, MOST_RESULTS)
    return months + agreed + needs + results + school.is_small * SMALL + school.lacks_head * NO_HEAD


def reasons_of(
    school: SchoolFacts, on: date, planned_before: date | None = None
) -> tuple[str, ...]:
    """Return in Thai why a school is to be visited, the strongest kind of reason first."""
    found = [_since(school, on, planned_before)]
    if school.agreements:
        late = f" เกินกำหนดแล้ว {school.overdue} เรื่อง" if school.overdue else ""
        found.append(f"มีข้อตกลงร่วมกันที่ยังค้าง {school.agreements} เรื่อง{late}")
    if school.needs:
        first = _short(school.needs[0])
        found.append(f"ความต้องการจำเป็นที่ยังไม่ได้รับการตอบสนอง {len(school.needs)} เรื่อง เช่น {first}")
    if school.below:
        found.append("ผลการทดสอบต่ำกว่าค่าเฉลี่ยของเขต: " + _short(", ".join(school.below)))
    if school.is_small and school.pupils is not None:
        found.append(f"โรงเรียนขนาดเล็ก นักเรียน {school.pupils} คน")
    if school.lacks_head:
        found.append("ตำแหน่งผู้บริหารสถานศึกษาว่าง")
    return tuple(found)


def _since(school: SchoolFacts, on: date, planned_before: date | None) -> str:
    if planned_before is not None and (
        school.last_visit is None or planned_before > school.last_visit
    ):
        return f"ครั้งก่อนที่วางแผนไว้ {format_date(planned_before, 'short')}"
    if school.last_visit is None:
        return "ยังไม่มีบันทึกว่าเคยไปนิเทศ"
    months = months_between(school.last_visit, on)
    ago = f" ({months} เดือนก่อน)" if months else ""
    return f"นิเทศครั้งล่าสุด {format_date(school.last_visit, 'short')}{ago}"


def _short(words: str) -> str:
    return words if len(words) <= SHOWN_WORDS else words[: SHOWN_WORDS - 1] + "…"
