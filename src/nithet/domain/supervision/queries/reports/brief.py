"""What a supervisor reads before the door of a school, on one page (ข้อมูลก่อนนิเทศ)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.school_pages import newest_of, results_of, scheme_of
from nithet.domain.plans.queries.needs import NEED, open_needs
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.content import open_agreements
from nithet.domain.supervision.queries.reports.reading import COMMITMENT
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.copy_paper import MODES
from nithet.domain.supervision.rules.paper_facts import named_school, shortened
from nithet.domain.supervision.rules.reports.marks import Issue, running_of
from nithet.domain.supervision.rules.reports.model import Chapter, Points, Report, Table
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    Paragraph,
    Run,
    paragraph,
)
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date

VISITS, AGREEMENTS, NEEDS, RESULTS = 3, 5, 4, 5
_LETTERS = 90
_OWNER = 30
_SIGNS_A_LINE = 92
HEADS = {"present": "มีผู้บริหาร", "vacant": "ตำแหน่งว่าง", "acting": "ว่าง มีผู้รักษาการ"}
NOT_KNOWN = "ไม่มีข้อมูล"
RESULT_HEADS = ("การสอบ", "วิชา", "คะแนนเฉลี่ย", "ผู้เข้าสอบ")
RESULT_WIDTHS = (3.6, 2.4, 2.2, 1.6)
_SAID = {"to_develop": "ชวนคิด", "problem": "ปัญหา", "need": "ต้องการ"}
"""What a line of a visit begins with, by the kind of finding; the first of a kind that stands here, in this order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a part of the brief and its record; `is_late` marks an agreement whose day has passed."""

    text: str
    ref: RecordRef
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of a school: facts with their words, and four parts with what is said where one is empty."""

    school: School
    facts: tuple[tuple[str, str], ...]
    visits: tuple[Line, ...]
    agreements: tuple[Line, ...]
    needs: tuple[Line, ...]
    results: tuple[tuple[str, str, str, str], ...]
    more: dict[str, int]
    """How many there are beyond what fits, by part."""
    dated: date


def brief_of(actor: Actor, school: School) -> Brief:
    """Return the brief of a school that the actor may read, as the records stand."""
    visits = (
        visible_to(actor)
        .filter(school=school, state=Visit.State.DONE)
        .prefetch_related("visitors", "findings")
        .order_by("-visited_on", "-pk")
    )
    agreements = open_agreements(school.pk)
    needs = list(open_needs(actor, school))
    results = list(standing(results_of(school))[: RESULTS + 12])
    latest = max((one.academic_year for one in results), default=0)
    newest = [one for one in results if one.academic_year == latest]
    today = clock.today()
    return Brief(
        school=school,
        facts=tuple(_facts(actor, school)),
        visits=tuple(_visit(one) for one in visits[:VISITS]),
        agreements=tuple(
            Line(
                shortened(one.text, _LETTERS)
                + (f" ({shortened(one.owner_title, _OWNER)})" if one.owner_title else "")
                + (f" ภายใน {format_date(one.due_on, 'short')}" if one.due_on else ""),
                RecordRef(COMMITMENT, str(one.pk)),
                one.is_overdue_on(today),
            )
            for one in agreements[:AGREEMENTS]
        ),
        needs=tuple(
            Line(
                shortened(one.text, _LETTERS)
                + f" (ปีงบประมาณ {one.fiscal_year}, {one.get_kind_display()})",
                RecordRef(NEED, str(one.pk)),
            )
            for one in needs[:NEEDS]
        ),
        results=tuple(
            (
                f"{one.get_test_display()} ปีการศึกษา {one.academic_year}",
                one.subject,
                f"{one.mean.normalize():f} จาก {one.full_marks}",
                f"n = {one.tested}",
            )
            for one in newest[:RESULTS]
        ),
        more={
            "agreements": max(0, len(agreements) - AGREEMENTS),
            "needs": max(0, len(needs) - NEEDS),
        },
        dated=today,
    )


def _facts(actor: Actor, school: School) -> Iterator[tuple[str, str]]:
    census: Census | None = newest_of(school)
    size = scheme_of(actor).size_of(census.pupils) if census else None
    pupils = NOT_KNOWN
    if census is not None and census.pupils is not None:
        pupils = f"{census.pupils:,} คน ณ {format_date(census.as_at, 'short')}"
    teachers = NOT_KNOWN
    if census is not None and census.teachers is not None:
        entitled = f" จากเกณฑ์ {census.teachers_entitled}" if census.teachers_entitled else ""
        teachers = f"{census.teachers} คน{entitled}"
    yield "เครือข่าย", school.network.unit.name if school.network else NOT_KNOWN
    place = " ".join(filter(None, (school.subdistrict, school.district, school.province)))
    yield "ที่ตั้ง", place or NOT_KNOWN
    yield "นักเรียน", pupils + (f" ({size.thai})" if size is not None else "")
    yield "ครู", teachers
    yield "ผู้บริหาร", HEADS.get(school.head_status, NOT_KNOWN)
    yield "โทรศัพท์", school.telephone or NOT_KNOWN


def _visit(one: Visit) -> Line:
    who = ", ".join(visitor.title for visitor in one.visitors.all()) or "ไม่ได้บันทึกว่าใครไป"
    found = [finding for finding in one.findings.all() if finding.kind in _SAID]
    found.sort(key=lambda finding: list(_SAID).index(finding.kind))
    good = [finding for finding in one.findings.all() if finding.kind == "impression"]
    parts = [f"{format_date(one.visited_on, 'short')} {MODES[one.mode]} {shortened(who, 40)}"]
    if one.purpose:
        parts.append(f"เรื่อง {shortened(one.purpose, 40)}")
    if good:
        parts.append(f"จุดเด่น {shortened(good[0].text, 60)}")
    if found:
        parts.append(f"{_SAID[found[0].kind]} {shortened(found[0].text, 60)}")
    return Line(" · ".join(parts), RecordRef(VISIT, str(one.pk)))


def brief_report(brief: Brief, office: str) -> Report:
    """Return the brief as a report, as an issue keeps it and its page shows it."""
    late = " (เลยกำหนด)"
    parts = (
        ("การนิเทศสามครั้งล่าสุด", brief.visits, "ยังไม่มีบันทึกการนิเทศ"),
        ("ข้อตกลงที่ยังต้องทำ", brief.agreements, "ไม่มีข้อตกลงค้าง"),
        ("ความต้องการจำเป็น", brief.needs, "ไม่มีในทะเบียนความต้องการ"),
    )
    return Report(
        title=f"ข้อมูลก่อนนิเทศ {named_school(str(brief.school))}",
        subtitle="อ่านก่อนออกนิเทศ",
        office=office,
        chapters=(
            Chapter("ข้อมูลโรงเรียน", (Table("", ("รายการ", "ข้อมูล"), (3.0, 7.0), brief.facts),)),
            *(
                Chapter(
                    title,
                    (
                        Points(
                            tuple(f"{one.text}{late if one.is_late else ''}" for one in lines),
                            empty,
                            tuple(one.ref for one in lines),
                        ),
                    ),
                )
                for title, lines, empty in parts
            ),
            Chapter(
                "ผลสัมฤทธิ์ล่าสุด",
                (Table("", RESULT_HEADS, RESULT_WIDTHS, brief.results, "", "ไม่มีผลการทดสอบในระบบ"),),
            ),
        ),
        population=named_school(str(brief.school)),
        dated=brief.dated,
    )


def _by_test(brief: Brief) -> Iterator[tuple[str, str]]:
    """Yield each test with what its subjects came to, in one line."""
    for test in dict.fromkeys(one[0] for one in brief.results):
        here = [one for one in brief.results if one[0] == test]
        yield test, " · ".join(f"{subject} {mean} ({tested})" for _, subject, mean, tested in here)


def _size(brief: Brief) -> float:
    """The size of type, in points, at which the brief stays on one page: smaller where much stands in it."""
    lines = (*brief.visits, *brief.agreements, *brief.needs)
    rows = sum(1 + len(one.text) // _SIGNS_A_LINE for one in lines) + len(brief.results)
    return 14.0 if rows <= 19 else 13.0 if rows <= 24 else 12.0


def brief_document(
    brief: Brief, office: str, numerals: Numerals = "arabic", *, issue: Issue | None = None
) -> Document:
    """Lay the brief out on one A4; without `issue` it is a draft, which its head says."""

    def said(text: str) -> str:
        return in_numerals(text, numerals)

    blocks: list[Block] = [
        Heading(1, said(f"ข้อมูลก่อนนิเทศ {named_school(str(brief.school))}"), Align.CENTER)
    ]
    facts = brief.facts
    for at in range(0, len(facts), 2):
        runs = []
        for label, words in facts[at : at + 2]:
            runs += [Run(f"{label}  ", bold=True), Run(said(f"{words}      "))]
        blocks.append(Paragraph(tuple(runs)))
    for title, lines, empty, more in (
        ("การนิเทศสามครั้งล่าสุด", brief.visits, "ยังไม่มีบันทึกการนิเทศ", 0),
        ("ข้อตกลงที่ยังต้องทำ", brief.agreements, "ไม่มีข้อตกลงค้าง", brief.more["agreements"]),
        ("ความต้องการจำเป็น", brief.needs, "ไม่มีในทะเบียนความต้องการ", brief.more["needs"]),
    ):
        blocks.append(Heading(2, title))
        if not lines:
            blocks.append(paragraph(empty, indent=6))
        for number, one in enumerate(lines, 1):
            runs = [Run(said(f"{number}. {one.text}"))]
            if one.is_late:
                runs.append(Run(" (เลยกำหนด)", bold=True))
            blocks.append(Paragraph(tuple(runs), indent=6, first_line=-6))
        if more:
            blocks.append(paragraph(said(f"และอีก {more} ข้อในระบบ"), indent=6))
    blocks.append(Heading(2, "ผลสัมฤทธิ์ล่าสุด"))
    blocks += [
        Paragraph((Run(said(f"{test}  "), bold=True), Run(said(words))), indent=6)
        for test, words in _by_test(brief)
    ] or [paragraph("ไม่มีผลการทดสอบในระบบ", indent=6)]
    return Document(
        title=f"ข้อมูลก่อนนิเทศ {brief.school}",
        blocks=tuple(blocks),
        page=Page(top=18.0, bottom=16.0, left=22.0, right=18.0),
        size=_size(brief),
        running=running_of(office, brief.dated, issue, numerals),
        thai_digits=numerals == "thai",
        organisation=office,
        dated=brief.dated,
    )
