"""What is taken along: mine, complete, nothing of others, and a fixed number of questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast, make_unit
from tests.domain.instruments.submissions.factories import body, make_version

pytestmark = pytest.mark.django_db


def a_school(cast: Cast, name: str) -> School:
    unit = make_unit("school", name, office=cast.office, parent=cast.office)
    return School.objects.create(office=cast.office, unit=unit, telephone="032 000 000")


def an_agreement(cast: Cast, school: School, text: str, **fields: object) -> Commitment:
    known = {"kind": Commitment.Kind.PROMISE, "owner_title": "ผู้อำนวยการสถานศึกษา"} | fields
    return Commitment.objects.create(
        office=cast.office, text=text, about=f"directory.school:{school.pk}", **known
    )


def a_visit(cast: Cast, school: School, days: int, *, state: str = "planned") -> Visit:
    day = clock.today() + timedelta(days=days)
    visit = Visit.objects.create(
        office=cast.office, school=school, kind="supervision", visited_on=day, state=state
    )
    Visitor.objects.create(
        office=cast.office, visit=visit, title="ศึกษานิเทศก์", user_id=cast.users["supervisor"].pk
    )
    return visit


def taken(cast: Cast, name: str = "supervisor") -> dict[str, list[dict[str, object]]]:
    client = Client()
    client.force_login(cast.users[name])
    with scope(None):
        answer = client.get("/field/api/take/")
    assert answer.status_code == 200
    return dict(answer.json())


def test_schools_come_with_what_is_open_and_what_was_found(cast: Cast) -> None:
    with scope(cast.office.pk):
        school = a_school(cast, "โรงเรียนบ้านหนองน้ำใส")
        an_agreement(cast, school, "จัดตารางอ่านทุกเช้า")
        an_agreement(cast, school, "เสร็จแล้ว", state="done")
        older, newer = (
            a_visit(cast, school, -90, state="done"),
            a_visit(cast, school, -9, state="done"),
        )
        for visit, words in ((older, "ครั้งก่อนโน้น"), (newer, "นักเรียนอ่านคล่องขึ้น")):
            Finding.objects.create(
                office=cast.office, visit=visit, fiscal_year=2569, kind="impression", text=words
            )
    found = next(one for one in taken(cast)["schools"] if one["id"] == school.pk)
    assert [one["text"] for one in found["agreements"]] == ["จัดตารางอ่านทุกเช้า"]  # type: ignore[attr-defined]
    assert [one["text"] for one in found["findings"]] == ["นักเรียนอ่านคล่องขึ้น"]  # type: ignore[attr-defined]
    assert found["last_visit"] == newer.visited_on.isoformat()
    assert found["telephone"] == "032 000 000"


def test_the_plan_holds_my_visits_of_the_coming_weeks_alone(cast: Cast) -> None:
    with scope(cast.office.pk):
        school = a_school(cast, "โรงเรียนวัดป่าสักงาม")
        mine = a_visit(cast, school, 3)
        a_visit(cast, school, 200)
        a_visit(cast, school, 4).visitors.all().delete()
        a_visit(cast, school, 5, state="cancelled")
    assert [one["id"] for one in taken(cast)["plan"]] == [mine.pk]
    assert taken(cast, "planner")["plan"] == []


def test_forms_are_those_of_the_office_in_their_newest_version(cast: Cast) -> None:
    with scope(cast.office.pk):
        make_version(cast.office, version="1")
        newest = make_version(cast.office, version="2")
    with scope(cast.other_office.pk):
        theirs = make_version(cast.other_office)
    forms = taken(cast)["forms"]
    assert [one["id"] for one in forms] == [newest.pk]
    client = Client()
    client.force_login(cast.users["supervisor"])
    with scope(None):
        assert client.get(str(forms[0]["address"])).content.decode() == newest.xform
        assert client.get(f"/field/api/forms/{theirs.pk}/").status_code == 404
        assert client.get("/field/api/forms/999999/").status_code == 404


def test_another_office_takes_nothing_of_this_one(cast: Cast) -> None:
    with scope(cast.office.pk):
        an_agreement(cast, a_school(cast, "โรงเรียนบ้านเขาใหญ่"), "ข้อตกลง")
        make_version(cast.office)
    found = taken(cast, "outsider")
    assert (found["schools"], found["plan"], found["forms"]) == ([], [], [])


def test_the_device_learns_what_became_of_what_it_sent(cast: Cast) -> None:
    with scope(cast.office.pk):
        make_version(cast.office)
    client = Client()
    client.force_login(cast.users["supervisor"])
    with scope(None):
        client.post("/field/api/submissions/", body(form_id="gone"), content_type="text/xml")
    (told,) = taken(cast)["standing"]
    assert told["state"] == "waiting"
    assert told["reason"]
    assert taken(cast, "planner")["standing"] == []


@pytest.mark.parametrize("name", ["supervisor", "director", "school_head"])
def test_the_number_of_questions_does_not_grow_with_the_schools(cast: Cast, name: str) -> None:
    counts = []
    for many in (1, 30):
        with scope(cast.office.pk):
            for at in range(many):
                school = a_school(cast, f"โรงเรียน {many}-{at}")
                an_agreement(cast, school, "ข้อตกลง")
                visit = a_visit(cast, school, -5, state="done")
                Finding.objects.create(
                    office=cast.office, visit=visit, fiscal_year=2569, kind="problem", text="ก"
                )
                a_visit(cast, school, 2)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            taken(cast, name)
        counts.append(len(asked))
    assert counts[0] == counts[1]
