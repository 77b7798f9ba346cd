"""The semester report of ก.ต.ป.น. and of the area committee: policies with progress, visits, impressions, problems."""

from collections.abc import Iterator
from typing import Literal

from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.queries.populations import population_of
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.counting import CommitteeCover, committee_cover
from nithet.domain.supervision.queries.facts import counted_schools
from nithet.domain.supervision.queries.reports.reading import (
    COMMITTEE,
    SUPERVISION,
    Read,
    agreed,
    counted,
    elsewhere,
    on_site,
    points_of,
    read,
    refs_of,
    schools_counted,
    unnamed,
)
from nithet.domain.supervision.queries.reports.year import committees_on
from nithet.domain.supervision.rules.paper_facts import DOTS
from nithet.domain.supervision.rules.reports.model import (
    WRITE_HERE,
    Block,
    Cell,
    Chapter,
    Figure,
    Points,
    Report,
    Signature,
    Table,
    Words,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.periods import Period
from nithet.kernel.school_years import (
    Semester,
    fiscal_year,
    fiscal_year_period,
    semester_period,
)
from nithet.kernel.thai_dates import format_date

BODIES = {
    "monitoring": ((str(Committee.Kind.MONITORING), str(Committee.Kind.MONITORING_SUB)), "คณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา (ก.ต.ป.น.)"),
    "area": ((str(Committee.Kind.AREA),), "คณะกรรมการเขตพื้นที่การศึกษา"),
}  # fmt: skip
"""Whose report it is: kinds of committees and the name."""


def semester_of(academic_year: int, number: int) -> Semester:
    """Return a semester of an academic year (พ.ศ.)."""
    which: Literal[1, 2] = 1 if number == 1 else 2
    return Semester(academic_year, which, semester_period(academic_year, which))


def year_of_semester(part: Semester) -> int:
    """Return the fiscal year (พ.ศ.) to which a semester counts: that of the larger part of its days."""
    return fiscal_year(part.period.start if part.number == 1 else part.period.end)


def semester_report(actor: Actor, office: Unit, part: Semester, body: str) -> Report:
    """Return the report of a semester as the records stand; `body` is a key of `BODIES`."""
    kinds, name = BODIES[body]
    year = year_of_semester(part)
    found = read(actor, within_year(part, year), clock.today(), year=year)
    day = min(max(clock.today(), part.period.start), part.period.end)
    population = population_of(actor, day)
    known = {one.pk for one in counted_schools(actor, day)}
    cover = committee_cover(actor, year)
    gaps = (*_gaps(found, part), *_beyond(actor, part, year))
    chapters = (
        _composition(actor, kinds, name, body),
        Chapter("2. นโยบายและความก้าวหน้า", (_policies(actor, year),)),
        Chapter("3. การตรวจเยี่ยมและการนิเทศ", tuple(_visits(found, known, cover, part))),
        Chapter("4. สิ่งที่ประทับใจ", (points_of(found.findings("impression"), "ไม่มีบันทึกในภาคเรียนนี้"),)),
        Chapter("5. ปัญหาและความต้องการของโรงเรียน", (points_of(found.findings("problem", "need"), "ไม่มีบันทึกในภาคเรียนนี้"),)),
        Chapter("6. ข้อเสนอแนะและการติดตาม", tuple(_followed(found))),
        Chapter("7. มติของคณะกรรมการ", (Points((), WRITE_HERE),)),
        Chapter("8. ข้อมูลที่ยังขาด", (Points(gaps, "ไม่พบข้อมูลที่ขาด"),)),
        Chapter("ผู้รับรองรายงาน", (Signature("กรรมการและเลขานุการ"), Signature("ประธานกรรมการ"))),
    )  # fmt: skip
    return Report(
        title=f"รายงานผลการดำเนินงาน {part}",
        subtitle=name,
        office=office.name,
        chapters=chapters,
        population=population.sentence,
        dated=clock.today(),
        figures=tuple(_head(found, known)),
        gaps=gaps,
    )


def within_year(part: Semester, year: int) -> Period:
    """Return the days of a semester that lie in its fiscal year, as the plan of visits counts them."""
    whole = fiscal_year_period(year)
    first, last = max(part.period.start, whole.start), min(part.period.end, whole.end)
    return Period(first, last, str(part))


def _beyond(actor: Actor, part: Semester, year: int) -> Iterator[str]:
    """Say what was done on the last days of a semester 1, which lie in the next fiscal year and are counted there."""
    last = within_year(part, year).end
    n = (
        visible_to(actor)
        .filter(state=Visit.State.DONE, visited_on__gt=last, visited_on__lte=part.period.end)
        .count()
    )
    if n:
        yield f"อีก {n} ครั้งหลังวันที่ {format_date(last)} อยู่ในภาคเรียนนี้แต่เป็นของปีงบประมาณถัดไป จึงนับในปีนั้น"


def _head(found: Read, known: set[int]) -> Iterator[Figure]:
    committee, supervision = found.done(COMMITTEE), found.done(SUPERVISION)
    yield counted("committee", "การตรวจเยี่ยมของคณะกรรมการ", committee)
    yield schools_counted(
        "committee-schools", "โรงเรียนที่คณะกรรมการตรวจเยี่ยม", _inside(committee, known), len(known)
    )
    yield schools_counted(
        "schools", "โรงเรียนที่ได้รับการนิเทศ ณ โรงเรียน", _inside(on_site(supervision), known), len(known)
    )
    yield counted("elsewhere", "การนิเทศทางโทรศัพท์และออนไลน์", elsewhere(supervision))


def _inside(visits: list[Visit], known: set[int]) -> list[Visit]:
    """Keep the visits to schools that are counted in N."""
    return [one for one in visits if one.school_id in known]


def _gaps(found: Read, part: Semester) -> Iterator[str]:
    for kind, words in ((COMMITTEE, "การตรวจเยี่ยมของคณะกรรมการ"), (SUPERVISION, "การนิเทศ")):
        done = found.done(kind)
        if not done and part.period.start <= found.today:
            yield f"{part} ไม่มีบันทึก{words}"
        if missing := unnamed(done):
            yield f"{words} {len(missing)} จาก {len(done)} ครั้ง ไม่ได้บันทึกว่าใครไป จึงแสดงรายบุคคลไม่ได้"


def _composition(actor: Actor, kinds: tuple[str, ...], name: str, body: str) -> Chapter:
    law = (
        "ดำเนินการตามมาตรา 20 แห่งพระราชบัญญัติระเบียบบริหารราชการกระทรวงศึกษาธิการ พ.ศ. 2546"
        if body == "monitoring"
        else "ดำเนินการตามอำนาจหน้าที่ของคณะกรรมการเขตพื้นที่การศึกษา"
    )
    blocks: list[Block] = [Words(f"{name} {law}")]
    for one in committees_on(actor, kinds):
        number = one.order_number if one.order_number.startswith("คำสั่ง") else ""
        number = number or f"คำสั่งที่ {one.order_number or DOTS}"
        since = f" ตั้งแต่ {format_date(one.starts_on)}" if one.starts_on else ""
        until = f" ถึง {format_date(one.last_day)}" if one.last_day else ""
        blocks.append(Words(f"{one.name} {number}{since}{until}"))
    if len(blocks) == 1:
        blocks.append(Words("ยังไม่ได้บันทึกองค์ประกอบของคณะกรรมการในระบบ"))
    return Chapter("1. องค์ประกอบและอำนาจหน้าที่", tuple(blocks))


def _policies(actor: Actor, year: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in list_policies(actor, year):
        if not one.stands:
            continue
        target = f"{one.target_value:,} {one.target_unit}" if one.target_value is not None else "–"
        number = f"{one.number}. " if one.number else ""
        rows.append((f"{number}{one.text}", target, *_progress(one)))
    return Table(
        "",
        ("นโยบาย", "เป้าหมาย", "ความก้าวหน้า", "ณ วันที่"),
        (5.6, 1.6, 2.8, 1.6),
        tuple(rows),
        empty=f"ยังไม่ได้บันทึกนโยบายของปีงบประมาณ {year}",
    )


def _progress(policy: Policy) -> tuple[str, str]:
    newest = next((one for one in policy.progress.all() if one.stands), None)
    if newest is None:
        return "ยังไม่ได้บันทึก", "–"
    value = f"{newest.value.normalize():f} {policy.target_unit}" if newest.value is not None else ""
    return " ".join(filter(None, (value, newest.text))), format_date(newest.as_at, "short")


def _visits(found: Read, known: set[int], cover: CommitteeCover, part: Semester) -> Iterator[Block]:
    committee, supervision = found.done(COMMITTEE), found.done(SUPERVISION)
    rows: tuple[tuple[Cell, ...], ...] = (
        (
            "คณะกรรมการตรวจเยี่ยม",
            counted("committee", "การตรวจเยี่ยมของคณะกรรมการ", committee),
            schools_counted("committee-schools", "โรงเรียนที่คณะกรรมการตรวจเยี่ยม", _inside(committee, known), len(known)),
        ),
        (
            "ศึกษานิเทศก์นิเทศ ณ โรงเรียน",
            counted("on-site", "การนิเทศ ณ โรงเรียน", on_site(supervision)),
            schools_counted("schools", "โรงเรียนที่ได้รับการนิเทศ ณ โรงเรียน", _inside(on_site(supervision), known), len(known)),
        ),
        (
            "ศึกษานิเทศก์นิเทศทางโทรศัพท์และออนไลน์ (นับแยก)",
            counted("elsewhere", "การนิเทศทางโทรศัพท์และออนไลน์", elsewhere(supervision)),
            schools_counted("elsewhere-schools", "โรงเรียนที่นิเทศด้วยวิธีอื่น", _inside(elsewhere(supervision), known), len(known)),
        ),
    )  # fmt: skip
    yield Table("", ("ประเภท", "ครั้ง", "โรงเรียน"), (5.0, 2.0, 3.0), rows)
    yield _members(cover, part, found)


def _members(cover: CommitteeCover, part: Semester, found: Read) -> Table:
    at = next((place for place, one in enumerate(cover.semesters) if str(one) == str(part)), None)
    known = {one.pk: one for one in found.visits}
    missing = len(unnamed(found.done(COMMITTEE)))
    rows: list[tuple[Cell, ...]] = []
    for place, one in enumerate(cover.members if at is not None else ()):
        keys = one.semesters[at or 0].visits
        visits: list[Visit] = [known[key] for key in keys if key in known]
        figure = Figure(
            f"member-{place}", f"การตรวจเยี่ยมของ{one.member.title}", len(keys), "ครั้ง", None,
            refs_of(visits),
        )  # fmt: skip
        # Where visits name nobody, a member without one is not known to have stayed away.
        rows.append((one.member.title, figure if keys or not missing else "บอกไม่ได้"))
    note = f"อีก {missing} ครั้งไม่ได้บันทึกว่าใครไป จึงไม่นับรายบุคคล" if missing else ""
    return Table(
        "กรรมการแต่ละคนตรวจเยี่ยมในภาคเรียนนี้",
        ("กรรมการ", "จำนวน"),
        (7.0, 2.0),
        tuple(rows),
        note,
        "ยังไม่ได้บันทึกรายชื่อกรรมการที่ตรวจเยี่ยมในภาคเรียนนี้",
    )


def _followed(found: Read) -> Iterator[Block]:
    yield points_of(found.findings("suggestion", "to_develop"), "ไม่มีบันทึกข้อเสนอแนะ")
    rows = found.agreements
    done = [one for one in rows if one.state == "done"]
    yield Table(
        "ข้อตกลงร่วมกันหลังการนิเทศ",
        ("รายการ", "จำนวน"),
        (6.0, 3.0),
        (("ดำเนินการแล้ว", agreed("agreed-done", "ข้อตกลงที่ดำเนินการแล้ว", done, len(rows))),)
        if rows
        else (),
        empty="ไม่มีข้อตกลงที่บันทึกไว้",
    )
