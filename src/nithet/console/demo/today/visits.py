"""Visits of two semesters with what they found, what was agreed and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.today.calendar import is_taught, spread_over, working_days, written_on
from nithet.console.demo.today.people import supervisor_of, title_of
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions.agreements import AgreementDraft, Check
from nithet.domain.supervision.actions.closing import close_visit
from nithet.domain.supervision.actions.development import StepDraft
from nithet.domain.supervision.actions.submissions import content_now
from nithet.domain.supervision.actions.visits import VisitDraft, record_visits
from nithet.domain.supervision.actions.writing import VisitContent, write_visit
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import open_agreements
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock

KIND = Finding.Kind
IMPRESSIONS = (
    "ครูจัดกิจกรรมให้นักเรียนลงมือทำและนำเสนอด้วยตนเอง",
    "ผู้บริหารเข้าชั้นเรียนและร่วมวงสะท้อนผลกับครูทุกสัปดาห์",
    "ชุมชนช่วยเป็นวิทยากรท้องถิ่นในวันศุกร์",
    "ครูใช้ผลการอ่านรายบุคคลจัดกลุ่มซ่อมเสริม",
    "นักเรียนดูแลแปลงเกษตรและจดบันทึกต้นทุนเอง",
    "ครูสองคนจัดชั้นเรียนคละชั้นได้เป็นระบบ",
    "มุมอ่านในห้องเรียนมีผลงานนักเรียนเป็นปัจจุบัน",
)
TO_DEVELOP = (
    "การออกแบบการวัดผลระหว่างเรียนให้ตรงกับตัวชี้วัด",
    "การใช้คำถามปลายเปิดและรอคำตอบของนักเรียน",
    "การนำผลประเมินตนเอง (SAR) ไปปรับแผนของปีถัดไป",
    "การจัดการเรียนรู้แบบคละชั้นในโรงเรียนที่ครูไม่ครบชั้น",
    "การใช้สื่อ DLTV ให้มีกิจกรรมของครูปลายทาง",
)
PROBLEMS = (
    "ครูหนึ่งคนสอนสองชั้น เวลาเตรียมสอนน้อย",
    "สัญญาณอินเทอร์เน็ตไม่ครอบคลุมทุกห้องเรียน",
    "ครูย้ายระหว่างภาคเรียน งานประกันคุณภาพขาดช่วง",
)
NEEDS = (
    "ตัวอย่างเครื่องมือวัดผลระหว่างเรียนที่ใช้ได้ทันที",
    "พี่เลี้ยงช่วยออกแบบหน่วยการเรียนรู้บูรณาการ",
    "สื่อซ่อมเสริมการอ่านสำหรับ ป.1 – ป.3",
)
SUGGESTIONS = (
    "ลองใช้แบบสังเกตสั้น ๆ ร่วมกันในวง PLC เดือนละครั้ง",
    "แบ่งปันแผนการสอนกับโรงเรียนในกลุ่มเครือข่าย",
    "เก็บร่องรอยเป็นภาพและข้อความสั้น ไม่ต้องทำเล่ม",
)
AGREED = (
    ("ทดลองใช้แบบประเมินระหว่างเรียนหนึ่งหน่วยแล้วนำผลมาคุยกัน", "ครูวิชาการ"),
    ("จัดวง PLC เรื่องการใช้คำถามเดือนละครั้ง", "ผู้อำนวยการสถานศึกษา"),
    ("ปรับแผนปฏิบัติการของโรงเรียนตามผล SAR", "ผู้อำนวยการสถานศึกษา"),
    ("จัดตารางเรียนคละชั้นใหม่ให้ครูมีคาบว่างร่วมกัน", "ครูวิชาการ"),
    ("ทำทะเบียนการอ่านรายบุคคลชั้น ป.1 – ป.3", "ครูประจำชั้น"),
)
TOPIC = "การจัดการเรียนรู้เชิงรุก"
DUE_AFTER = timedelta(days=120)
RECENT = 14
"""Schools that were visited in the weeks just behind today."""
FOLLOWED = 20
"""Schools whose visits of both semesters are told whole, with what was agreed and what became of it."""
CLOSED = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A semester of visits: its name, its first and last day, and every how manieth school was not reached."""

    name: str
    first: date
    last: date
    missed_every: int


TERMS = (
    Term("2/2568", date(2025, 11, 10), date(2026, 1, 30), 7),
    Term("1/2569", date(2026, 6, 8), date(2026, 8, 28), 12),
)


def record_terms(
    actor: Actor, schools: Sequence[School], numbers: Sequence[int], project: Project
) -> dict[str, list[Visit]]:
    """Record the visits of both semesters and of the last weeks; `numbers` are the supervisors of the schools. Return them by semester, by day."""
    chance = Random(2569)  # noqa: S311  example values
    found = {}
    for term in (*TERMS, running_weeks(clock.today())):
        reached = _reached(term, len(schools))
        open_days = [day for day in working_days(term.first, term.last) if is_taught(day)]
        if not open_days:
            continue
        days = spread_over(open_days, len(reached))
        drafts = [
            VisitDraft(
                school=schools[place],
                kind=Visit.Kind.SUPERVISION,
                visited_on=day,
                was_planned=chance.random() < 0.9,
                project=project,
                need="การจัดการเรียนรู้เชิงรุกและการประกันคุณภาพภายใน",
                visitors=(title_of(numbers[place]),),
                findings=_found(chance, term),
            )
            for place, day in zip(reached, days, strict=True)
        ]
        with written_on(days[-1]):
            record_visits(actor=actor, drafts=drafts, source=EXAMPLE)
        found[term.name] = list(
            Visit.objects.filter(
                kind=Visit.Kind.SUPERVISION, visited_on__range=(term.first, term.last)
            )
            .select_related("school__unit", "project")
            .order_by("visited_on", "pk")
        )
    return found


def running_weeks(today: date) -> Term:
    """Return the weeks that lie just behind today: the running semester has begun, and few schools were reached yet."""
    return Term("running", today - timedelta(days=21), today - timedelta(days=1), 0)


def _reached(term: Term, count: int) -> list[int]:
    """Return the places of the schools that a term reached, so that neighbours are visited on different days."""
    if not term.missed_every:
        return [place * 7 % count for place in range(RECENT)]
    reached = [place for place in range(count) if (place + 1) % term.missed_every]
    return sorted(reached, key=lambda place: (place * 5 % 7, place))


def _found(chance: Random, term: Term) -> tuple[tuple[Finding.Kind, str], ...]:
    """Return what one visit found: always something that impressed, the rest as it comes; fewer troubles in the second semester."""
    is_later = term is not TERMS[0]
    said = [(KIND.IMPRESSION, chance.choice(IMPRESSIONS))]
    # The first points weigh more, so that the ranking of a year has a shape.
    for place, words in enumerate(TO_DEVELOP):
        if chance.random() < (0.30 if is_later else 0.45) / (1 + place * 0.5):
            said.append((KIND.TO_DEVELOP, words))
    for kind, choices, share in (
        (KIND.PROBLEM, PROBLEMS, 0.25),
        (KIND.NEED, NEEDS, 0.4),
        (KIND.SUGGESTION, SUGGESTIONS, 0.6),
    ):
        if chance.random() < share:
            said.append((kind, chance.choice(choices)))
    return tuple(said)


def follow_up(
    supervisor: Actor,
    visits: dict[str, list[Visit]],
    numbers: dict[int, int],
    instrument: Instrument,
) -> None:
    """Agree on two things at the first visit of some schools, and look at them at the second; close the first few."""
    earlier = {one.school_id: one for one in visits[TERMS[0].name]}
    pairs = [
        (earlier[one.school_id], one) for one in visits[TERMS[1].name] if one.school_id in earlier
    ][::4][:FOLLOWED]
    for place, (first, second) in enumerate(pairs):
        writer = supervisor_of(supervisor, numbers[first.school_id])
        with written_on(first.visited_on, place * 7):
            _write(writer, first, _begun(first, place, instrument))
        with written_on(second.visited_on, place * 11):
            _write(writer, second, _followed(second, place, instrument))
            if place < CLOSED:
                fresh = Visit.objects.select_related("school__unit", "project").get(pk=second.pk)
                close_visit(actor=writer, visit=fresh, version=fresh.version)


def _write(actor: Actor, visit: Visit, content: VisitContent) -> None:
    write_visit(actor=actor, visit=visit, version=visit.version, content=content)


def _with(content: VisitContent, **new: object) -> VisitContent:
    values = {name: getattr(content, name) for name in VisitContent.__dataclass_fields__} | new
    return VisitContent(**values)


def _begun(visit: Visit, place: int, instrument: Instrument) -> VisitContent:
    agreed = (AGREED[place % len(AGREED)], AGREED[(place + 2) % len(AGREED)])
    due = visit.visited_on + DUE_AFTER
    return _with(
        content_now(visit),
        purpose=f"นิเทศการจัดการเรียนรู้เชิงรุก ({EXAMPLE})",
        instruments=[instrument],
        qa_in_work="not_yet" if place % 5 == 0 else "partly",
        qa_seen="มีคำสั่งและปฏิทินงาน แต่ยังทำแยกจากงานสอน",
        agreements=[AgreementDraft(text, owner, due) for text, owner in agreed],
        steps=[
            StepDraft(TOPIC, "aware" if place % 5 == 0 else "self_review", "ทบทวนแผนการสอนร่วมกัน")
        ],
    )


def _followed(visit: Visit, place: int, instrument: Instrument) -> VisitContent:
    answers = ("done", ("partly", "done", "not_yet", "partly")[place % 4])
    notes = ("เห็นผลงานในห้องเรียน", "เริ่มแล้ว ขอเวลาถึงปลายภาคเรียน")
    checks = [
        Check(agreement, answer, note)
        for agreement, answer, note in zip(
            open_agreements(visit.school_id), answers, notes, strict=False
        )
    ]
    return _with(
        content_now(visit),
        purpose=f"ติดตามข้อตกลงครั้งก่อน ({EXAMPLE})",
        instruments=[instrument],
        qa_in_work=("partly", "yes", "yes")[place % 3],
        qa_seen="ใช้ผลประเมินตนเองในวง PLC",
        checks=checks,
        agreements=[
            AgreementDraft(*AGREED[(place + 3) % len(AGREED)], visit.visited_on + DUE_AFTER)
        ]
        if place % 2
        else [],
        steps=[StepDraft(TOPIC, "done_together", "วางแผนการสอนและสอนร่วมกันหนึ่งคาบ")],
    )
