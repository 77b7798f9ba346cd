"""What the example visits found and agreed; everything carries "ข้อมูลตัวอย่าง" as its source or in its words.

The thirteen committee visits of the document are left alone: nobody is said to have gone, and nothing is added to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions.agreements import AgreementDraft, Check
from nithet.domain.supervision.actions.closing import close_visit
from nithet.domain.supervision.actions.committee import invite_member
from nithet.domain.supervision.actions.development import StepDraft
from nithet.domain.supervision.actions.submissions import content_now
from nithet.domain.supervision.actions.visits import name_visitor, record_visit
from nithet.domain.supervision.actions.writing import VisitContent, write_visit
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import open_agreements
from nithet.domain.supervision.queries.teams import members_who_visit
from nithet.foundation.access.actors import Actor

EVALUATION = "การประเมินผลตามมาตรฐานของสถานศึกษายังไม่ชัดเจน"
PLANNING = "การจัดทำแผนพัฒนาคุณภาพยังไม่สอดคล้องกับมาตรฐาน"
STANDARDS = "การกำหนดมาตรฐานของสถานศึกษายังไม่ชัดเจน"
UNCLEAR = {
    "2/2554": ((EVALUATION, 61), (PLANNING, 54), (STANDARDS, 47)),
    "1/2555": ((EVALUATION, 39), (PLANNING, 33), (STANDARDS, 3)),
}
"""Points that the author of 2555 names, with invented counts of visits: 96 in the first half, 130 in the second."""
IMPRESSIONS = (
    "ผู้บริหารและครูตั้งใจพัฒนาระบบประกันคุณภาพ",
    "ครูใช้ผลการประเมินปรับการสอน",
    "ชุมชนร่วมกำหนดเป้าหมายของโรงเรียน",
)
TOPIC = "ระบบประกันคุณภาพภายใน"
AGREED = (
    ("ทบทวนมาตรฐานและค่าเป้าหมายร่วมกันทั้งโรงเรียน", "ผู้อำนวยการสถานศึกษา"),
    ("จัดทำเครื่องมือประเมินผลรายมาตรฐานและทดลองใช้", "ครูผู้รับผิดชอบงานประกันคุณภาพ"),
)
SEEN = {"impression": [IMPRESSIONS[0]], "to_develop": [EVALUATION], "need": ["ตัวอย่างเครื่องมือประเมินผลรายมาตรฐาน"]}
DUE_AFTER = timedelta(days=60)


def found_on(place: int, count: int, half: str) -> tuple[tuple[Finding.Kind, str], ...]:
    """Return what the visit at a place of its half found: points spread evenly so that the sums are those of `UNCLEAR`."""
    points = [
        (Finding.Kind.TO_DEVELOP, words)
        for turn, (words, number) in enumerate(UNCLEAR[half])
        if (place * number + turn * 17) // count != ((place - 1) * number + turn * 17) // count
    ]
    seen = (Finding.Kind.IMPRESSION, IMPRESSIONS[place % len(IMPRESSIONS)])
    return (seen, *points)


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the second visit to one school; the second is None where there is none."""

    first: Visit
    second: Visit | None


def pairs_of(schools: Sequence[School], project: Project | None) -> list[Pair]:
    """Return the visits of a project to some schools, the earliest and the latest."""
    found = []
    for school in schools:
        rows = Visit.objects.filter(
            school=school, project=project, kind=Visit.Kind.SUPERVISION, state=Visit.State.DONE
        ).select_related("school__unit", "project")
        visits = list(rows.order_by("visited_on"))
        if visits:
            found.append(Pair(visits[0], visits[-1] if len(visits) > 1 else None))
    return found


def accompany(actor: Actor, pairs: Sequence[Pair]) -> None:
    """Agree on two things at the first visit and look at them at the second; close what is told whole."""
    for place, pair in enumerate(pairs):
        _write(actor, pair.first, _begun(pair.first))
        if pair.second is None:
            continue
        second = Visit.objects.select_related("school__unit", "project").get(pk=pair.second.pk)
        _write(actor, second, _followed(second, place))
        for visit in (pair.first, second):
            fresh = Visit.objects.select_related("school__unit", "project").get(pk=visit.pk)
            if place < CLOSED:
                close_visit(actor=actor, visit=fresh, version=fresh.version)


CLOSED = 2


def _write(actor: Actor, visit: Visit, content: VisitContent) -> None:
    write_visit(actor=actor, visit=visit, version=visit.version, content=content)


def _with(content: VisitContent, **new: object) -> VisitContent:
    values = {name: getattr(content, name) for name in VisitContent.__dataclass_fields__} | new
    return VisitContent(**values)


def _begun(visit: Visit) -> VisitContent:
    due = visit.visited_on + DUE_AFTER
    return _with(
        content_now(visit),
        purpose="ติดตามการพัฒนาระบบประกันคุณภาพภายใน (ข้อมูลตัวอย่าง)",
        qa_in_work="partly",
        qa_seen="มีแผนพัฒนา แต่ยังไม่ใช้ผลประเมิน",
        findings=content_now(visit).findings or SEEN,
        agreements=[AgreementDraft(text, owner, due) for text, owner in AGREED],
        steps=[StepDraft(TOPIC, "self_review", "ทบทวนตนเองด้วยแบบประเมินรายมาตรฐาน")],
    )


def _followed(visit: Visit, place: int) -> VisitContent:
    answers = ("done", "partly" if place % 3 else "not_yet")
    checks = [
        Check(agreement, answer, "")
        for agreement, answer in zip(open_agreements(visit.school_id), answers, strict=False)
    ]
    return _with(
        content_now(visit),
        purpose="ติดตามข้อตกลงครั้งก่อน (ข้อมูลตัวอย่าง)",
        qa_in_work="yes" if place % 3 else "partly",
        checks=checks,
        steps=[StepDraft(TOPIC, "done_together", "วิเคราะห์ผลประเมินด้วยกัน")],
    )


def plan_this_week(actor: Actor, schools: Sequence[School], today: date) -> None:
    """Plan visits of the actor on working days of the week, so that there is a week to look at; the project stays empty."""
    monday = today + timedelta(days=7 * (today.weekday() >= SATURDAY) - today.weekday())
    first = max(today, monday)
    days = [first + timedelta(days=n) for n in range(len(schools))]
    for school, day in zip(schools, days, strict=True):
        visit = record_visit(
            actor=actor,
            school=school,
            kind=Visit.Kind.SUPERVISION,
            visited_on=min(day, monday + timedelta(days=4)),
            state=Visit.State.PLANNED,
            need="ติดตามข้อตกลงที่ยังค้าง (ข้อมูลตัวอย่าง)",
        )
        name_visitor(actor=actor, visit=visit, title=actor.name, user_id=actor.user_id)


def invite_committee(actor: Actor, schools: Sequence[School], day: date) -> None:
    """Plan visits of the committee for a day and invite its first member by a link."""
    visits = [
        record_visit(
            actor=actor,
            school=school,
            kind=Visit.Kind.COMMITTEE,
            visited_on=day,
            state=Visit.State.PLANNED,
        )
        for school in schools
    ]
    seats = members_who_visit(actor.writes_in, day)
    if seats:
        invite_member(
            actor=actor,
            visits=visits,
            member=seats[0],
            companion=actor.name,
            programme="08.30 น. พบกันที่สำนักงานเขต แล้วเดินทางไปตามลำดับโรงเรียน (ข้อมูลตัวอย่าง)",
        )


SATURDAY = 5
