"""Studies and a person's work as plain values for their papers."""

from decimal import Decimal

from nithet.domain.supervision.models.studies import Study
from nithet.domain.supervision.queries.own_work import OwnWork, hours_of
from nithet.domain.supervision.queries.studies import CycleFound, MeasureFound
from nithet.domain.supervision.rules.own_work_paper import WorkPrint
from nithet.domain.supervision.rules.study_paper import CyclePrint, MeasurePrint, StudyPrint
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.ui.display import current_numerals
from nithet.kernel import clock
from nithet.kernel.thai_dates import format_date, format_range

OF = {"school": "โรงเรียน", "teacher": "ครู (รหัส)", "learner": "นักเรียน (รหัส)", "other": "รายการ"}


def measure_print(one: MeasureFound) -> MeasurePrint:
    """Return what was measured, as it is printed."""
    row = one.measure
    return MeasurePrint(
        title=row.title,
        unit=row.unit,
        of=OF[row.of],
        source=row.source,
        more_is_better=row.more_is_better,
        values=tuple((code, before, after) for code, before, after in row.values),
        compared=one.compared,
    )


def study_print(
    study: Study, cycles: list[CycleFound], measures: list[MeasureFound], evidence: list[str]
) -> StudyPrint:
    """Return a study as it is printed."""
    published = ""
    if study.published_on is not None:
        parts = (
            study.published_where,
            f"เมื่อวันที่ {format_date(study.published_on)}",
            study.published_link,
        )
        published = " ".join(part for part in parts if part)
    return StudyPrint(
        office=office_of(study.office_id),
        title=study.title,
        owner=study.owner_title,
        fiscal_year=study.fiscal_year,
        problem=study.problem,
        aims=study.aims,
        innovation=study.innovation,
        group=study.group,
        findings=study.findings,
        suggestions=study.suggestions,
        published=published,
        cycles=tuple(_cycle(one) for one in cycles),
        measures=tuple(measure_print(one) for one in measures),
        evidence=tuple(evidence),
        dated=clock.today(),
        numerals=current_numerals(),
    )


def _cycle(given: CycleFound) -> CyclePrint:
    one = given.cycle
    first, last = one.starts_on or one.ends_on, one.ends_on or one.starts_on
    return CyclePrint(
        number=one.number,
        when=format_range(first, last, "short") if first and last else "",
        problem=one.problem,
        design=one.design,
        tried=one.tried,
        evaluated=one.evaluated,
        changed=one.changed,
        visits=tuple(f"{format_date(visit.visited_on, 'short')} {visit}" for visit in given.visits),
    )


def office_of(office_id: int) -> str:
    """Return the full name of an office."""
    return Unit.objects.get(pk=office_id).name


def work_print(work: OwnWork, office_id: int) -> WorkPrint:
    """Return a person's work as it is printed."""
    agreed = work.agreements
    notes = ["นับเฉพาะการนิเทศที่บันทึกบัญชีของผู้รายงานไว้ในรายชื่อผู้ออกนิเทศ"]
    if work.visits_without_time:
        notes.append(
            f"ชั่วโมงนับจากเวลาเริ่มและเลิกที่บันทึกไว้ มี {work.visits_without_time} ครั้งที่ไม่ได้บันทึกเวลา จึงไม่นับเป็นชั่วโมง"
        )
    return WorkPrint(
        office=office_of(office_id),
        owner=work.owner,
        start=work.period.start,
        end=work.period.end,
        visits=[
            (one.kind, one.mode, str(one.count), str(one.schools), _hours(one.hours))
            for one in work.by_kind
        ],
        visit_total=(
            f"รวม {len(work.visits)} ครั้ง {work.schools} โรงเรียน {_hours(work.visit_hours)} ชั่วโมง "
            f"กรอกแบบนิเทศ {work.forms} ฉบับ"
        ),
        visit_list=[
            (
                format_date(one.visited_on, "short"),
                str(one.school),
                f"{one.get_kind_display()} {one.get_mode_display()}",
                one.purpose or one.need,
                _hours(hours_of(one)),
            )
            for one in work.visits
        ],
        agreements=(
            f"ทั้งหมด {agreed.total} เรื่อง ทำแล้ว {agreed.done} เรื่อง ยังดำเนินการอยู่ {agreed.open} เรื่อง "
            f"(ในจำนวนนี้เลยกำหนด {agreed.overdue} เรื่อง) ยกเลิก {agreed.dropped} เรื่อง"
        ),
        development=[
            (
                format_range(one.starts_on, one.ends_on or one.starts_on, "short"),
                one.get_kind_display(),
                one.title,
                one.with_whom,
                _hours(one.hours),
                " ".join(part for part in (one.used_for, one.link) if part),
            )
            for group in work.development
            for one in group.entries
        ],
        development_total=f"รวม {_hours(work.development_hours)} ชั่วโมง",
        studies=[
            (
                one.title,
                str(one.fiscal_year),
                "เผยแพร่แล้ว" if one.is_published else "กำลังดำเนินการ",
                " ".join(part for part in (one.published_where, one.published_link) if part),
            )
            for one in work.studies
        ],
        evidence=[title for title, _ in work.pieces],
        notes=notes,
        dated=clock.today(),
        numerals=current_numerals(),
    )


def _hours(hours: Decimal | None) -> str:
    """Write hours without empty decimals: 6, 1.5; "" where they are not known."""
    if hours is None:
        return ""
    text = f"{hours:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
