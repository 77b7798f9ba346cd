"""What the year report says is missing from the records."""

from collections.abc import Iterator
from dataclasses import dataclass

from nithet.domain.supervision.queries.counting import CommitteeCover, YearCover
from nithet.domain.supervision.queries.reports.reading import (
    COMMITTEE,
    SUPERVISION,
    Read,
    unnamed,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the chapters of the year found: policies, objectives of projects, a plan that was approved."""

    policies: bool
    objectives: bool
    plan: bool


def gaps_of(found: Read, cover: YearCover, committee: CommitteeCover, said: Said) -> Iterator[str]:
    """Say what the records do not show."""
    if not said.policies:
        yield "ยังไม่ได้บันทึกนโยบายของปีงบประมาณ"
    if not said.objectives:
        yield "ไม่มีวัตถุประสงค์ของโครงการที่นิเทศบันทึกไว้"
    if not said.plan:
        yield "ยังไม่มีแผนการนิเทศที่อนุมัติ จึงเทียบผลกับแผนไม่ได้"
    every = found.done()
    if missing := unnamed(every):
        yield f"การนิเทศและตรวจเยี่ยม {len(missing)} จาก {len(every)} ครั้ง ไม่ได้บันทึกว่าใครไป จึงแสดงรายบุคคลไม่ได้"
    for kind, words in ((SUPERVISION, "การนิเทศ"), (COMMITTEE, "การตรวจเยี่ยมของคณะกรรมการ")):
        for part in cover.semesters:
            here = [one for one in found.done(kind) if one.visited_on in part.semester.period]
            if part.has_begun and not here:
                yield f"{part.semester} ไม่มีบันทึก{words}"
    bare = [one for one in found.done(SUPERVISION) if not one.findings.all()]
    if bare:
        yield f"การนิเทศ {len(bare)} จาก {len(found.done(SUPERVISION))} ครั้ง ไม่มีบันทึกสิ่งที่พบ"
    yield from _members(committee)


def _members(committee: CommitteeCover) -> Iterator[str]:
    """Members whom no visit of a semester names; where visits name nobody, whether they went cannot be told."""
    for at, part in enumerate(committee.semesters):
        begun = [one for one in committee.members if one.semesters[at].has_begun]
        left = [one for one in begun if not one.semesters[at].count]
        if not left:
            continue
        unsure = committee.unnamed[at]
        why = f" (อีก {unsure} ครั้งไม่ได้บันทึกว่าใครไป จึงบอกไม่ได้ว่าไปหรือไม่)" if unsure else ""
        yield f"{part} กรรมการ {len(left)} จาก {len(begun)} คน ไม่มีบันทึกการตรวจเยี่ยมรายบุคคล{why}"
