"""The second office of the demo: an example of today, fiscal year 2569, with today's words (ก.ต.ป.น., มาตรฐาน สพท. 2560).

Everything in it is an example; the office carries the badge, its schools are marked, and nobody has a name.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nithet.console.demo.example_year import people, places
from nithet.console.demo.example_year.marks import EXAMPLE, FINANCE
from nithet.console.demo.example_year.schools import ExampleSchool
from nithet.console.demo.example_year.spreading import dealt, every_nth, spread
from nithet.console.demo.today import answering, forms, study, visits
from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.commenting import say_comment
from nithet.domain.assessments.actions.narrative import write_narrative
from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.domain.commitments.actions import make_commitment
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.reviewing import answer_clarity
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.queries import get_edition
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.money import add_budget_line
from nithet.domain.plans.actions.plans import add_strategy, open_plan
from nithet.domain.plans.actions.projects import add_project, serve_item
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.money import BudgetLine
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year_period

NAME = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1"
SHORT = "สพป.ตัวอย่าง เขต 1"
FISCAL_YEAR = 2569
EDITION = "urn:nithet:edition:esao-standards-2560:2.1.6"
AS_AT = date(2026, 6, 10)
SCHOOLS, SUPERVISORS = 96, 8
SIZES = (("small", 61, 3_660, 0, 119), ("medium", 29, 6_090, 121, 480), ("large", 5, 4_150, 620, 1_300), ("extra_large", 1, 1_820, 1_501, 2_500))
"""Size class, schools, pupils altogether and the limits; one school has no pupils left."""
DISTRICTS = (("อำเภอตัวอย่างเหนือ", 34, 3), ("อำเภอตัวอย่างกลาง", 38, 4), ("อำเภอตัวอย่างใต้", 24, 2))
PROJECTS = (
    ("โครงการพัฒนาระบบการประกันคุณภาพการศึกษาของสถานศึกษา", ("1", "2"), 180_000, 142_000, "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
    ("โครงการนิเทศบูรณาการโดยใช้พื้นที่เป็นฐาน", ("3",), 96_000, 96_000, "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
    ("โครงการประชุม ก.ต.ป.น. และติดตามผล", ("4",), 48_000, 24_000, "กลุ่มนโยบายและแผน"),
    ("โครงการแลกเปลี่ยนเรียนรู้ผลงานที่เป็นแบบอย่าง", ("5",), 60_000, 0, "กลุ่มส่งเสริมการจัดการศึกษา"),
)
"""Title, items it serves, planned and spent in baht, responsible group."""
ACTIVITIES = (
    ("ประชุมเชิงปฏิบัติการการจัดทำรายงานผลการประเมินตนเอง (SAR)", Activity.Kind.TRAINING, date(2026, 1, 19), date(2026, 1, 21)),
    ("นิเทศ ติดตามรายสถานศึกษา ภาคเรียนที่ 2/2568", Activity.Kind.SUPERVISION, date(2025, 11, 10), date(2026, 1, 30)),
    ("นิเทศ ติดตามรายสถานศึกษา ภาคเรียนที่ 1/2569", Activity.Kind.SUPERVISION, date(2026, 6, 8), date(2026, 8, 28)),
    ("ประชุม ก.ต.ป.น. ครั้งที่ 2/2569", Activity.Kind.OTHER, date(2026, 8, 20), date(2026, 8, 20)),
)
PIECES = (
    ("1", "project_document", "โครงการพัฒนาระบบการประกันคุณภาพการศึกษาของสถานศึกษา"),
    ("2", "order", "คำสั่งแต่งตั้งคณะทำงานพัฒนาระบบการประกันคุณภาพการศึกษา"),
    ("3", "supervision_plan", "แผนนิเทศ ติดตาม และประเมินผลการจัดการศึกษา ปีงบประมาณ 2569"),
    ("3", "supervision_report", "รายงานผลการนิเทศ ภาคเรียนที่ 1/2569"),
    ("4", "synthesis", "รายงานสังเคราะห์ผลการประเมินตนเองของสถานศึกษา ปีการศึกษา 2568"),
    ("4", "committee_report", "รายงานการประชุม ก.ต.ป.น. ครั้งที่ 1/2569"),
)
REVIEWED = frozenset({"1", "2", "3"})
TOLD = {
    "1": ("ทุกสถานศึกษามีคำสั่งคณะกรรมการประกันคุณภาพภายใน", "สถานศึกษาขนาดเล็กมีครูรับผิดชอบหลายงาน", "ช่วยเหลือเป็นรายโรงเรียน"),
    "3": ("ศึกษานิเทศก์ประจำโรงเรียนนัดหมายล่วงหน้าและนิเทศร่วมกับประธานเครือข่าย", "โรงเรียนห่างไกลติดต่อทางอินเทอร์เน็ตไม่สะดวก", "นิเทศทางไกลสลับกับการลงพื้นที่"),
}


def is_loaded() -> bool:
    """Say whether the office in scope is there already."""
    return Visit.objects.exists()


def schools_of_today() -> list[ExampleSchool]:
    """Return the 96 schools of the office."""
    sizes = [(size, pupils) for size, number, total, low, high in SIZES for pupils in spread(total, number, low, high)]
    empty = next(place for place, (size, _) in enumerate(sizes) if size != "small") - 1
    sizes[0], sizes[empty] = ("small", sizes[0][1] + sizes[empty][1]), ("small", 0)
    places_ = [(name, f"กลุ่มเครือข่าย{name.removeprefix('อำเภอ')} {index % networks + 1}") for name, count, networks in DISTRICTS for index in range(count)]
    connectivity = dealt((("none", 2), ("mobile", 14), ("broadband", 80)), SCHOOLS)
    vacant, no_janitor, short = every_nth(11, SCHOOLS), every_nth(52, SCHOOLS), every_nth(38, SCHOOLS)
    found = []
    for index, (size, pupils) in enumerate(sizes):
        rooms = 8 if index < len(sizes) - 26 else 11
        if not pupils:
            found.append(_without_pupils(index, places_[index], connectivity[index]))
            continue
        found.append(
            ExampleSchool(
                name=f"โรงเรียนตัวอย่าง 69/{index + 1}",
                is_named=False,
                code=f"99{index + 1:06d}",
                district=places_[index][0],
                network=places_[index][1],
                size=size,
                levels="อ.–ป.6" if rooms == 8 else "อ.–ม.3",
                pupils=pupils,
                rooms=rooms,
                teachers=max(2, rooms - 1) if index in short else max(rooms, -(-pupils // 20)),
                entitled=max(rooms, -(-pupils // 20)),
                connectivity=connectivity[index],
                has_head=index not in vacant,
                has_janitor=index not in no_janitor,
                has_teacher_per_class=index not in short,
                supervisor=index % SUPERVISORS,
            )
        )
    return found


def _without_pupils(index: int, place: tuple[str, str], connectivity: str) -> ExampleSchool:
    """Return the school that has no pupils left: nobody teaches there and nobody heads it; it waits for its closing order."""
    return ExampleSchool(
        name=f"โรงเรียนตัวอย่าง 69/{index + 1}",
        is_named=False,
        code=f"99{index + 1:06d}",
        district=place[0],
        network=place[1],
        size="small",
        levels="อ.–ป.6",
        pupils=0,
        rooms=0,
        teachers=0,
        entitled=0,
        connectivity=connectivity,
        has_head=False,
        has_janitor=False,
        has_teacher_per_class=True,
        supervisor=index % SUPERVISORS,
    )


def load_second_office(system: Actor, keeper: Actor, reviewer: Actor, supervisor: Actor, office: Unit) -> Round:
    """Make the second office: schools, people, plan, visits, evidence and a round that stands somewhere."""
    examples = schools_of_today()
    by_name = places.bring_schools(system, examples, AS_AT)
    schools = [by_name[one.name] for one in examples]
    places.declare_all(system, AS_AT)
    supervised: dict[int, list[School]] = {}
    for school, one in zip(schools, examples, strict=True):
        supervised.setdefault(one.supervisor, []).append(school)
    people.staff(system, office, FISCAL_YEAR, supervised)
    people.seat(system, Committee.Kind.MONITORING, "คณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา (ก.ต.ป.น.)", date(2025, 10, 1))
    people.experts(system, date(2025, 10, 1), 24)
    _plan(system)
    with_pupils = [(school, one.supervisor) for school, one in zip(schools, examples, strict=True) if one.pupils]
    _supervise(system, supervisor, reviewer, with_pupils)
    reporting_round = open_round(actor=keeper, edition=get_edition(EDITION), fiscal_year=FISCAL_YEAR)
    _prove(keeper, reviewer, reporting_round)
    _answer(keeper, reporting_round)
    _tell(keeper, reporting_round)
    return reporting_round


def _plan(actor: Actor) -> None:
    plan = open_plan(actor=actor, fiscal_year=FISCAL_YEAR, title=f"แผนปฏิบัติการประจำปีงบประมาณ {FISCAL_YEAR} ({EXAMPLE})")
    strategy = add_strategy(actor=actor, plan=plan, title="กลยุทธ์ที่ 2 ยกระดับคุณภาพการศึกษาของสถานศึกษา")
    edition = get_edition(EDITION)
    year = fiscal_year_period(FISCAL_YEAR)
    for place, (title, items, planned, spent, owner) in enumerate(PROJECTS):
        project = add_project(
            actor=actor, plan=plan, title=title, source=EXAMPLE, owner_title=owner, strategy=strategy, period_start=year.start, period_end=year.end
        )
        for item in items:
            serve_item(actor=actor, project=project, edition=edition, item=item, why="ตอบประเด็นการประกันคุณภาพการศึกษา")
        words, kind, start, end = ACTIVITIES[place]
        add_activity(
            actor=actor, project=project, title=words, kind=kind, period=Period(start, end, ""), owner_title=owner, state=Activity.State.PLANNED
        )
        add_budget_line(
            actor=actor,
            project=project,
            source_kind=BudgetLine.Source.BUDGET,
            planned=Decimal(planned),
            spent=Decimal(spent),
            figure_source=FINANCE,
            as_at=date(2026, 9, 30),
        )


def _supervise(system: Actor, supervisor: Actor, reviewer: Actor, schools: Sequence[tuple[School, int]]) -> None:
    """Two semesters of supervision: visits, forms, what was agreed and became of it, answers of schools, committee, study."""
    numbers = {school.pk: number for school, number in schools}
    rows = [school for school, _ in schools]
    projects = [Project.objects.get(title=PROJECTS[place][0]) for place in (1, 0)]
    learning, classroom = forms.make_forms(reviewer, projects)
    found = visits.record_terms(system, rows, [numbers[one.pk] for one in rows], projects[0])
    visits.follow_up(supervisor, found, numbers, learning)
    forms.fill_in(supervisor, found, numbers, learning, classroom)
    answering.answer_for_schools(found[visits.TERMS[-1].name])
    answering.visit_by_committee(supervisor, rows[::11])
    study.study_of(supervisor, found)


def _prove(keeper: Actor, reviewer: Actor, reporting_round: Round) -> None:
    for item, kind, title in PIECES:
        piece = bring_piece(
            actor=keeper,
            title=title,
            kind=kind,
            medium=Piece.Medium.PHYSICAL,
            period=fiscal_year_period(FISCAL_YEAR),
            custodian=f"กลุ่มนิเทศฯ ({EXAMPLE})",
            place="ห้องศูนย์ข้อมูล ตู้ 1",
            source=EXAMPLE,
        )
        use_piece(actor=keeper, piece=piece, edition=reporting_round.edition, fiscal_year=FISCAL_YEAR, item=item)
        if item in REVIEWED:
            answer_clarity(actor=reviewer, piece=piece, criterion="reviewed", holds=True, reason=EXAMPLE)


def _answer(keeper: Actor, reporting_round: Round) -> None:
    tests = {"1": ("project",), "2": ("carried_out",), "3": ("as_planned", "every_school"), "4": ("synthesised",)}
    for item, names in tests.items():
        for test in names:
            answer_test(
                actor=keeper, round=reporting_round, item=item, test=test, is_done=True, reason=f"{EXAMPLE}: มติคณะทำงาน"
            )
    for item, title in (("4", "กลุ่มนโยบายและแผน"), ("5", "กลุ่มส่งเสริมการจัดการศึกษา")):
        assign_item(actor=keeper, round=reporting_round, item=item, title=title, due_on=date(2026, 12, 15))


def _tell(keeper: Actor, reporting_round: Round) -> None:
    for item, (factor, problem, way) in TOLD.items():
        paragraphs = []
        for section, words in (("factors", factor), ("problems", problem), ("way_forward", way)):
            paragraphs += [
                ParagraphDraft(role="heading", section=section, text=HEADINGS[section][1], mark=f"{HEADINGS[section][0]}."),
                ParagraphDraft(role="point", section=section, text=f"{words} ({EXAMPLE})"),
            ]
        write_narrative(actor=keeper, round=reporting_round, item=item, groups=[GroupDraft(title="", about="", paragraphs=tuple(paragraphs))])
    about = RecordRef("assessments.round", str(reporting_round.pk))
    make_commitment(
        actor=keeper,
        text="ข้อ 5: รวบรวมผลงานที่เป็นแบบอย่าง (Best Practice) และเผยแพร่",
        owner_title="ผู้อำนวยการกลุ่มส่งเสริมการจัดการศึกษา",
        due_on=date(2026, 12, 15),
        about=about,
        arose_from=about,
        point="item 5",
    )
    say_comment(actor=keeper, round=reporting_round, item="4", text="รอรายงานการประชุม ก.ต.ป.น. ครั้งที่ 2/2569 (ข้อมูลตัวอย่าง)")


HEADINGS = {
    "factors": (1, "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จ"),
    "problems": (2, "ปัญหา/อุปสรรค/ข้อจำกัด"),
    "way_forward": (4, "แนวทางการพัฒนา"),
}
