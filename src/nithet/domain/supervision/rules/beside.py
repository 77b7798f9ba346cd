"""What is decided for a visit of the plan, in words: schools that share a day, said anew when one of them moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from nithet.domain.supervision.rules.distances import great_circle_km


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A school of a day; `place` None where its coordinates are not known, `network` "" where it belongs to none."""

    name: str
    place: tuple[float, float] | None = None
    network: str = ""


def beside_words(school: Neighbour, others: Sequence[Neighbour]) -> str:
    """Say with which other schools a school shares its day, and how far they lie; "" where it is alone.

    >>> beside_words(Neighbour("ก", network="1"), [Neighbour("ข", network="1"), Neighbour("ค")])
    'ไปวันเดียวกับ ข (เครือข่ายเดียวกัน), ค'
    >>> beside_words(Neighbour("ก"), [])
    ''
    """
    if not others:
        return ""
    named = []
    for other in others:
        if school.place and other.place:
            named.append(f"{other.name} ห่าง {great_circle_km(school.place, other.place):.1f} กม.")
        elif school.network and school.network == other.network:
            named.append(f"{other.name} (เครือข่ายเดียวกัน)")
        else:
            named.append(other.name)
    return "ไปวันเดียวกับ " + ", ".join(named)


def decided_words(who: str, beside: str, day: str, insisted: str) -> list[str]:
    """Return what was decided for a visit of the plan, one sentence each, what says nothing left out.

    >>> decided_words("ศึกษานิเทศก์ประจำโรงเรียน", "", "", "วันประชุมผู้ปกครอง")
    ['ศึกษานิเทศก์ประจำโรงเรียน', 'ไปในวันนี้ทั้งที่โรงเรียนปิด เพราะวันประชุมผู้ปกครอง']
    """
    closed = f"ไปในวันนี้ทั้งที่โรงเรียนปิด เพราะ{insisted}" if insisted else ""
    return [one for one in (who, beside, day, closed) if one]
