"""The groups that an area office has by the ministry's announcements, as data with the years in which they hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsualGroup:
    """A group with the first and the last fiscal year (พ.ศ.) in which it is usual; no last one: still."""

    name: str
    short_name: str
    from_year: int
    until_year: int | None = None


# The announcements of 2553, 2560 and 2561 changed the list; the years are a reading that an office may change for itself.
USUAL_GROUPS = (
    UsualGroup("กลุ่มอำนวยการ", "อำนวยการ", 2546),
    UsualGroup("กลุ่มนโยบายและแผน", "นผ.", 2546),
    UsualGroup(
        "กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร", "DLICT", 2561
    ),
    UsualGroup("กลุ่มบริหารงานการเงินและสินทรัพย์", "การเงินฯ", 2553),
    UsualGroup("กลุ่มบริหารงานบุคคล", "บุคคล", 2546),
    UsualGroup("กลุ่มพัฒนาครูและบุคลากรทางการศึกษา", "พัฒนาครูฯ", 2561),
    UsualGroup("กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา", "กลุ่มนิเทศฯ", 2546),
    UsualGroup("กลุ่มส่งเสริมการจัดการศึกษา", "ส่งเสริมฯ", 2546),
    UsualGroup("กลุ่มส่งเสริมสถานศึกษาเอกชน", "เอกชน", 2546, 2560),
    UsualGroup("กลุ่มกฎหมายและคดี", "กฎหมายฯ", 2562),
    UsualGroup("หน่วยตรวจสอบภายใน", "ตสน.", 2546),
)


def groups_of_year(year: int) -> list[UsualGroup]:
    """List the groups usual in a fiscal year (พ.ศ.), in the order of the official list.

    >>> len(groups_of_year(2569))
    10
    >>> "กลุ่มกฎหมายและคดี" in [g.name for g in groups_of_year(2555)]
    False
    """
    return [
        one
        for one in USUAL_GROUPS
        if one.from_year <= year and (one.until_year is None or year <= one.until_year)
    ]
