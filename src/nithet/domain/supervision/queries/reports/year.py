"""The year report of supervision in its usual chapters (รายงานผลการนิเทศประจำปี)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nithet.domain.directory.models.committees import Committee
from nithet.domain.evidence.files import open_file
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.papers.files import small_picture
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.counting import (
    YearCover,
    committee_cover,
    plan_is_approved,
    visited_schools,
    year_cover,
)
from nithet.domain.supervision.queries.cycle import cycle_of
from nithet.domain.supervision.queries.pages import opinions_of
from nithet.domain.supervision.queries.reports.reading import (
    COMMITTEE,
    SUPERVISION,
    Read,
    counted,
    elsewhere,
    on_site,
    places_counted,
    points_of,
    read,
    refs_of,
)
from nithet.domain.supervision.queries.reports.year_gaps import Said, gaps_of
from nithet.domain.supervision.queries.reports.year_results import results
from nithet.domain.supervision.queries.visit_papers import papers_of
from nithet.domain.supervision.rules.copy_paper import MODES
from nithet.domain.supervision.rules.paper_facts import DOTS
from nithet.domain.supervision.rules.reports.model import (
    WRITE_HERE,
    Block,
    Chapter,
    Figure,
    Picture,
    Points,
    Report,
    Signature,
    Table,
    Words,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import format_date

MOST_PICTURES = 4
_PIXELS = 1100


def year_report(actor: Actor, office: Unit, year: int, *, with_pictures: bool = False) -> Report:
    """Return the report of a fiscal year as the records stand; `with_pictures` embeds photographs without children."""
    found = read(actor, fiscal_year_period(year), clock.today(), year=year)
    cover = year_cover(actor, year)
    opinions = opinions_of(actor, year)
    policies = [one for one in list_policies(actor, year) if one.stands]
    objectives = objectives_of(found)
    said = Said(bool(policies), bool(objectives), plan_is_approved(actor, year))
    gaps = tuple(gaps_of(found, cover, committee_cover(actor, year), said))
    chapters = [
        _preface(office, year),
        Chapter("ข้อมูลที่ยังขาด", (Points(gaps, "ไม่พบข้อมูลที่ขาด"),)),
        *_background(policies, objectives, year),
        _method(actor, found, year, cover),
        *results(actor, found, year, cover, opinions),
        *_told(found),
        _signed(office),
        *_annexes(actor, found, with_pictures=with_pictures),
    ]
    return Report(
        title="รายงานผลการนิเทศการศึกษา",
        subtitle=f"ประจำปีงบประมาณ {year} (1 ตุลาคม {year - 1} – 30 กันยายน {year})",
        office=office.name,
        chapters=tuple(chapters),
        population=cover.population.sentence,
        dated=clock.today(),
        figures=tuple(_head_figures(actor, found, year)),
        gaps=gaps,
    )


def _head_figures(actor: Actor, found: Read, year: int) -> Iterator[Figure]:
    done = found.done(SUPERVISION)
    supervised = visited_schools(actor, year)
    seen = visited_schools(actor, year, Visit.Kind.COMMITTEE)
    yield places_counted(
        "schools",
        "โรงเรียนที่ได้รับการนิเทศ ณ โรงเรียนอย่างน้อยหนึ่งครั้ง",
        [one.pk for one in supervised.schools],
        supervised.of,
    )
    yield places_counted(
        "committee-schools",
        "โรงเรียนที่คณะกรรมการตรวจเยี่ยมอย่างน้อยหนึ่งครั้ง",
        [one.pk for one in seen.schools],
        seen.of,
    )
    yield counted("on_site", "การนิเทศ ณ โรงเรียน", on_site(done))
    yield counted("elsewhere", "การนิเทศทางโทรศัพท์ ออนไลน์ และคลิปการสอน", elsewhere(done))
    yield counted("committee", "การตรวจเยี่ยมของคณะกรรมการ", found.done(COMMITTEE))


def _preface(office: Unit, year: int) -> Chapter:
    return Chapter(
        "คำนำ",
        (
            Words(
                f"รายงานฉบับนี้นำเสนอผลการนิเทศ ติดตาม และตรวจเยี่ยมโรงเรียนของ{office.name} "
                f"ประจำปีงบประมาณ {year} จัดทำจากบันทึกการนิเทศรายครั้ง ตัวเลขทุกตัวสืบกลับไปถึงบันทึกที่นับได้ "
                "สิ่งที่ไม่มีบันทึกระบุไว้ตามจริง"
            ),
        ),
    )


def objectives_of(found: Read) -> tuple[str, ...]:
    """Return the objectives of the projects of the visits, each once."""
    projects = {one.project.pk: one.project for one in found.done() if one.project}.values()
    return tuple(dict.fromkeys(one.objective for one in projects if one.objective))


def _background(
    policies: Sequence[Policy], objectives: tuple[str, ...], year: int
) -> Iterator[Chapter]:
    yield Chapter(
        "1. ความเป็นมาและกฎหมายที่เกี่ยวข้อง",
        (
            Words(
                "การนิเทศการศึกษาดำเนินการตามพระราชบัญญัติการศึกษาแห่งชาติ พ.ศ. 2542 และพระราชบัญญัติ"
                "ระเบียบบริหารราชการกระทรวงศึกษาธิการ พ.ศ. 2546 และที่แก้ไขเพิ่มเติม ประกอบนโยบายของสำนักงานเขตดังนี้"
            ),
            Points(
                tuple(
                    f"{one.text} (นโยบายที่ {one.number})" if one.number else one.text
                    for one in policies
                ),
                f"ยังไม่ได้บันทึกนโยบายของปีงบประมาณ {year}",
            ),
        ),
    )
    yield Chapter(
        "2. วัตถุประสงค์",
        (Points(objectives, WRITE_HERE),),
    )


def _method(actor: Actor, found: Read, year: int, cover: YearCover) -> Chapter:
    cycle = cycle_of(actor, year)
    model = str(cycle.model.get("name", "")) if cycle else ""
    tools: dict[str, list[Visit]] = defaultdict(list)
    projects: dict[str, list[Visit]] = defaultdict(list)
    for one in found.done():
        for title in found.forms.get(one.pk, ()):
            tools[title].append(one)
        if one.project:
            projects[one.project.title].append(one)
    return Chapter(
        "3. ขอบเขตและวิธีดำเนินการ",
        (
            Words(f"ขอบเขต: {cover.population.sentence}"),
            Words(f"ระยะเวลา: ปีงบประมาณ {year} (1 ตุลาคม {year - 1} – 30 กันยายน {year})"),
            Words(f"รูปแบบการนิเทศ: {model or DOTS}"),
            _visits_by("tool", "เครื่องมือที่ใช้", tools, "ไม่ได้บันทึกว่าใช้เครื่องมือใด"),
            _visits_by("project", "โครงการที่นิเทศ", projects, "ไม่ได้บันทึกว่านิเทศตามโครงการใด"),
            Words(
                "สถิติที่ใช้: จำนวน n จาก N ร้อยละ ค่าเฉลี่ย และส่วนเบี่ยงเบนมาตรฐานของกลุ่มตัวอย่าง (หารด้วย n-1) "
                "การนิเทศทางโทรศัพท์และออนไลน์นับแยกจากการนิเทศ ณ โรงเรียน"
            ),
        ),
    )


def _visits_by(code: str, title: str, held: dict[str, list[Visit]], empty: str) -> Table:
    """Count visits by what they used, the most first; each figure opens its visits."""
    most_first = sorted(held.items(), key=lambda one: (-len(one[1]), one[0]))
    return Table(
        title,
        ("รายการ", "จำนวน"),
        (7.0, 2.0),
        tuple(
            (name, counted(f"{code}-{at}", f"{title}: {name}", visits))
            for at, (name, visits) in enumerate(most_first)
        ),
        empty=empty,
    )


def _told(found: Read) -> Iterator[Chapter]:
    none = "ไม่มีบันทึกในปีนี้"
    yield Chapter("5. จุดเด่น", (points_of(found.findings("impression"), none),))
    yield Chapter(
        "6. จุดที่ควรพัฒนาและปัญหา", (points_of(found.findings("to_develop", "problem"), none),)
    )
    yield Chapter("7. ความต้องการของโรงเรียน", (points_of(found.findings("need"), none),))
    yield Chapter("8. ข้อเสนอแนะ", ())
    suggestions = points_of(found.findings("suggestion"), none)
    yield Chapter("8.1 ต่อโรงเรียน", (suggestions,), 2)
    yield Chapter("8.2 ต่อสำนักงานเขตพื้นที่การศึกษา", (Points((), WRITE_HERE),), 2)
    yield Chapter("8.3 ต่อสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", (Points((), WRITE_HERE),), 2)


def _signed(office: Unit) -> Chapter:
    """Who made the report, and who receives it for the office; the names are written by hand."""
    return Chapter(
        "ผู้จัดทำและผู้รับรองรายงาน",
        (
            Signature("ผู้จัดทำรายงาน"),
            Signature("ผู้อำนวยการกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
            Signature(f"ผู้อำนวยการ{office.name}"),
        ),
    )


def _annexes(actor: Actor, found: Read, *, with_pictures: bool) -> Iterator[Chapter]:
    orders = papers_of(actor, *found.visits)["order"] if found.visits else []
    named = {one.paper.pk: one.paper for one in orders}
    yield Chapter(
        "ภาคผนวก ก คำสั่ง",
        (
            Points(
                tuple(
                    f"คำสั่งที่ {one.number or DOTS} ลงวันที่ {format_date(one.dated)} เรื่อง {one.title}"
                    for one in named.values()
                ),
                "ไม่มีคำสั่งที่ทำไว้ในระบบ",
            ),
        ),
    )
    yield Chapter("ภาคผนวก ข ปฏิทินการนิเทศที่ดำเนินการ", (_calendar(found),))
    yield Chapter("ภาคผนวก ค ภาพถ่าย", tuple(_pictures(actor, found, with_pictures=with_pictures)))


def _calendar(found: Read) -> Table:
    return Table(
        "",
        ("วันที่", "โรงเรียน", "ประเภท/วิธี", "ผู้ไปนิเทศ"),
        (2.2, 3.4, 1.8, 4.2),
        tuple(
            (
                format_date(one.visited_on, "short"),
                str(one.school),
                _way(one),
                ", ".join(who.title for who in one.visitors.all()) or "ไม่ได้บันทึก",
            )
            for one in found.done()
        ),
    )


def _way(one: Visit) -> str:
    word = "ตรวจเยี่ยม" if one.kind == COMMITTEE else "นิเทศ"
    return word if one.mode == Visit.Mode.ON_SITE else f"{word}{MODES[one.mode]}"


def _pictures(actor: Actor, found: Read, *, with_pictures: bool) -> Iterator[Block]:
    refs = refs_of(found.done())
    photos = [
        (ref, piece)
        for ref, held in (pieces_about(actor, *refs) if refs else {}).items()
        for piece in held
        if piece.medium == Piece.Medium.FILE and piece.media_type.startswith("image/")
    ]
    yield Words(f"มีภาพถ่ายเก็บไว้กับบันทึกการนิเทศ {len(photos)} ภาพ")
    if not with_pictures:
        return
    shown = 0
    for _ref, piece in photos:
        if piece.shows_children or piece.is_quarantined or shown >= MOST_PICTURES:
            continue
        try:
            with open_file(piece) as file:
                yield Picture(small_picture(file.read(), longest=_PIXELS, jpeg=True), piece.title)
                shown += 1
        except (BadInput, RuleBroken):
            continue


def committees_on(actor: Actor, kinds: tuple[str, ...]) -> list[Committee]:
    """List the standing committees of some kinds, the newest first."""
    rows = standing(Committee.objects.filter(office_id=actor.office_id, kind__in=kinds))
    return list(rows.order_by("-starts_on", "pk"))
