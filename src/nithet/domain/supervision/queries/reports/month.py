"""What the group of supervisors brings to the monthly meeting of school heads: three slides and half a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.counting import YearCover, year_cover
from nithet.domain.supervision.queries.reports.reading import (
    COMMITTEE,
    SUPERVISION,
    Read,
    agreed,
    counted,
    elsewhere,
    on_site,
    places_counted,
    read,
    refs_of,
    schools_counted,
    unnamed,
    visited_places,
)
from nithet.domain.supervision.rules.covering import SemesterCover
from nithet.domain.supervision.rules.paper_facts import named_school, shortened
from nithet.domain.supervision.rules.reports.model import Chapter, Figure, Points, Report, Words
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.periods import Period, month_end
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import MONTHS, be_year, format_date

MOST = 4
_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Month:
    """The report of a month in parts, as slides and half a page need them."""

    report: Report
    good: Points
    to_think: Points
    due: Points
    coming: Points


def month_report(actor: Actor, office: Unit, first: date) -> Month:
    """Return what is told of the month that begins with `first`, as the records stand."""
    period = Period(
        first,
        month_end(first.year, first.month),
        f"{MONTHS[first.month - 1]} {be_year(first.year)}",
    )
    found = read(actor, period, clock.today())
    cover = year_cover(actor, fiscal_year(period.end))
    part = next(
        (one for one in cover.semesters if period.end in one.semester.period and one.has_begun),
        None,
    )
    good = _points(found, "impression")
    think = _points(found, "to_develop", "suggestion")
    due, coming = _due(actor, period.end), _coming(actor, period.end)
    gaps = tuple(_gaps(found, part))
    figures = tuple(_figures(found, part, cover))
    said = "; ".join(f"{one.name} {one.words}" for one in figures)
    chapters = (
        Chapter(
            "1. การนิเทศในเดือนนี้",
            (Words(said), *(Words(f"ข้อสังเกตของข้อมูล: {one}") for one in gaps)),
        ),
        Chapter("2. จุดเด่นที่พบ", (good,)),
        Chapter("3. ชวนคิดร่วมกัน", (think,)),
        Chapter("4. ข้อตกลงที่ครบกำหนดและการนิเทศเดือนหน้า", (due, coming)),
    )
    report = Report(
        title="กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
        subtitle=f"ประชุมผู้บริหารสถานศึกษา เดือน{period.label}",
        office=office.name,
        chapters=chapters,
        population=cover.population.sentence,
        dated=clock.today(),
        figures=figures,
        gaps=gaps,
    )
    return Month(report, good, think, due, coming)


def _figures(found: Read, part: SemesterCover | None, cover: YearCover) -> Iterator[Figure]:
    done = found.done(SUPERVISION)
    yield counted("on_site", "นิเทศ ณ โรงเรียน", on_site(done))
    yield counted("elsewhere", "นิเทศทางโทรศัพท์/ออนไลน์", elsewhere(done))
    yield counted("committee", "คณะกรรมการตรวจเยี่ยม", found.done(COMMITTEE))
    if part is not None:
        names = ", ".join(one.name for one in part.all.left[:6])
        more = f" และอีก {len(part.all.left) - 6} โรงเรียน" if len(part.all.left) > 6 else ""
        yield places_counted(
            "covered",
            f"นิเทศครบ {part.semester}",
            visited_places(part),
            part.all.total,
            f"ยังไม่ได้นิเทศ: {names}{more}" if names else "ครบทุกโรงเรียน",
        )
    else:
        known = {school.key for school in cover.semesters[0].schools}
        inside = [one for one in on_site(done) if one.school_id in known]
        yield schools_counted("schools", "โรงเรียนที่ได้รับการนิเทศเดือนนี้", inside, len(known))


def _gaps(found: Read, part: SemesterCover | None) -> Iterator[str]:
    if not found.done():
        yield "เดือนนี้ไม่มีบันทึกการนิเทศหรือตรวจเยี่ยม"
    if missing := unnamed(found.done()):
        yield f"{len(missing)} จาก {len(found.done())} ครั้งไม่ได้บันทึกว่าใครไป"
    if part is None:
        yield "เดือนนี้อยู่ระหว่างปิดภาคเรียน จึงไม่นับนิเทศครบของภาคเรียน"


def _points(found: Read, *kinds: str) -> Points:
    """The first different ones of each kind without the names of schools: what is told in a meeting of all heads is not a league table."""
    alike: dict[str, Finding] = {}
    for kind in kinds:
        for one in found.findings(kind):
            alike.setdefault(collapse(one.text), one)
    shown = list(alike.values())[:MOST]
    return Points(
        tuple(shortened(one.text, _LETTERS) for one in shown),
        "ไม่มีบันทึกในเดือนนี้",
        tuple(RecordRef("supervision.visit", str(one.visit_id)) for one in shown),
    )


def _due(actor: Actor, end: date) -> Points:
    """Agreements of visits that fall due within the month that follows, by day and not by school; how many are late first."""
    still = standing(
        Commitment.objects.filter(
            office_id=actor.office_id,
            kind=Commitment.Kind.PROMISE,
            state=Commitment.State.OPEN,
            arose_from__startswith="supervision.visit:",
        )
    ).order_by("due_on", "pk")
    found = list(still.filter(due_on__range=(end + timedelta(days=1), end + timedelta(days=31))))
    late = list(still.filter(due_on__lt=min(end + timedelta(days=1), clock.today())))
    figure = agreed("due", "ข้อตกลงที่ครบกำหนดเดือนหน้า", found)
    shown = found[:MOST]
    texts = [
        f"ภายใน {format_date(one.due_on, 'short')} {shortened(one.text, 90)}"
        for one in shown
        if one.due_on
    ]
    if len(found) > len(shown):
        texts.append(f"และอีก {len(found) - len(shown)} ข้อ")
    rows: list[RecordRef | None] = list(figure.rows[: len(shown)])
    if late:
        schools = len({one.about for one in late})
        texts.insert(0, f"เลยกำหนดแล้ว {len(late)} ข้อ ({schools} โรงเรียน)")
        rows.insert(0, None)
    return Points(tuple(texts), "ไม่มีข้อตกลงที่ครบกำหนดในเดือนหน้า", tuple(rows))


def _coming(actor: Actor, end: date) -> Points:
    rows = (
        visible_to(actor)
        .filter(
            state=Visit.State.PLANNED,
            visited_on__range=(end + timedelta(days=1), end + timedelta(days=31)),
        )
        .select_related("school__unit")
        .order_by("visited_on", "pk")
    )
    found = list(rows)
    texts = [
        f"{format_date(one.visited_on, 'short')} {named_school(str(one.school))}"
        for one in found[: MOST + 1]
    ]
    if len(found) > MOST + 1:
        texts.append(f"และอีก {len(found) - MOST - 1} ครั้ง")
    return Points(tuple(texts), "ยังไม่มีการนิเทศที่วางแผนไว้ในเดือนหน้า", tuple(refs_of(found[: MOST + 1])))
