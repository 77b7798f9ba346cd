"""Pages of schools, as people of the office and of a school use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.commitments.actions import make_commitment
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.actions.arrangements import arrange_joint_learning, record_legal_act
from nithet.domain.directory.actions.census import record_census, record_test_result
from nithet.domain.directory.actions.networks import create_network
from nithet.domain.directory.actions.populations import declare_population
from nithet.domain.directory.models.arrangements import JointLearning, LegalAct
from nithet.domain.directory.models.census import Census, TestResult
from nithet.domain.directory.models.importing import ColumnMatch, SchoolList
from nithet.domain.directory.models.populations import Population, SizeSchemeChoice
from nithet.domain.directory.models.schools import NetworkChair, School, SchoolCode
from nithet.foundation.documents.tables import read_table
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_school

Sign = Callable[[str], Client]


@pytest.fixture
def sign(cast: Cast, client: Client) -> Sign:
    def as_person(name: str) -> Client:
        client.force_login(cast.users[name])
        return client

    return as_person


def be(prefix: str, day: date) -> dict[str, str]:
    return {
        f"{prefix}_day": str(day.day),
        f"{prefix}_month": str(day.month),
        f"{prefix}_year": str(day.year + 543),
    }


def own_school(cast: Cast, office: Unit) -> School:
    return School.objects.create(office=office, unit=cast.school, telephone="032-425001")


DAY = date(2012, 6, 10)


def test_the_list_is_filtered_by_network_size_head_and_words(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    planner = cast.actor("planner")
    network = create_network(actor=cast.actor("administrator"), name="เครือข่ายเมือง")
    small = make_school(cast, "วัดเล็ก", network=network, smis_code="76010001", district="เมือง")
    large = make_school(cast, "วัดใหญ่", district="บ้านแหลม")
    empty = make_school(cast, "วัดว่าง")
    for school, pupils in ((small, 85), (large, 700), (empty, 0)):
        record_census(actor=planner, school=school, as_at=DAY, pupils=pupils)
    School.objects.filter(pk=large.pk).update(head_status="vacant")
    client = sign("planner")

    def names(**asked: str) -> list[str]:
        page = client.get(reverse("directory:schools"), asked)
        assert page.status_code == 200
        return [row.name for row in page.context["page"]]

    assert names() == ["วัดเล็ก", "วัดว่าง", "วัดใหญ่"]
    assert names(size="small") == ["วัดเล็ก"]
    assert names(size="no_pupils") == ["วัดว่าง"]
    assert names(head="vacant") == ["วัดใหญ่"]
    assert names(network=str(network.pk)) == ["วัดเล็ก"]
    assert names(network="none") == ["วัดว่าง", "วัดใหญ่"]
    assert names(q="๗๖๐๑") == ["วัดเล็ก"]
    assert names(q="ใหญ่") == ["วัดใหญ่"]
    assert names(sort="-pupils") == ["วัดใหญ่", "วัดเล็ก", "วัดว่าง"]
    assert names(district="เมือง") == ["วัดเล็ก"]
    sheet = client.get(reverse("directory:schools"), {"as": "xlsx", "size": "small"})
    table = read_table(sheet.content, "list.xlsx")
    assert [row.cells[0] for row in table.rows] == ["76010001"]


@pytest.mark.parametrize("count", [1, 30, 100])
def test_the_list_costs_the_same_number_of_questions_whatever_its_rows(
    cast: Cast, office: Unit, sign: Sign, count: int
) -> None:
    for number in range(count):
        make_school(cast, f"วัดที่ {number:03}")
    client = sign("planner")
    client.get(reverse("directory:schools"))
    with CaptureQueriesContext(
        connection,
    ) as questions:
        client.get(reverse("directory:schools"))
    assert len(questions) <= 24, [one["sql"][:120] for one in questions]


def test_a_school_shows_its_head_size_figures_results_and_telephone(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school, planner = own_school(cast, office), cast.actor("planner")
    School.objects.filter(pk=school.pk).update(
        head_status="acting", acting_order="คำสั่งที่ 12/2555", levels=["p1", "p2"]
    )
    record_census(
        actor=planner, school=school, as_at=DAY, pupils=85, teachers=4, teachers_entitled=6
    )
    record_test_result(
        actor=planner,
        school=school,
        test="onet_p6",
        academic_year=2555,
        subject="คณิตศาสตร์",
        tested=7,
        mean=Decimal("41.50"),
    )
    for person in ("planner", "school_head", "committee_member"):
        page = sign(person).get(reverse("directory:school", args=[school.pk]))
        said = page.content.decode()
        assert page.status_code == 200
        for words in (
            "รักษาการ",
            "คำสั่งที่ 12/2555",
            "85",
            "10 มิ.ย. 2555",
            "ขนาดเล็ก",
            "tel:032425001",
            "คณิตศาสตร์",
            "41.50",
            "ป.1-ป.2",
        ):
            assert words in said, (person, words)


def test_facts_are_changed_and_a_slower_writer_sees_both_versions(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school = own_school(cast, office)
    address, client = reverse("directory:edit_school", args=[school.pk]), sign("planner")
    typed = {
        "version": "1",
        "name": "โรงเรียนใหม่",
        "levels": "อ.2-ป.6",
        "head_status": "vacant",
        "telephone": "081",
    }
    assert client.get(address).status_code == 200
    assert client.post(address, typed).status_code == 302
    school.refresh_from_db()
    assert (school.unit.name, school.levels[0], school.head_status, school.version) == (
        "โรงเรียนใหม่",
        "k2",
        "vacant",
        2,
    )
    conflict = client.post(address, {**typed, "telephone": "099"})
    assert conflict.status_code == 409
    assert {"081", "099"} <= set(
        conflict.content.decode().replace("<", " ").replace(">", " ").split()
    )
    assert client.post(address, {**typed, "version": "2", "levels": "ชั้นใหญ่"}).status_code == 422


def test_a_school_puts_right_how_it_is_reached_and_nothing_else(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school, other = own_school(cast, office), make_school(cast, "วัดอื่น")
    client = sign("school_head")
    typed = {
        "version": "1",
        "telephone": "032-1",
        "connectivity": "mobile",
        "name": "ชื่อปลอม",
        "head_status": "present",
    }
    assert client.post(reverse("directory:edit_school", args=[school.pk]), typed).status_code == 302
    school.refresh_from_db()
    assert (school.telephone, school.connectivity) == ("032-1", "mobile")
    assert (school.unit.name, school.head_status) == (cast.school.name, "")
    assert client.get(reverse("directory:edit_school", args=[other.pk])).status_code == 404
    assert client.get(reverse("directory:edit_codes", args=[school.pk])).status_code == 404
    assert client.get(reverse("directory:add_census", args=[school.pk])).status_code == 404


def test_codes_are_set_and_one_of_another_school_is_refused(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school = own_school(cast, office)
    make_school(cast, "วัดอื่น", smis_code="76010002")
    address, client = reverse("directory:edit_codes", args=[school.pk]), sign("planner")
    typed = {"version": "1", "smis_code": "๗๖๐๑๐๐๐๑", "moe_code": "1076010001"}
    assert client.post(address, typed).status_code == 302
    school.refresh_from_db()
    assert (school.smis_code, SchoolCode.objects.get().code, school.version) == (
        "76010001",
        "1076010001",
        2,
    )
    assert client.post(address, typed).status_code == 409
    taken = client.post(address, {**typed, "version": "2", "smis_code": "76010002"})
    assert (taken.status_code, "วัดอื่น" in taken.content.decode()) == (422, True)
    assert client.post(address, {**typed, "version": "2", "smis_code": "12"}).status_code == 422


def test_figures_are_entered_put_right_and_taken_back(cast: Cast, office: Unit, sign: Sign) -> None:
    school = own_school(cast, office)
    School.objects.filter(pk=school.pk).update(levels=["p1", "p2"])
    client = sign("planner")
    typed = {
        **be("as_at", DAY),
        "level_p1": "๑๐",
        "level_p2": "11",
        "janitors": "0",
        "teacher_per_class": "no",
    }
    assert client.post(reverse("directory:add_census", args=[school.pk]), typed).status_code == 302
    census = Census.objects.get()
    assert (census.pupils, census.pupils_by_level, census.janitors) == (21, {"p1": 10, "p2": 11}, 0)
    assert census.teacher_per_class is False
    assert client.post(reverse("directory:add_census", args=[school.pk]), typed).status_code == 422
    change = reverse("directory:edit_census", args=[school.pk, census.pk])
    assert client.get(change).status_code == 200
    assert (
        client.post(
            change, {"version": "1", "pupils": "22", "level_p1": "11", "level_p2": "11"}
        ).status_code
        == 302
    )
    assert (
        client.post(
            change, {"version": "1", "pupils": "23", "level_p1": "12", "level_p2": "11"}
        ).status_code
        == 409
    )
    assert (
        client.post(
            change, {"version": "2", "pupils": "99", "level_p1": "12", "level_p2": "11"}
        ).status_code
        == 422
    )
    assert (
        client.post(reverse("directory:undo_census", args=[school.pk, census.pk])).status_code
        == 302
    )
    census.refresh_from_db()
    assert (census.stands, census.pupils) == (False, 22)


def test_results_are_entered_put_right_and_taken_back(cast: Cast, office: Unit, sign: Sign) -> None:
    school, client = own_school(cast, office), sign("supervisor")
    typed = {
        "test": "nt_p3",
        "academic_year": "๒๕๕๕",
        "subject": "ภาษาไทย",
        "tested": "7",
        "mean": "41.5",
        "full_marks": "100",
    }
    add = reverse("directory:add_result", args=[school.pk])
    assert client.post(add, {**typed, "mean": "141"}).status_code == 422
    assert client.post(add, typed).status_code == 302
    result = TestResult.objects.get()
    change = reverse("directory:edit_result", args=[school.pk, result.pk])
    assert client.post(change, {**typed, "version": "1", "tested": "8"}).status_code == 302
    assert client.post(change, {**typed, "version": "1", "tested": "9"}).status_code == 409
    assert (
        client.post(reverse("directory:undo_result", args=[school.pk, result.pk])).status_code
        == 302
    )
    assert not TestResult.objects.get().stands


def test_a_merger_ends_a_school_and_taking_it_back_lets_it_go_on(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school, host, client = own_school(cast, office), make_school(cast, "วัดหลัก"), sign("planner")
    foreign = School(pk=999_999)
    typed = {
        "kind": "merge",
        "into": str(host.pk),
        "order_number": "1/2555",
        **be("ordered_on", DAY),
        **be("effective_on", DAY),
    }
    add = reverse("directory:add_act", args=[school.pk])
    assert client.post(add, {**typed, "into": str(foreign.pk)}).status_code == 422
    assert client.post(add, {**typed, "into": ""}).status_code == 422
    assert client.post(add, typed).status_code == 302
    act = LegalAct.objects.get()
    cast.school.refresh_from_db()
    assert cast.school.ends_on == date(2012, 6, 9)
    listed = client.get(reverse("directory:schools")).context["page"].object_list
    assert [row.pk for row in listed] == [host.pk]
    change = reverse("directory:edit_act", args=[act.pk])
    assert (
        client.post(change, {**typed, "version": "1", "order_number": "2/2555"}).status_code == 302
    )
    assert (
        client.post(change, {**typed, "version": "1", "order_number": "3/2555"}).status_code == 409
    )
    assert client.post(reverse("directory:undo_act", args=[act.pk])).status_code == 302
    cast.school.refresh_from_db()
    assert cast.school.ends_on is None


def test_joint_learning_keeps_every_school_alive(cast: Cast, office: Unit, sign: Sign) -> None:
    host, partner, client = make_school(cast, "วัดหลัก"), make_school(cast, "วัดเล็ก"), sign("planner")
    typed = {
        "host": str(host.pk),
        "partners": [str(partner.pk)],
        "classes": "ป.4-ป.6",
        **be("starts_on", DAY),
    }
    add = reverse("directory:add_joint_learning")
    assert client.post(add, {**typed, "partners": [str(host.pk)]}).status_code == 422
    assert client.post(add, typed).status_code == 302
    kept = JointLearning.objects.get()
    assert [(p.school_id, p.classes) for p in kept.partners.all()] == [
        (partner.pk, ["p4", "p5", "p6"])
    ]
    assert "วัดเล็ก" in client.get(reverse("directory:joint_learning")).content.decode()
    assert client.get(reverse("directory:schools")).context["page"].paginator.count == 2
    change = reverse("directory:edit_joint_learning", args=[kept.pk])
    ended = {"version": "1", **be("starts_on", DAY), **be("ends_on", date(2013, 3, 31))}
    assert client.post(change, ended).status_code == 302
    assert client.post(change, ended).status_code == 409
    assert client.post(reverse("directory:undo_joint_learning", args=[kept.pk])).status_code == 302
    assert not JointLearning.objects.get().stands


def test_every_school_is_declared_counted_and_said(cast: Cast, office: Unit, sign: Sign) -> None:
    make_school(cast, "วัดหนึ่ง")
    make_school(cast, "วัดสอง")
    client, here = sign("planner"), reverse("directory:populations")
    assert "ยังไม่" in client.get(here).content.decode()
    typed = {"name": "ทุกโรงเรียน", **be("as_at", DAY), "rule": "open"}
    assert client.post(reverse("directory:declare"), typed).status_code == 302
    kept = Population.objects.get()
    assert kept.counted == 2
    make_school(cast, "วัดสาม")
    said = client.get(here).content.decode()
    assert "ทุกโรงเรียน: 2 โรงเรียน ณ วันที่ 10 มิถุนายน 2555" in said
    assert (
        client.get(reverse("directory:population", args=[kept.pk])).context["page"].paginator.count
        == 2
    )
    assert client.post(reverse("directory:undo_population", args=[kept.pk])).status_code == 302
    assert client.get(reverse("directory:population", args=[kept.pk])).status_code == 404


def test_the_scheme_of_sizes_is_chosen_and_kept_against_a_slower_writer(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    client, address = sign("planner"), reverse("directory:scheme")
    assert client.post(address, {"scheme": "primary-7", "version": "0"}).status_code == 302
    assert SizeSchemeChoice.objects.get().scheme == "primary-7"
    assert client.post(address, {"scheme": "secondary-4", "version": "1"}).status_code == 302
    assert client.post(address, {"scheme": "primary-4", "version": "1"}).status_code == 409
    assert client.post(address, {"scheme": "none", "version": "2"}).status_code == 422


def test_a_network_has_a_chair_by_year(cast: Cast, office: Unit, sign: Sign) -> None:
    network = create_network(actor=cast.actor("administrator"), name="เครือข่ายเมือง")
    school, other = make_school(cast, "วัดหลัก", network=network), make_school(cast, "วัดนอก")
    client, address = sign("planner"), reverse("directory:chair", args=[network.pk])
    assert (
        client.post(address, {"academic_year": "2555", "school": str(other.pk)}).status_code == 422
    )
    assert (
        client.post(address, {"academic_year": "2555", "school": str(school.pk)}).status_code == 302
    )
    page = client.get(reverse("directory:network", args=[network.pk])).content.decode()
    assert "2555" in page
    assert "วัดหลัก" in page
    chair = NetworkChair.objects.get()
    assert (
        client.post(reverse("directory:undo_chair", args=[network.pk, chair.pk])).status_code == 302
    )
    assert client.get(reverse("directory:networks")).status_code == 200


LIST = "รหัส,โรงเรียน,เด็ก,หมายเหตุ\n76010001,วัดเพรียง,85,ก\n76010002,วัดโพธิ์,90,ข\n"


def brought(client: Client, text: str = LIST) -> SchoolList:
    file = SimpleUploadedFile("โรงเรียน.csv", text.encode("cp874"))
    answer = client.post(reverse("directory:bring_list"), {"file": file})
    kept = SchoolList.objects.order_by("-pk")[0]
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("directory:list_columns", args=[kept.pk]),
    )
    return kept


def test_a_list_is_brought_matched_checked_and_written(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    client = sign("planner")
    kept = brought(client)
    columns = reverse("directory:list_columns", args=[kept.pk])
    assert "วัดเพรียง" in client.get(columns).content.decode()
    doubled = {"column_0": "code", "column_1": "name", "column_2": "name", "column_3": ""}
    assert client.post(columns, doubled).status_code == 422
    assert client.post(columns, {**doubled, "column_2": "pupils"}).status_code == 302
    check = client.get(reverse("directory:list_check", args=[kept.pk]))
    assert (len(check.context["plan"].created), check.context["plan"].unmapped) == (2, ["หมายเหตุ"])
    assert not School.objects.exists()
    assert client.post(reverse("directory:list_confirm", args=[kept.pk])).status_code == 302
    assert School.objects.count() == 2
    assert Census.objects.count() == 2
    assert not SchoolList.objects.exists()
    again = brought(client)
    assert again.matches == {"รหัส": "code", "โรงเรียน": "name", "เด็ก": "pupils", "หมายเหตุ": ""}
    assert ColumnMatch.objects.get(heading="เด็ก").field == "pupils"
    said = client.get(reverse("directory:list_check", args=[again.pk]))
    assert (said.context["plan"].unchanged, said.context["plan"].changes) == (2, [])
    assert client.post(reverse("directory:list_drop", args=[again.pk])).status_code == 302
    assert not SchoolList.objects.exists()


def test_faults_are_shown_by_row_and_column_and_nothing_is_written(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    client = sign("planner")
    kept = brought(client, "รหัส,โรงเรียน,นักเรียน\n76010001,ก,แปดสิบ\n76010001,ข,1\n76010001,ค,2\n")
    page = client.get(reverse("directory:list_check", args=[kept.pk]))
    assert [(row, column) for row, column, _ in page.context["faults"]] == [
        (2, "นักเรียน"),
        (4, "รหัส"),
    ]
    assert client.post(reverse("directory:list_confirm", args=[kept.pk])).status_code == 422
    assert not School.objects.exists()


def test_a_file_that_is_no_list_is_refused_at_its_field(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nothing")
    answer = sign("planner").post(reverse("directory:bring_list"), {"file": file})
    assert (answer.status_code, "เปิดไฟล์เป็นตารางไม่ได้" in answer.content.decode()) == (422, True)
    assert not SchoolList.objects.exists()


@pytest.mark.parametrize("person", ["school_head", "assessor", "committee_member", "outsider"])
def test_nobody_else_finds_a_waiting_list(
    cast: Cast, office: Unit, sign: Sign, person: str
) -> None:
    kept = brought(sign("planner"))
    client = sign(person)
    if person != "outsider":  # who brings lists of their own office
        assert client.get(reverse("directory:bring_list")).status_code == 404
    for name in ("list_columns", "list_check"):
        assert client.get(reverse(f"directory:{name}", args=[kept.pk])).status_code == 404
    assert client.post(reverse("directory:list_confirm", args=[kept.pk])).status_code == 404


def test_places_leave_as_geojson(cast: Cast, office: Unit, sign: Sign) -> None:
    school = make_school(cast, "วัดมีพิกัด")
    make_school(cast, "วัดไม่มีพิกัด")
    School.objects.filter(pk=school.pk).update(latitude=Decimal("13.1"), longitude=Decimal("99.95"))
    answer = sign("planner").get(reverse("directory:places"))
    assert answer["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [99.95, 13.1]}
    assert feature["properties"]["name"] == "วัดมีพิกัด"


def test_an_arrangement_and_an_end_are_told_apart(cast: Cast, office: Unit, sign: Sign) -> None:
    host, away, gone = (make_school(cast, name) for name in ("วัดหลัก", "วัดไป", "วัดเลิก"))
    planner = cast.actor("planner")
    arrange_joint_learning(actor=planner, host=host, partners={away: []}, starts_on=DAY)
    record_legal_act(
        actor=planner,
        school=gone,
        kind="close",
        order_number="5/2555",
        ordered_on=DAY,
        effective_on=DAY,
    )
    assert declare_population(actor=planner, as_at=DAY, rule="open").counted == 2
    assert declare_population(actor=planner, as_at=DAY, rule="own_classes").counted == 1
    ended = sign("planner").get(reverse("directory:schools"), {"ended": "1"})
    assert [row.name for row in ended.context["page"]] == ["วัดเลิก"]


def test_the_page_of_a_school_says_what_was_agreed_and_is_still_to_do(
    cast: Cast, office: Unit, sign: Sign
) -> None:
    school = make_school(cast)
    make_commitment(
        actor=cast.actor("supervisor"),
        text="จัดทำแผนพัฒนาให้แล้วเสร็จ",
        owner_title="ผู้อำนวยการโรงเรียน",
        kind=Commitment.Kind.PROMISE,
        about=RecordRef("directory.school", str(school.pk)),
        due_on=clock.today() - timedelta(days=1),
    )
    shown = sign("supervisor").get(reverse("directory:school", args=[school.pk])).content.decode()
    assert "จัดทำแผนพัฒนาให้แล้วเสร็จ" in shown
    assert "เลยกำหนด" in shown
