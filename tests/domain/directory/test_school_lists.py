"""Lists of schools on their way in and out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nithet.domain.directory.actions.importing import ListHasFaults, import_schools
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import Network, School, SchoolCode
from nithet.domain.directory.queries.importing import plan_schools
from nithet.domain.directory.queries.listing import list_columns, list_rows
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.directory.rules.list_columns import is_heading
from nithet.domain.directory.rules.school_lists import (
    SchoolListReading,
    guessed_matches,
    read_schools,
)
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.documents.sheets import write_csv, write_xlsx
from nithet.foundation.documents.tables import read_table
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_school

HEAD = "รหัสโรงเรียน,ชื่อโรงเรียน,อำเภอ,กลุ่มเครือข่าย,จำนวนนักเรียน,ณ วันที่,ละติจูด,ลองจิจูด,สถานะผู้บริหาร"
FIRST = "๗๖๐๑๐๐๐๑,โรงเรียนวัดเพรียง,เมืองเพชรบุรี,เครือข่ายเมือง,๘๕,๑๐ มิ.ย. ๒๕๕๕,13.1,99.95,ว่าง"
SECOND = '76010002,วัดโพธิ์,บ้านแหลม,เครือข่ายเมือง,"1,204",10/6/2012,,,มี'


def reading(*lines: str) -> SchoolListReading:
    table = read_table("\n".join(lines).encode(), "list.csv", is_known=is_heading)
    return read_schools(table, guessed_matches(table.headers))


def take_over(cast: Cast, *lines: str, person: str = "planner") -> tuple[int, int, int]:
    plan = import_schools(actor=cast.actor(person), reading=reading(*lines), source="list.csv")
    return len(plan.created), len(plan.updated), plan.unchanged


def test_a_list_makes_schools_networks_and_figures_with_their_day(cast: Cast, office: Unit) -> None:
    assert take_over(cast, HEAD, FIRST, SECOND) == (2, 0, 0)
    school = School.objects.select_related("unit", "network__unit").get(smis_code="76010001")
    assert (school.name, school.district, school.head_status) == (
        "โรงเรียนวัดเพรียง",
        "เมืองเพชรบุรี",
        "vacant",
    )
    assert (school.latitude, school.longitude, school.source) == (
        Decimal("13.1"),
        Decimal("99.95"),
        "list.csv",
    )
    assert (school.unit.code, school.unit.parent_id) == ("76010001", Network.objects.get().unit_id)
    census = Census.objects.get(school=school)
    assert (census.pupils, census.as_at, census.source) == (85, date(2012, 6, 10), "list.csv")
    assert Census.objects.get(school__smis_code="76010002").pupils == 1204
    event = AuditEvent.objects.get(name="schools.imported")
    assert "list.csv" in say(event)
    assert event.after["created"] == 2


def test_the_same_list_again_changes_nothing_and_leaves_no_event(cast: Cast, office: Unit) -> None:
    take_over(cast, HEAD, FIRST, SECOND)
    events = AuditEvent.objects.count()
    assert take_over(cast, HEAD, FIRST, SECOND) == (0, 0, 2)
    assert AuditEvent.objects.count() == events


def test_a_later_list_changes_what_differs_and_leaves_what_it_does_not_say(
    cast: Cast, office: Unit
) -> None:
    take_over(cast, HEAD, FIRST, SECOND)
    assert take_over(cast, HEAD, FIRST, "76010002,วัดโพธิ์ทอง,,เครือข่ายใหม่,0,10/11/2555,,,") == (
        0,
        1,
        1,
    )
    school = School.objects.select_related("unit", "network__unit").get(smis_code="76010002")
    assert (school.name, school.district, school.head_status, school.version) == (
        "วัดโพธิ์ทอง",
        "บ้านแหลม",
        "present",
        2,
    )
    assert school.network is not None
    assert school.unit.parent_id == school.network.unit_id
    assert list(
        Census.objects.filter(school=school).order_by("as_at").values_list("pupils", flat=True)
    ) == [1204, 0]
    story = (
        AuditEvent.objects.filter(name="schools.imported").order_by("-pk")[0].after["schools"][0]
    )
    assert story["was"]["name"] == "วัดโพธิ์"


def test_figures_of_a_day_that_are_put_right_change_the_same_census(
    cast: Cast, office: Unit
) -> None:
    take_over(cast, HEAD, FIRST)
    assert take_over(cast, HEAD, FIRST.replace("๘๕", "๘๖")) == (0, 1, 0)
    census = Census.objects.get()
    assert (census.pupils, census.version) == (86, 2)


def test_figures_without_a_day_count_as_of_today_unless_they_are_known(
    cast: Cast, office: Unit
) -> None:
    head, row = "รหัส,โรงเรียน,นักเรียน", "76010001,วัดเพรียง,85"
    take_over(cast, head, row)
    assert Census.objects.get().as_at == clock.today()
    Census.objects.update(as_at=date(2012, 6, 10))
    assert take_over(cast, head, row) == (0, 0, 1)
    assert take_over(cast, head, row.replace("85", "80")) == (0, 1, 0)
    assert Census.objects.count() == 2


def test_a_school_without_a_code_takes_the_code_of_its_name(cast: Cast, office: Unit) -> None:
    kept = make_school(cast, "วัดเพรียง")
    assert take_over(cast, "รหัส,โรงเรียน", "76010001,โรงเรียนวัดเพรียง") == (0, 1, 0)
    kept.refresh_from_db()
    assert (kept.smis_code, kept.unit.code, kept.name) == ("76010001", "76010001", "โรงเรียนวัดเพรียง")


def test_it_is_said_when_a_name_may_mean_two_schools(cast: Cast, office: Unit) -> None:
    make_school(cast, "วัดเพรียง")
    with pytest.raises(ListHasFaults) as refused:
        take_over(cast, "รหัส,โรงเรียน", "76010001,วัดเพรียง", "76010002,วัดเพรียง")
    assert [(f.row, f.problem.code) for f in refused.value.plan.faults] == [
        (2, "list.which_school"),
        (3, "list.which_school"),
    ]


def test_codes_of_other_kinds_find_a_school_and_are_kept_as_text(cast: Cast, office: Unit) -> None:
    take_over(
        cast, "รหัสโรงเรียน,รหัสกระทรวง,รหัส สมศ.,ชื่อโรงเรียน", "76010001,1076010001,010203,วัดเพรียง"
    )
    assert set(SchoolCode.objects.values_list("kind", "code")) == {
        ("moe", "1076010001"),
        ("onesqa", "010203"),
    }
    assert take_over(cast, "รหัสกระทรวง,ชื่อโรงเรียน,ตำบล", "1076010001,วัดเพรียง,คลองกระแชง") == (
        0,
        1,
        0,
    )
    assert School.objects.get().subdistrict == "คลองกระแชง"
    assert take_over(cast, "รหัสโรงเรียน,รหัส สมศ.,ชื่อโรงเรียน", "1076010001,010204,วัดเพรียง") == (
        0,
        1,
        0,
    )
    assert SchoolCode.objects.get(kind="onesqa").code == "010204"


def faults(office: Unit, *lines: str) -> list[tuple[int, str, str]]:
    plan = plan_schools(reading(*lines), clock.today())
    return [(fault.row, fault.column, fault.problem.code) for fault in plan.faults]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",วัดเพรียง,,,,,,,", "รหัสโรงเรียน", "list.cell_missing"),
        ("76010009,,,,,,,,", "ชื่อโรงเรียน", "list.cell_missing"),
        ("7601000X,วัดเพรียง,,,,,,,", "รหัสโรงเรียน", "cell.code"),
        ("76010009,วัดเพรียง,,,แปดสิบ,,,,", "จำนวนนักเรียน", "cell.number"),
        ("76010009,วัดเพรียง,,,-1,,,,", "จำนวนนักเรียน", "cell.least"),
        ("76010009,วัดเพรียง,,,1,31/2/2555,,,", "ณ วันที่", "no_such_date"),
        ("76010009,วัดเพรียง,,,1,เมื่อวาน,,,", "ณ วันที่", "date_unreadable"),
        ("76010009,วัดเพรียง,,,,,99.9,13.1,", "ละติจูด", "cell.most"),
        ("76010009,วัดเพรียง,,,,,13.1,199.9,", "ลองจิจูด", "cell.most"),
        ("76010009,วัดเพรียง,,,,,,,ไม่แน่", "สถานะผู้บริหาร", "cell.word"),
        ("76010001,วัดอื่น,,,,,,,", "รหัสโรงเรียน", "list.code_twice"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_written(
    cast: Cast, office: Unit, row: str, column: str, code: str
) -> None:
    assert faults(office, HEAD, FIRST, row) == [(3, column, code)]
    with pytest.raises(ListHasFaults):
        take_over(cast, HEAD, FIRST, row)
    assert not School.objects.exists()
    assert not Network.objects.exists()


def test_every_fault_of_a_list_is_named_at_once(office: Unit) -> None:
    assert len(faults(office, HEAD, "x,,,,y,,,,", "76010001,ก,,,z,,,,")) == 4


def test_a_needed_column_that_is_missing_is_one_fault_of_the_headings(office: Unit) -> None:
    assert faults(office, "ชื่อโรงเรียน,อำเภอ", "วัดเพรียง,เมือง") == [
        (1, "รหัสโรงเรียน", "list.column_missing")
    ]
    assert faults(office, "รหัส,อำเภอ", "76010001,เมือง") == [(1, "ชื่อโรงเรียน", "list.column_missing")]


def test_codes_of_one_row_that_belong_to_two_schools_are_refused(cast: Cast, office: Unit) -> None:
    take_over(cast, "รหัส,รหัสกระทรวง,โรงเรียน", "76010001,1076010001,ก", "76010002,1076010002,ข")
    assert faults(office, "รหัส,รหัสกระทรวง,โรงเรียน", "76010001,1076010002,ก") == [
        (2, "รหัส", "list.codes_of_two")
    ]
    twice = faults(office, "รหัส,โรงเรียน", "76010001,ก", "1076010001,ก")
    assert twice == [(3, "รหัส", "list.school_twice")]


def test_classes_must_add_up_to_the_whole(cast: Cast, office: Unit) -> None:
    head = "รหัส,โรงเรียน,จำนวนนักเรียน,ณ วันที่,ป.1,นักเรียน ป.๒"
    assert faults(office, head, "76010001,ก,10,10/6/2555,5,6") == [
        (2, "จำนวนนักเรียน", "list.pupils_differ")
    ]
    take_over(cast, head, "76010001,ก,,10/6/2555,5,6")
    census = Census.objects.get()
    assert (census.pupils, census.pupils_by_level) == (11, {"p1": 5, "p2": 6})
    take_over(cast, "รหัส,โรงเรียน,จำนวนนักเรียน,ณ วันที่", "76010001,ก,12,10/6/2555")
    census.refresh_from_db()
    assert (census.pupils, census.pupils_by_level) == (12, {})


FULL = [
    "รหัสโรงเรียน,รหัสกระทรวง,ชื่อโรงเรียน,กลุ่มเครือข่าย,ระดับที่เปิดสอน,โทรศัพท์,สถานะผู้บริหาร,อินเทอร์เน็ต,"
    "คอมพิวเตอร์งานบริหาร,ชุด DLTV,กล้องประชุม,ณ วันที่,จำนวนนักเรียน,จำนวนครู,ครูตามเกณฑ์,ครูครบชั้น,ตรงวิชาเอก,ภารโรง,อ.2,ป.1,ละติจูด",
    "76010001,1076010001,=วัดสูตร,เครือข่าย ก,อ.2-ป.6,032-425001,รักษาการ,มือถือ,2,มี,ไม่มี,10 พ.ย. 54,30,4,6,ไม่ครบ,2,ไม่มี,10,20,13.0951234",
    '76010002,,"วัด, จุลภาค",,ม.1-ม.3,,,,,,,,,,,,,,,,',
    "001,,โรงเรียนวัด ๒,,,,,,,,,,0,,,,,,,,",
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_went_out_comes_back_as_all_unchanged(
    cast: Cast, office: Unit, kind: str
) -> None:
    assert take_over(cast, *FULL) == (3, 0, 0)
    assert School.objects.get(smis_code="76010001").levels[0] == "k2"
    rows = list_rows(list_schools(cast.actor("planner")))
    if kind == "csv":
        data = b"".join(write_csv(columns=list_columns(), rows=rows))
    else:
        data = write_xlsx(title="โรงเรียน", columns=list_columns(), rows=rows)
    table = read_table(data, f"list.{kind}", is_known=is_heading)
    back = read_schools(table, guessed_matches(table.headers))
    assert back.unmapped == []
    plan = plan_schools(back, clock.today())
    assert [(f.row, f.column, str(f.problem)) for f in plan.faults] == []
    assert (len(plan.changes), plan.unchanged) == (0, 3)


@pytest.mark.parametrize("person", ["school_head", "assessor", "committee_member", "nobody"])
def test_only_the_offices_writers_take_a_list_over(cast: Cast, office: Unit, person: str) -> None:
    with pytest.raises(Refused):
        take_over(cast, HEAD, FIRST, person=person)
    assert not School.objects.exists()


@pytest.mark.parametrize("count", [1, 300])
def test_a_list_costs_the_same_number_of_questions_whatever_its_rows(
    cast: Cast, office: Unit, django_assert_max_num_queries: object, count: int
) -> None:
    lines = [
        f"{76010000 + n},วัดที่ {n},เมือง,เครือข่าย {n % 12},{n},10/6/2555,13.1,99.9,มี"
        for n in range(count)
    ]
    back = reading(HEAD, *lines)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        plan = import_schools(actor=cast.actor("planner"), reading=back, source="list.csv")
    assert len(plan.created) == count
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert plan_schools(back, clock.today()).unchanged == count
