"""What the handbook of a year says, gathered from the records of its cycle: a fixed number of queries."""

from nithet.domain.supervision.models.cycle import CycleStep
from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.queries.cycle import StepShown, cycle_of, list_reviews, steps_shown
from nithet.domain.supervision.queries.cycle_summary import CycleSummary, summary_of
from nithet.domain.supervision.queries.matrix import matrix_of
from nithet.domain.supervision.rules.handbook_paper import (
    Handbook,
    MatrixPrint,
    ReviewPrint,
    StepPrint,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.numerals import Numerals
from nithet.kernel.thai_dates import format_date

STATES = {"open": "ยังไม่เริ่ม", "under_way": "กำลังดำเนินการ", "done": "เสร็จแล้ว"}


def handbook_of(
    actor: Actor, year: int, office: str, numerals: Numerals = "arabic"
) -> Handbook | None:
    """Return the handbook of a fiscal year as plain values; None where the year has no model."""
    cycle = cycle_of(actor, year)
    if cycle is None:
        return None
    matrix = matrix_of(actor, year)
    versions = SupervisionPlanVersion.objects.filter(plan__fiscal_year=year).order_by("number")
    return Handbook(
        office=office,
        fiscal_year=year,
        model=str(cycle),
        source=cycle.model.get("source", ""),
        note=cycle.model.get("note", ""),
        steps=tuple(_step(one) for one in steps_shown(actor, cycle)),
        matrix=tuple(
            MatrixPrint(row.project.title, tuple(one.title for one in row.instruments), row.is_hole)
            for row in matrix.rows
        ),
        reviews=tuple(
            ReviewPrint(
                one.reviewed_on,
                one.planned,
                one.done,
                one.checked,
                one.changed,
                one.why,
                one.reviewed_by,
            )
            for one in standing(list_reviews(actor, year)).order_by("reviewed_on", "pk")
        ),
        versions=tuple(
            (
                str(one.number),
                format_date(clock.day_of(one.approved_at), "short"),
                one.reason or "ฉบับแรก",
            )
            for one in versions.defer("content")
        ),
        figures=figures(summary_of(actor, year, cycle)),
        dated=clock.today(),
        numerals=numerals,
    )


def _step(one: StepShown) -> StepPrint:
    step: CycleStep = one.step
    return StepPrint(
        mark=step.mark,
        title=step.title,
        purpose=step.purpose,
        state=STATES[step.state],
        text=step.text,
        done=format_date(step.done_on) if step.done_on else "",
        by=step.finished_by if step.state == CycleStep.State.DONE else "",
        records=tuple(record.title for record in one.records),
        pieces=tuple(str(piece) for piece in one.pieces),
    )


def figures(found: CycleSummary) -> tuple[tuple[str, str], ...]:
    """Return the figures of a year as the paper says them, each n with its N."""
    return (
        ("ขั้นตอนที่ดำเนินการเสร็จ", f"{found.finished} จาก {found.steps} ขั้นตอน"),
        ("สารสนเทศเพื่อวางแผนที่บันทึกเป็นฉบับ", f"{found.packs} ฉบับ"),
        (
            "แผนการนิเทศที่อนุมัติ",
            f"{found.plan_versions} ฉบับ เปลี่ยนแปลงหลังอนุมัติ {found.plan_changes} รายการ",
        ),
        (
            "การนิเทศตามแผน",
            f"ดำเนินการแล้ว {found.planned_done} จาก {found.planned} ครั้งที่วางแผนไว้"
            if found.plan_versions
            else "ยังไม่มีแผนที่อนุมัติ",
        ),
        ("การนิเทศทั้งหมด", f"{found.visits} ครั้ง {found.schools} โรงเรียน"),
        ("การตรวจเยี่ยมโดยคณะกรรมการ", f"{found.committee_visits} ครั้ง"),
        (
            "ความต้องการจำเป็น",
            f"{found.needs} เรื่อง มีการนิเทศหรือโครงการตอบ {found.needs_served} เรื่อง "
            f"ได้รับการตอบสนองแล้ว {found.needs_met} เรื่อง ยังเปิดอยู่ {found.needs_open} เรื่อง",
        ),
        ("การตรวจสอบระบบการนิเทศ", f"{found.reviews} ครั้ง บันทึกการปรับปรุง {found.reviews_changed} ครั้ง"),
    )
