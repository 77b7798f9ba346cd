"""Who goes where: own schools first up to a fair share, then whoever has least; visits that stand already are load too."""

from collections.abc import Mapping, Sequence
from math import ceil

from nithet.domain.supervision.rules.distances import centre_of, distance_km
from nithet.domain.supervision.rules.proposing.question import Goer
from nithet.domain.supervision.rules.reasons import SchoolFacts

SLACK = 0.15
"""How much more than an even share somebody keeps of their own schools before others take some over."""
OWN = "ศึกษานิเทศก์ประจำโรงเรียน"
NOBODYS = "โรงเรียนยังไม่มีศึกษานิเทศก์ประจำโรงเรียน มอบผู้ที่มีภาระน้อยที่สุด"

Share = list[tuple[SchoolFacts, str]]


def share_out(
    missing: Sequence[SchoolFacts], supervisors: Sequence[Goer], load: Mapping[str, int]
) -> dict[str, Share]:
    """Give each school to somebody, with the reason; `load` counts the visits that each has already in these days."""
    goers = [one.key for one in supervisors]
    titles = {one.key: one.title for one in supervisors}
    fair = (len(missing) + sum(load.get(key, 0) for key in goers)) / len(goers)
    most = ceil(fair * (1 + SLACK))
    shares: dict[str, Share] = {key: [] for key in goers}
    left: list[SchoolFacts] = []
    for school in missing:
        own = shares.get(school.supervisor)
        if own is not None and len(own) + load.get(school.supervisor, 0) < most:
            own.append((school, OWN))
        else:
            left.append(school)
    centres = {
        key: centre_of([one.place for one, _ in held if one.place]) for key, held in shares.items()
    }
    for school in left:
        key = min(
            goers,
            key=lambda one: (
                load.get(one, 0) + len(shares[one]),
                distance_km(school.place, centres[one]),
                one,
            ),
        )
        if school.supervisor in shares:
            why = f"แบ่งจาก {titles[school.supervisor]} ซึ่งมีภาระเกินส่วนเฉลี่ย"
        else:
            why = NOBODYS
        shares[key].append((school, why))
    return shares
