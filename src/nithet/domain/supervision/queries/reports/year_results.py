"""The chapter of results of the year report: how complete, as planned, what instruments found, what schools say."""

from collections.abc import Iterator

from nithet.domain.instruments.queries.result_forms import instruments_with_results
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.queries.results import Line as ResultLine
from nithet.domain.instruments.queries.results import results_of
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.counting import IN_PLAN, YearCover, plan_is_approved
from nithet.domain.supervision.queries.needs_named import naming_a_need
from nithet.domain.supervision.queries.pages import Opinions
from nithet.domain.supervision.queries.reports.reading import (
    COMMITTEE,
    SUPERVISION,
    Read,
    agreed,
    counted,
    elsewhere,
    on_site,
    places_counted,
    visited_places,
)
from nithet.domain.supervision.rules.covering import SemesterCover
from nithet.domain.supervision.rules.questions import OPINIONS_AS_ASKED
from nithet.domain.supervision.rules.reports.model import (
    Block,
    Cell,
    Chapter,
    Figure,
    Table,
    Words,
)
from nithet.foundation.access.actors import Actor
from nithet.kernel.school_years import fiscal_year_period

MOST_INSTRUMENTS = 8


def results(
    actor: Actor, found: Read, year: int, cover: YearCover, opinions: Opinions
) -> Iterator[Chapter]:
    """Yield the chapter of results with its parts."""
    yield Chapter("4. ผลการนิเทศ", ())
    yield Chapter("4.1 การนิเทศครบทุกโรงเรียน", (_by_semester(found, cover),), 2)
    latest = [one for one in cover.semesters if one.has_begun]
    if latest:
        yield Chapter(f"4.2 รายเครือข่าย {latest[-1].semester}", (_by_network(latest[-1]),), 2)
    yield Chapter("4.3 ดำเนินการตามแผนและตอบความต้องการ", (_plan(actor, found, year),), 2)
    yield Chapter("4.4 ข้อตกลงร่วมกันหลังการนิเทศ", (_agreements(found),), 2)
    yield Chapter("4.5 ผลจากแบบนิเทศ", tuple(_instruments(actor, year)), 2)
    yield Chapter("4.6 ความเห็นของโรงเรียนต่อการนิเทศ", (_opinions(opinions),), 2)


def _by_semester(found: Read, cover: YearCover) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for at, part in enumerate(cover.semesters):
        here = [one for one in found.done(SUPERVISION) if one.visited_on in part.semester.period]
        covered = places_counted(
            f"semester-{at}",
            f"นิเทศ ณ โรงเรียน {part.semester}",
            visited_places(part),
            part.all.total,
        )
        committee = [one for one in found.done(COMMITTEE) if one.visited_on in part.semester.period]
        rows.append(
            (
                str(part.semester),
                covered,
                covered.percent,
                counted(f"semester-{at}-on-site", f"ครั้ง ณ โรงเรียน {part.semester}", on_site(here)),
                counted(f"semester-{at}-else", f"ครั้งด้วยวิธีอื่น {part.semester}", elsewhere(here)),
                counted(f"semester-{at}-committee", f"ตรวจเยี่ยม {part.semester}", committee),
            )
        )
    return Table(
        "",
        ("ภาคเรียน", "นิเทศ ณ โรงเรียน", "ร้อยละ", "ครั้ง ณ โรงเรียน", "โทรศัพท์/ออนไลน์", "ตรวจเยี่ยม"),
        (3.0, 2.8, 1.3, 1.7, 1.8, 1.5),
        tuple(rows),
        f"นับจาก {cover.population.sentence}",
    )


def _by_network(part: SemesterCover) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(part.networks):
        figure = places_counted(
            f"network-{at}",
            f"{one.name or 'ไม่อยู่ในเครือข่าย'} {part.semester}",
            visited_places(part, one.name),
            one.total,
        )
        left = ", ".join(school.name for school in one.left[:12])
        more = f" และอีก {len(one.left) - 12} โรงเรียน" if len(one.left) > 12 else ""
        rows.append((one.name or "ไม่อยู่ในเครือข่าย", figure, figure.percent, (left + more) or "ครบ"))
    return Table(
        "",
        ("เครือข่าย", "นิเทศแล้ว", "ร้อยละ", "ยังไม่ได้นิเทศ"),
        (3.7, 2.6, 1.3, 3.8),
        tuple(rows),
    )


def _plan(actor: Actor, found: Read, year: int) -> Table:
    done = found.done(SUPERVISION)
    said = set(
        naming_a_need(visible_to(actor).filter(pk__in=[one.pk for one in done])).values_list(
            "pk", flat=True
        )
    )
    needs = [one for one in done if one.pk in said]
    rows = (
        _as_planned(actor, found, year),
        ("การนิเทศที่บันทึกระบุความต้องการจำเป็นของโรงเรียน", counted("needs", "ระบุความต้องการจำเป็น", needs, len(done))),
        (
            "การนิเทศที่ใช้แบบนิเทศ",
            counted("tools", "ใช้แบบนิเทศ", [one for one in done if one.pk in found.forms], len(done)),
        ),
    )  # fmt: skip
    return Table(
        "",
        ("รายการ", "จำนวน", "ร้อยละ"),
        (6.0, 3.0, 1.4),
        tuple(
            (name, figure, figure.percent if isinstance(figure, Figure) else "–")
            for name, figure in rows
        ),
    )


def _as_planned(actor: Actor, found: Read, year: int) -> tuple[str, Cell]:
    """What was planned until now and carried out; nothing is told as planned where no plan was approved."""
    if not plan_is_approved(actor, year):
        return "การนิเทศตามแผน", "ยังไม่มีแผนที่อนุมัติ"
    period = fiscal_year_period(year)
    planned = list(
        visible_to(actor)
        .filter(IN_PLAN, kind=SUPERVISION)
        .filter(planned_for__range=(period.start, min(period.end, found.today)))
        .order_by("planned_for", "pk")
    )
    done = [one for one in planned if one.state == Visit.State.DONE]
    name = "การนิเทศตามแผนที่ถึงกำหนดและดำเนินการแล้ว"
    return name, counted("as-planned", "นิเทศตามแผนแล้ว", done, len(planned))


def _agreements(found: Read) -> Table:
    rows = found.agreements
    states = (
        ("agreed-done", "ดำเนินการแล้ว", [one for one in rows if one.state == "done"]),
        ("agreed-open", "ยังดำเนินการ", [one for one in rows if one.state == "open"]),
        ("agreed-late", "เลยกำหนด", [one for one in rows if one.is_overdue_on(found.today)]),
        ("agreed-dropped", "ยกเลิกโดยมีเหตุผล", [one for one in rows if one.state == "dropped"]),
    )
    figures = [agreed(code, f"ข้อตกลง{name}", held, len(rows)) for code, name, held in states]
    return Table(
        "",
        ("ข้อตกลง", "จำนวน", "ร้อยละ"),
        (6.0, 3.0, 1.4),
        tuple(
            (name, figure, figure.percent)
            for (_, name, _held), figure in zip(states, figures, strict=True)
        )
        if rows
        else (),
        empty="ไม่มีข้อตกลงที่บันทึกไว้ในปีนี้",
    )


def _instruments(actor: Actor, year: int) -> Iterator[Block]:
    said = False
    for instrument, count in instruments_with_results(actor)[:MOST_INSTRUMENTS]:
        if not count:
            continue
        results = results_of(actor, instrument, Asked(year=year), for_others=True)
        lines = [one for one in results.lines if one.described.n or one.tally.answered]
        if not results.records or not lines:
            continue
        said = True
        yield Table(
            f"{instrument.title} ({results.records} ฉบับ จาก {results.schools} โรงเรียน)",
            ("รายการ", "n จาก N", "x̄", "S.D.", "ระดับ"),
            (5.6, 1.8, 1.0, 1.0, 1.8),
            tuple(_line(one) for one in lines),
            "S.D. หารด้วย n-1; ไม่ได้สังเกตไม่นับใน n",
        )
    if not said:
        yield Words(f"ไม่มีแบบนิเทศที่ส่งเข้ามาในปีงบประมาณ {year}")


def _line(one: ResultLine) -> tuple[Cell, ...]:
    mean, deviation = one.described.mean_2, one.described.sd_2
    return (
        one.item.label,
        f"{one.tally.answered} จาก {one.tally.asked}",
        "–" if mean is None or not one.item.levels else str(mean),
        "–" if deviation is None or not one.item.levels else str(deviation),
        one.band.th if one.band else "–",
    )


def _opinions(opinions: Opinions) -> Block:
    if not opinions.n:
        return Words(f"ยังไม่มีโรงเรียนตอบ จากการนิเทศ {opinions.of} ครั้ง")
    if not opinions.counts:
        return Words(f"โรงเรียนตอบ {opinions.n} จาก {opinions.of} ครั้ง น้อยเกินกว่าจะแสดงโดยไม่ระบุตัวผู้ตอบ")
    return Table(
        "",
        ("ข้อความ", "เห็นด้วย", "เห็นด้วยบางส่วน", "ไม่เห็นด้วย"),
        (5.0, 1.6, 2.0, 1.6),
        tuple(
            (OPINIONS_AS_ASKED[name], *(f"{count} จาก {opinions.n}" for count in counts))
            for name, counts in opinions.counts.items()
        ),
        f"โรงเรียนตอบ {opinions.n} จากการนิเทศ {opinions.of} ครั้ง รวมผู้นิเทศทุกคน",
    )
