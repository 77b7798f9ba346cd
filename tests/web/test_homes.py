"""The home of each role: what it shows, to whom, at what cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.overview import waiting
from nithet.domain.overview.waiting import Waits, waiting_for
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.field.sync.taking import _plan
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_project, make_school, make_visit


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def home(cast: Cast, name: str) -> str:
    with scope(None):
        answer = signed_in(cast, name).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def agreed(cast: Cast, office: Unit, name: str, words: str, days: int) -> Commitment:
    return Commitment.objects.create(
        office=office,
        text=words,
        owner_user_id=cast.users[name].pk,
        due_on=clock.today() + timedelta(days=days),
    )


def test_an_empty_office_sees_three_steps_and_each_goes_once_it_is_done(
    cast: Cast, office: Unit
) -> None:
    first = home(cast, "planner")
    for words in ("นำเข้าบัญชีสถานศึกษา", "นำเข้าแผนปฏิบัติการ", "นำเข้าแบบรายงานปีที่แล้ว"):
        assert words in first
    make_school(cast)
    make_project(cast.actor("planner"))
    then = home(cast, "planner")
    assert "นำเข้าบัญชีสถานศึกษา" not in then and "นำเข้าแผนปฏิบัติการ" not in then
    assert "นำเข้าแบบรายงานปีที่แล้ว" in then


def test_an_office_with_its_return_sees_the_year_and_no_steps(
    cast: Cast, taken_over: Round
) -> None:
    shown = home(cast, "director")
    assert "ภาพของปี" in shown and "โรงเรียนที่นิเทศแล้ว" in shown and "เริ่มต้นใช้งาน" not in shown
    assert "ลงนามรับรองผลประเมินตนเอง" in shown
    assert "ลงนามรับรองผลประเมินตนเอง" not in home(cast, "planner")


def test_what_waits_and_what_is_due_is_the_readers_own(cast: Cast, office: Unit) -> None:
    agreed(cast, office, "planner", "ส่งบัญชีโครงการให้กลุ่มนิเทศ", 3)
    agreed(cast, office, "planner", "เรื่องที่ยังอีกนาน", 90)
    shown = home(cast, "planner")
    assert "ทำตามที่ตกลงไว้" in shown
    assert "ส่งบัญชีโครงการให้กลุ่มนิเทศ" in shown and "เรื่องที่ยังอีกนาน" not in shown
    assert "ส่งบัญชีโครงการให้กลุ่มนิเทศ" not in home(cast, "supervisor")


def test_what_is_overdue_is_said_and_an_activity_that_ended_long_ago_is_not(
    cast: Cast, office: Unit
) -> None:
    project = make_project(cast.actor("planner"))
    today = clock.today()
    for title, days in (("กิจกรรมที่เลยกำหนด", 5), ("กิจกรรมเก่าแก่", 4000)):
        day = today - timedelta(days=days)
        Activity.objects.create(
            office=office,
            project=project,
            title=title,
            period_start=day,
            period_end=day,
            state="planned",
        )
    shown = home(cast, "planner")
    assert "กิจกรรมที่เลยกำหนด" in shown and "เลยกำหนด" in shown
    assert "กิจกรรมเก่าแก่" not in shown


def test_a_school_head_sees_what_the_office_holds_of_the_own_school_alone(
    cast: Cast, office: Unit
) -> None:
    ours, theirs = make_school(cast, "วัดหนึ่ง"), make_school(cast, "วัดสอง")
    for school, telephone in ((ours, "032-000-001"), (theirs, "032-000-002")):
        School.objects.filter(pk=school.pk).update(telephone=telephone)
    Posting.objects.create(user=cast.users["nobody"], role=Role.SCHOOL_HEAD, unit=ours.unit)
    make_visit(cast, ours)
    make_visit(cast, theirs)
    shown = home(cast, "nobody")
    assert "032-000-001" in shown and "032-000-002" not in shown
    assert "24 พฤษภาคม 2555" in shown and "วัดสอง" not in shown


def test_an_assessor_sees_the_invited_rounds_and_nothing_of_the_house(
    cast: Cast, taken_over: Round
) -> None:
    shown = home(cast, "assessor")
    assert "รอบการรายงานที่ท่านได้รับเชิญให้ประเมิน" in shown
    assert "ภาพของปี" not in shown and "สิ่งที่ยังขาด" not in shown


def test_a_committee_member_sees_how_many_schools_they_went_to(cast: Cast, office: Unit) -> None:
    assert "การตรวจเยี่ยมของท่าน" in home(cast, "committee_member")


def test_the_administrator_alone_sees_the_state_of_the_installation(
    cast: Cast, office: Unit
) -> None:
    assert "ระบบของสำนักงาน" in home(cast, "administrator")
    assert "ระบบของสำนักงาน" not in home(cast, "director")


def test_another_area_adds_its_own_line(
    cast: Cast, office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_entries", {})
    waiting.register(
        "trial.line",
        "ลองทำ",
        lambda actor: Waits(7, "/trial/") if actor.name == "planner" else None,
    )
    waiting.register("trial.none", "ไม่มี", lambda actor: Waits(0, "/none/"))
    assert [(one.verb, one.waits.count) for one in waiting_for(cast.actor("planner"))] == [
        ("ลองทำ", 7)
    ]
    assert waiting_for(cast.actor("director")) == []
    assert 'href="/trial/"' in home(cast, "planner")
    with pytest.raises(ValueError, match="twice"):
        waiting.register("trial.line", "ลองทำ", lambda actor: None)


@pytest.mark.parametrize("who", ["director", "planner", "supervisor"])
def test_a_home_costs_the_same_for_few_records_and_for_many(
    cast: Cast, taken_over: Round, who: str
) -> None:
    plan = Project.objects.order_by("pk")[0].plan
    costs = []
    for count in (1, 30, 300):
        Project.objects.bulk_create(
            [
                Project(office_id=plan.office_id, plan=plan, title=f"โครงการ {count}-{n}")
                for n in range(count)
            ]
        )
        Commitment.objects.bulk_create(
            [
                Commitment(
                    office_id=plan.office_id,
                    text=f"{count}-{n}",
                    owner_user_id=cast.users[who].pk,
                    due_on=clock.today(),
                )
                for n in range(count)
            ]
        )
        client = signed_in(cast, who)
        with scope(None):
            client.get("/")
            with CaptureQueriesContext(connection) as context:
                client.get("/")
        costs.append(len(context))
    assert len(set(costs)) == 1, costs


def test_nobody_is_sent_to_a_page_that_holds_nothing_for_them(
    cast: Cast, taken_over: Round
) -> None:
    """Committees, chairs and experts find in the menu only what they may read."""
    ways = {
        "/rounds/",
        "/returns/",
        "/plans/",
        "/visits/",
        "/evidence/",
        "/papers/",
        "/schools/",
        "/people/",
    }

    def led_to(name: str) -> set[str]:
        menu = home(cast, name).split("<nav", 1)[1].split("</nav>", 1)[0]
        return {way for way in ways if f'href="{way}"' in menu}

    assert led_to("planner") == ways
    assert led_to("committee_member") == {"/visits/", "/schools/", "/people/"}
    assert led_to("school_head") == {"/visits/", "/evidence/", "/schools/"}
    invited = Posting.objects.create(
        user=cast.users["nobody"], unit=cast.office, role=Role.OUTSIDE_EXPERT
    )
    assert led_to("nobody") == set()
    Posting.objects.filter(pk=invited.pk).update(role=Role.NETWORK_CHAIR)
    assert led_to("nobody") == {"/schools/", "/people/"}


def plan_week(cast: Cast, day: date) -> None:
    """Two schools for the supervisor, one for a colleague without an account, and one already carried out."""
    for number, (who, state) in enumerate(
        (("supervisor", "planned"), ("supervisor", "planned"), ("", "planned"), ("supervisor", "done"))
    ):
        visit = make_visit(
            cast, make_school(cast, f"วัด {number}"), day, "supervision", state="planned"
        )
        Visit.objects.filter(pk=visit.pk).update(state=state)
        visit.visitors.create(
            office=cast.office,
            title=f"ศึกษานิเทศก์ คนที่ {number}",
            user_id=cast.users[who].pk if who else None,
        )


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2026, 11, 21)])
def test_the_home_the_list_and_the_offline_client_say_the_same_of_this_week(
    cast: Cast, office: Unit, day: date
) -> None:
    with clock.fixed(clock.at(day)):
        monday = week_begins(day)
        plan_week(cast, monday + timedelta(days=4))
        shown = home(cast, "supervisor")
        with scope(None):
            listed = signed_in(cast, "supervisor").get("/visits/").content.decode()
        taken = _plan(cast.actor("supervisor"), day)
    days = {(monday + timedelta(days=at)).isoformat() for at in range(7)}
    offline = {one["school_id"] for one in taken if one["planned_for"] in days}
    assert len(offline) == 2
    assert "สัปดาห์นี้ 2 โรงเรียน" in shown and "สัปดาห์นี้ 2 โรงเรียน" in listed
    assert "วัด 2" not in shown
    assert "บันทึกแล้ว 1 ครั้ง" in shown


def week_begins(day: date) -> date:
    """Monday of the week that is spoken of on a day."""
    return day + timedelta(days=7 * (day.weekday() >= 5) - day.weekday())


def test_a_leader_sees_the_week_of_all_with_the_names_of_who_goes(cast: Cast, office: Unit) -> None:
    with clock.fixed(clock.at(date(2026, 11, 18))):
        plan_week(cast, date(2026, 11, 18))
        shown = home(cast, "director")
    assert "สัปดาห์นี้ 3 โรงเรียน" in shown
    assert "วัด 2 · ศึกษานิเทศก์ คนที่ 2" in shown


def test_what_is_overdue_and_what_is_due_soon_stand_apart_with_their_numbers(
    cast: Cast, office: Unit
) -> None:
    for number in range(10):
        agreed(cast, office, "planner", f"เรื่องเก่า {number}", -30 - number)
    agreed(cast, office, "planner", "เรื่องใหม่", 3)
    shown = home(cast, "planner")
    assert "เลยกำหนด 10" in shown and "ใกล้ครบกำหนด 1" in shown and "อีก 2 รายการ" in shown
    assert shown.index("เรื่องเก่า 9") < shown.index("ใกล้ครบกำหนด 1") < shown.index("เรื่องใหม่")


def test_a_school_sees_which_of_its_agreements_are_overdue(cast: Cast, office: Unit) -> None:
    school = make_school(cast, "วัดหนึ่ง")
    Posting.objects.create(user=cast.users["nobody"], role=Role.SCHOOL_HEAD, unit=school.unit)
    for words, days in (("ส่งแผน", -3), ("จัดมุมอ่าน", 9)):
        Commitment.objects.create(
            office=office,
            kind="promise",
            text=words,
            owner_title="ครูวิชาการ",
            about=f"directory.school:{school.pk}",
            due_on=clock.today() + timedelta(days=days),
        )
    shown = home(cast, "nobody")
    assert shown.count("ink-bad") + shown.count("เลยกำหนด") >= 1
    assert "เลยกำหนด" in shown[: shown.index("ส่งแผน")][-400:]
    assert "เลยกำหนด" not in shown[shown.index("ส่งแผน") : shown.index("จัดมุมอ่าน")]


def test_figures_of_the_home_open_as_many_records_as_they_say(cast: Cast, taken_over: Round) -> None:
    director = signed_in(cast, "director")
    school = School.objects.order_by("pk")[0]
    make_visit(cast, school, date(2012, 6, 12), "supervision")
    with scope(None):
        shown = director.get("/")
        found = shown.context["home"]
        for name, href in shown.context["to"].items():
            held = found.supervised if name == "supervised" else found.seen_by_committee
            opened = director.get(href).context["page"].paginator.count
            assert opened == len(held.schools) > 0, name
        for part, href in shown.context["part_links"]:
            assert director.get(href).context["page"].paginator.count == part.visits
        for one in shown.context["missing"]:
            if "/visits/" in one.href:
                assert director.get(one.href).context["page"].paginator.count == one.count
