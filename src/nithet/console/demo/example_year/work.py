"""The work of the example year: money and progress of the plan, and the visits."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from nithet.console.demo.example_year import told
from nithet.console.demo.example_year.marks import EXAMPLE, FINANCE, PLANNING
from nithet.console.demo.example_year.visits import SEMESTER_STARTS, ExampleVisit
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.calendar import add_day
from nithet.domain.plans.actions.money import add_budget_line
from nithet.domain.plans.actions.policies import report_progress
from nithet.domain.plans.models.money import BudgetLine
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions.visits import (
    VisitDraft,
    cancel_visit,
    record_visit,
    record_visits,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor

MONEY = (
    ("ประชุมเชิงปฏิบัติการ การพัฒนาระบบประกันคุณภาพภายใน", 286_000, 281_400),
    ("โรงเรียนแกนนำจัดการเรียนร่วม", 120_000, 120_000),
    ("ความบกพร่องทางการเรียนรู้", 65_000, 58_250),
    ("พัฒนาคุณภาพการจัดการศึกษาเรียนร่วม", 98_000, 91_700),
    ("กรรมการเขตตรวจเยี่ยมโรงเรียน", 42_000, 18_900),
)
"""Words of the project's title, planned and spent in baht."""
PROGRESS = (
    ("1.1.2", Decimal(22), "9 กลุ่ม ยังเหลือภาคเรียนที่ 2"),
    ("1.1.1", None, "ภาคเรียนที่ 2/2554 ไม่มีการตรวจเยี่ยม ภาคเรียนที่ 1/2555 ตรวจเยี่ยม 13 โรงเรียน"),
    ("1.1.5", None, "ค่าเฉลี่ยคณิตศาสตร์ ป.6 สูงขึ้น 84 จาก 128 โรงเรียนที่มีนักเรียนเข้าสอบ (ข้อสอบแต่ละปีต่างกัน)"),
)
EXAMS = (
    ("สอบ O-NET ป.6 และ ม.3", date(2012, 2, 1), date(2012, 2, 3)),
    ("สอบ NT ป.3", date(2012, 2, 22), date(2012, 2, 24)),
    ("สอบปลายภาคเรียนที่ 2/2554", date(2012, 3, 5), date(2012, 3, 16)),
)
BEFORE_THE_EXAMS = 28
"""Coaching visits of the second semester of 2554 that the exams pushed aside; six more have no reason on record."""


def spend(actor: Actor, as_at: date, money: Sequence[tuple[str, int, int]] = MONEY) -> None:
    """Enter what each project was given and has spent, with whose figure it is."""
    for words, planned, spent in money:
        project = Project.objects.get(title__contains=words)
        if not project.budget_lines.exists():
            add_budget_line(
                actor=actor,
                project=project,
                source_kind=BudgetLine.Source.BUDGET,
                planned=Decimal(planned),
                spent=Decimal(spent),
                figure_source=FINANCE,
                as_at=as_at,
            )


def report(actor: Actor, as_at: date) -> None:
    """Enter what the policies had reached on a day."""
    for number, value, words in PROGRESS:
        policy = Policy.objects.get(number=number)
        if not policy.progress.exists():
            report_progress(actor=actor, policy=policy, as_at=as_at, figure_source=PLANNING, value=value, text=words)


def mark_exams(actor: Actor) -> None:
    """Enter the weeks of examinations."""
    for title, starts_on, ends_on in EXAMS:
        add_day(actor=actor, kind="exam", title=title, starts_on=starts_on, ends_on=ends_on, source=EXAMPLE)


def visit_schools(
    actor: Actor,
    visits: Sequence[ExampleVisit],
    schools: Sequence[School],
    projects: Mapping[str, Project],
) -> None:
    """Record the visits that were carried out; `projects` by purpose where one paid for them."""
    halves = {"2/2554": [one for one in visits if one.purpose == "qa" and one.day < SEMESTER_STARTS]}
    halves["1/2555"] = [one for one in visits if one.purpose == "qa" and one.day >= SEMESTER_STARTS]
    found = {
        one: told.found_on(place, len(rows), half)
        for half, rows in halves.items()
        for place, one in enumerate(rows)
    }
    drafts = [
        VisitDraft(
            school=schools[one.school],
            kind=Visit.Kind.SUPERVISION,
            visited_on=one.day,
            was_planned=one.is_planned,
            project=projects.get(one.purpose),
            need=one.need,
            visitors=(f"ศึกษานิเทศก์ คนที่ {one.supervisor + 1}",),
            findings=found.get(one, ()),
        )
        for one in visits
    ]
    record_visits(actor=actor, drafts=drafts, source=EXAMPLE)


def leave_undone(actor: Actor, schools: Sequence[School], days: Sequence[date], project: Project | None) -> None:
    """Plan the coaching of the schools that were not reached; most are cancelled with the reason, the rest have none."""
    for index, school in enumerate(schools):
        planned = record_visit(
            actor=actor,
            school=school,
            kind=Visit.Kind.SUPERVISION,
            visited_on=days[index % len(days)],
            state=Visit.State.PLANNED,
            project=project,
            need="การประกันคุณภาพภายในสถานศึกษา",
            source=EXAMPLE,
        )
        if index < BEFORE_THE_EXAMS:
            cancel_visit(actor=actor, visit=planned, reason="อยู่ในช่วงสอบ O-NET และ NT (ข้อมูลตัวอย่าง)")
