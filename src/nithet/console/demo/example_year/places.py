"""The schools of the example year become records: by the list of schools that an office would bring, and the census."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.example_year.schools import ExampleSchool
from nithet.domain.directory.actions.arrangements import arrange_joint_learning
from nithet.domain.directory.actions.census import record_census
from nithet.domain.directory.actions.importing import import_schools
from nithet.domain.directory.actions.populations import declare_population
from nithet.domain.directory.actions.results import ResultDraft, record_test_results
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.rules.school_lists import guessed_matches, read_schools
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.tables import read_table
from nithet.kernel.thai_dates import format_date

HEAD = {True: "มี", False: "ว่าง"}
YES = {True: "ครบ", False: "ไม่ครบ"}
INTERNET = {"none": "ไม่มี", "mobile": "มือถือ", "broadband": "บรอดแบนด์"}
HEADINGS = (
    "รหัส SMIS", "ชื่อโรงเรียน", "อำเภอ", "กลุ่มเครือข่าย", "ระดับที่เปิดสอน", "สถานะผู้บริหาร", "อินเทอร์เน็ต",
    "ณ วันที่", "จำนวนนักเรียน", "จำนวนห้องเรียน", "จำนวนครู", "ครูตามเกณฑ์", "ครูครบชั้น", "นักการภารโรง",
)  # fmt: skip
GROUPS_OF_JOINT_LEARNING = (3, 3, 3, 3, 2, 2, 2, 2, 2)
"""Schools of each of the nine arrangements of joint learning; 22 schools in all."""
MATHEMATICS = (84, 128)
"""Schools whose mean in mathematics rose, of those with pupils tested."""


def list_of(schools: Sequence[ExampleSchool], as_at: date) -> bytes:
    """Return the list of schools as an office's spreadsheet has it, with the figures as at a day."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADINGS)
    for one in schools:
        rows.writerow(
            [
                one.code, one.name, one.district, one.network, one.levels.replace("–", "-"), HEAD[one.has_head],
                INTERNET[one.connectivity], format_date(as_at, "numeric"), one.pupils, one.rooms, one.teachers,
                one.entitled, YES[one.has_teacher_per_class], int(one.has_janitor),
            ]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def bring_schools(actor: Actor, schools: Sequence[ExampleSchool], as_at: date) -> dict[str, School]:
    """Bring the example schools by their list; return every school of the office by its name."""
    table = read_table(list_of(schools, as_at), "schools.csv")
    reading = read_schools(table, guessed_matches(table.headers))
    import_schools(actor=actor, reading=reading, source=EXAMPLE, is_example=True)
    return {row.unit.name: row for row in School.objects.select_related("unit")}


def count_named(actor: Actor, named: Sequence[tuple[School, ExampleSchool]], as_at: date) -> None:
    """Enter example figures for schools that the document names; the schools themselves stay as the document has them."""
    for school, one in named:
        record_census(
            actor=actor,
            school=school,
            as_at=as_at,
            pupils=one.pupils,
            rooms=one.rooms,
            teachers=one.teachers,
            teachers_entitled=one.entitled,
            teacher_per_class=one.has_teacher_per_class,
            janitors=int(one.has_janitor),
            source=EXAMPLE,
        )


def declare_all(actor: Actor, as_at: date) -> None:
    """Declare what "ทุกโรงเรียน" means in the example year."""
    declare_population(actor=actor, as_at=as_at, rule="open", source=EXAMPLE)


def learn_jointly(actor: Actor, schools: Sequence[School], starts_on: date) -> None:
    """Arrange joint learning: nine hosts with one or two partners each."""
    rest = iter(schools)
    for size in GROUPS_OF_JOINT_LEARNING:
        host, *partners = [next(rest) for _ in range(size)]
        arrange_joint_learning(
            actor=actor,
            host=host,
            partners={partner: [] for partner in partners},
            starts_on=starts_on,
            note_text=EXAMPLE,
        )


def tested(actor: Actor, schools: Sequence[School], year: int) -> None:
    """Enter means in mathematics of two years: they rise in 84 of 128 schools. Tests differ between years."""
    risen, all_tested = MATHEMATICS
    drafts = []
    for index, school in enumerate(schools[:all_tested]):
        before = Decimal(38 + index % 9)
        after = before + (Decimal("2.50") if index < risen else Decimal("-1.25"))
        for academic_year, mean in ((year - 1, before), (year, after)):
            drafts.append(ResultDraft(school, "onet_p6", academic_year, "คณิตศาสตร์", 6 + index % 14, mean))
    record_test_results(actor=actor, drafts=drafts, source=EXAMPLE)
