"""Pages of the plan of visits, as people use them."""

import io
import re
from datetime import date

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.actions.dates import ask_dates
from nithet.domain.supervision.actions.planning import propose_year
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.models.plans import (
    PlannedVisit,
    SupervisionPlan,
    SupervisionPlanVersion,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.dates import link_word
from nithet.domain.supervision.rules.covering import Done, SchoolPlace, cover
from nithet.domain.supervision.rules.planning_papers import WallSheet
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import Semester, semester
from nithet.web.planner.papers import one_page
from tests.conftest import Cast
from tests.domain.record_factories import make_visit
from tests.domain.supervision.planning_factories import (
    YEAR,
    at_the_begin,
    make_members,
    make_plan_of_visits,
    make_schools,
    make_supervisor,
)


@pytest.fixture(autouse=True)
def _in_october() -> object:
    with at_the_begin():
        yield


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


@pytest.fixture
def plan(cast: Cast) -> SupervisionPlan:
    """A year of three schools and two members, proposed and not taken over; one school is the cast's own."""
    with scope(cast.office.pk):
        own = School.objects.create(office=cast.office, unit=cast.school)
        make_supervisor(cast, [own, *make_schools(cast, 2)])
        make_members(cast, 2)
        return make_plan_of_visits(cast, accepted=False)


def page(client: Client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"planner:{name}", args=args) + query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def page_of_home(client: Client) -> str:
    answer = client.get(reverse("home:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_director_sends_a_plan_back_and_the_planner_reads_the_words(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner, director = as_(cast, "planner"), as_(cast, "director")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    digest = re.search(r'name="shown" value="([0-9a-f]{64})"', page(planner, "approval", plan.pk))
    assert digest
    body = {"shown": digest[1]}
    planner.post(reverse("planner:submit", args=[plan.pk]), body)
    back = reverse("planner:send_back", args=[plan.pk])
    assert planner.post(back, {**body, "words": "แก้"}).status_code == 403
    director.post(back, {**body, "words": "เดือนมกราคมแน่นไป"})
    assert "เดือนมกราคมแน่นไป" in page(planner, "approval", plan.pk)
    assert reverse("planner:approval", args=[plan.pk]) in page_of_home(planner)
    planner.post(reverse("planner:submit", args=[plan.pk]), body)
    planner.post(reverse("planner:recall", args=[plan.pk]))
    assert reverse("planner:approval", args=[plan.pk]) not in page_of_home(director)


def put_on_its_page(cast: Cast, plan: SupervisionPlan) -> str:
    """Take all into the plan, put it, and return the digest under which it waits."""
    planner = as_(cast, "planner")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page(planner, "approval", plan.pk))
    assert found
    planner.post(reverse("planner:submit", args=[plan.pk]), {"shown": found[1]})
    return found[1]


def test_words_that_could_not_be_sent_stay_on_the_page(cast: Cast, plan: SupervisionPlan) -> None:
    planner, director = as_(cast, "planner"), as_(cast, "director")
    shown, words = put_on_its_page(cast, plan), "เดือนมกราคมแน่นไป <ขอดูใหม่>"
    back = reverse("planner:send_back", args=[plan.pk])
    empty = director.post(back, {"shown": shown, "words": " "})
    assert empty.status_code == 422 and "โปรดบอกว่าขอให้แก้ไขเรื่องใด" in empty.content.decode()
    other = director.post(back, {"shown": "0" * 64, "words": words})
    in_form = r'name="words"[^>]*>เดือนมกราคมแน่นไป &lt;ขอดูใหม่&gt;</textarea>'
    assert other.status_code == 409 and re.search(in_form, other.content.decode())
    planner.post(reverse("planner:recall", args=[plan.pk]))
    late = director.post(back, {"shown": shown, "words": words})
    to_copy = r'id="kept-words"[^>]*readonly>เดือนมกราคมแน่นไป &lt;ขอดูใหม่&gt;</textarea>'
    assert late.status_code == 409 and re.search(to_copy, late.content.decode())
    put = planner.post(
        reverse("planner:submit", args=[plan.pk]), {"shown": "0" * 64, "words": words}
    )
    assert put.status_code == 409 and re.search(in_form, put.content.decode())


def test_a_second_version_without_words_says_so_on_the_page(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner, director = as_(cast, "planner"), as_(cast, "director")
    shown = put_on_its_page(cast, plan)
    director.post(reverse("planner:approve", args=[plan.pk]), {"shown": shown})
    with scope(cast.office.pk):
        plan.lines.filter(pk=plan.lines.order_by("pk")[0].pk).update(purpose="อ่านออกเขียนได้")
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page(planner, "approval", plan.pk))
    assert found and found[1] != shown
    answer = planner.post(reverse("planner:submit", args=[plan.pk]), {"shown": found[1]})
    assert answer.status_code == 422 and 'id="submit-words"' in answer.content.decode()


def test_a_plan_that_is_not_as_it_was_put_is_no_dead_end(cast: Cast, plan: SupervisionPlan) -> None:
    planner, director = as_(cast, "planner"), as_(cast, "director")
    put_on_its_page(cast, plan)
    with scope(cast.office.pk):
        plan.lines.filter(pk=plan.lines.order_by("pk")[0].pk).update(purpose="อ่านออกเขียนได้")
    seen = page(director, "approval", plan.pk)
    assert "เปลี่ยนไปจากที่เสนอ" in seen
    assert reverse("planner:approve", args=[plan.pk]) not in seen
    assert "เปลี่ยนไปจากที่เสนอ" in (mine := page(planner, "approval", plan.pk))
    assert reverse("planner:recall", args=[plan.pk]) in mine
    offered = re.search(r'name="shown" value="([0-9a-f]{64})"', seen)
    assert offered
    director.post(
        reverse("planner:send_back", args=[plan.pk]), {"shown": offered[1], "words": "ขอดูใหม่"}
    )
    with scope(cast.office.pk):
        assert plan.submissions.get().state == "sent_back"


def test_visits_outside_of_the_plan_stand_in_it_with_their_mark_and_are_taken_in(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner = as_(cast, "planner")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        school = School.objects.order_by("pk")[1]
        visit = make_visit(cast, school, date(2011, 12, 14), "supervision", state="planned")
    shown = page(planner, "plan", plan.pk)
    assert "นอกแผน" in shown and reverse("visits:visit", args=[visit.pk]) in shown
    planner.post(reverse("planner:take_in", args=[plan.pk]), {"visit": str(visit.pk)})
    with scope(cast.office.pk):
        assert plan.lines.filter(visit=visit, origin="outside").count() == 1


def test_a_year_is_opened_proposed_taken_over_and_approved_on_its_pages(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner, director = as_(cast, "planner"), as_(cast, "director")
    shown = page(planner, "proposal", plan.pk)
    assert "โรงเรียนตัวอย่างที่ 10" in shown and "ยังไม่มีบันทึกว่าเคยไปนิเทศ" in shown
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        count = Visit.objects.count()
    assert count == 8
    assert reverse("planner:approval", args=[plan.pk]) not in page_of_home(director)
    shown = page(planner, "approval", plan.pk)
    digest = re.search(r'name="shown" value="([0-9a-f]{64})"', shown)
    assert digest and "ศึกษานิเทศก์ คนที่ 1" in page(director, "plan", plan.pk)
    planner.post(reverse("planner:submit", args=[plan.pk]), {"shown": digest[1]})
    assert reverse("planner:approval", args=[plan.pk]) in page_of_home(director)
    assert reverse("planner:approval", args=[plan.pk]) not in page_of_home(planner)
    shown = page(director, "approval", plan.pk)
    assert digest[0] in shown and reverse("planner:approve", args=[plan.pk]) in shown
    assert reverse("planner:approve", args=[plan.pk]) not in page(planner, "approval", plan.pk)
    answer = director.post(
        reverse("planner:approve", args=[plan.pk]), {"shown": digest[1]}, follow=True
    )
    assert answer.status_code == 200 and "ฉบับที่ 1" in answer.content.decode()
    with scope(cast.office.pk):
        version = plan.versions.get()
    assert version.information_pack.startswith("supervision.informationpack:")
    late = director.post(reverse("planner:approve", args=[plan.pk]), {"shown": "0" * 64})
    assert late.status_code == 409


def test_only_those_who_tick_are_taken_and_reasons_are_for_planners_alone(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner = as_(cast, "planner")
    with scope(cast.office.pk):
        first = plan.lines.order_by("planned_on", "pk")[0]
    planner.post(reverse("planner:accept", args=[plan.pk]), {"line": str(first.pk)})
    with scope(cast.office.pk):
        assert plan.lines.filter(state="accepted").count() == 1
    reason = "ยังไม่มีบันทึกว่าเคยไปนิเทศ"
    assert reason in page(planner, "line", first.pk)
    officer = as_(cast, "administrator")
    assert reason not in page(officer, "line", first.pk)
    page(officer, "proposal", plan.pk, status=404)
    sheet = officer.get(reverse("planner:plan", args=[plan.pk]) + "?as=xlsx")
    cells = [
        c.value for row in load_workbook(io.BytesIO(sheet.content)).active.iter_rows() for c in row
    ]
    assert reason not in "".join(str(c) for c in cells) and first.school_id
    with scope(cast.office.pk):
        left = plan.lines.filter(state="proposed")[0]
    page(officer, "line", left.pk, status=404)


def test_a_line_moves_and_a_stale_form_is_told_of_both_versions(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner = as_(cast, "planner")
    with scope(cast.office.pk):
        line = plan.lines.order_by("pk")[0]
    address = reverse("planner:move_line", args=[line.pk])
    body = {
        "version": "1",
        "planned_on_day": "12",
        "planned_on_month": "11",
        "planned_on_year": "2554",
    }
    answer = planner.post(address, body, follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "เสาร์" in shown and "insist_because" in shown
    answer = planner.post(address, {**body, "insist_because": "วันประชุมผู้ปกครอง"}, follow=True)
    assert "วันประชุมผู้ปกครอง" in answer.content.decode()
    assert planner.post(address, body).status_code == 409
    wrong = planner.post(address, {**body, "version": "2", "planned_on_year": "2560"})
    assert wrong.status_code == 422 and "ไม่อยู่ในปีงบประมาณ" in wrong.content.decode()
    added = planner.post(
        reverse("planner:add_line", args=[plan.pk]),
        {
            "school": str(line.school_id),
            "kind": "supervision",
            "planned_on_day": "7",
            "planned_on_month": "12",
            "planned_on_year": "2554",
        },
    )
    assert added.status_code == 302
    with scope(cast.office.pk):
        assert (
            PlannedVisit.objects.filter(planned_on=date(2011, 12, 7), origin="by_hand").count() == 1
        )


def test_every_figure_of_the_year_opens_its_rows(cast: Cast, plan: SupervisionPlan) -> None:
    planner = as_(cast, "planner")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        own = School.objects.get(unit=cast.school)
        make_visit(cast, own, date(2011, 10, 3), "supervision")
    unapproved = page(planner, "standing", query=f"?year={YEAR}")
    assert "ยังไม่มีแผนที่อนุมัติ" in unapproved and "show=planned" not in unapproved
    with scope(cast.office.pk):
        SupervisionPlanVersion.objects.create(
            office=cast.office, plan=plan, number=1, content={"lines": []}, digest="0" * 64,
            approved_at=clock.now(), approved_by="ผอ.",
        )  # fmt: skip
    shown = page(planner, "standing", query=f"?year={YEAR}")
    assert "ยังไม่มีแผนที่อนุมัติ" not in shown
    links = set(re.findall(r'href="(/supervision/plan/rows/[^"]+)"', unapproved + shown))
    assert len(links) > 8
    counted = re.findall(r'href="(/supervision/plan/rows/[^"]+)"[^>]*>(?:<strong>)?(\d+)', shown)
    for link, number in counted:
        rows = planner.get(link.replace("&amp;", "&")).context["page"].paginator.count
        assert rows == int(number), link
    for link in links:
        answer = planner.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        sheet = planner.get(link.replace("&amp;", "&") + "&as=xlsx")
        assert sheet.status_code == 200
    assert "ฐานการนับ" in shown


@pytest.mark.parametrize(
    "query",
    ["?month=2011-13", "?month=x", "?month=2011-11&show=odd", "?member=m9", "?member=m1&at=99"],
)
def test_odd_figures_are_not_there(cast: Cast, plan: SupervisionPlan, query: str) -> None:
    page(as_(cast, "planner"), "rows", query=query, status=404)


def test_a_school_answers_by_its_link_without_an_account(cast: Cast, plan: SupervisionPlan) -> None:
    as_(cast, "planner").post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        visit = Visit.objects.filter(school__unit=cast.school, kind="supervision").order_by(
            "visited_on"
        )[0]
        (asked,) = ask_dates(actor=cast.actor("planner"), visit_ids=[visit.pk])
        address = reverse("planner:date_link", args=[link_word(asked)])
    anonymous = Client()
    for _ in range(3):
        assert cast.school.name in anonymous.get(address).content.decode()
    with scope(cast.office.pk):
        assert DateAnswer.objects.get().state == "waiting"
    empty = anonymous.post(address, {"other": "1", "reason": ""})
    assert empty.status_code == 422
    said = anonymous.post(
        address, {"other": "1", "reason": "ตรงกับกีฬาสี", "speaker": "ครูธุรการ"}, follow=True
    )
    assert "ตรงกับกีฬาสี" in said.content.decode()
    with scope(cast.office.pk):
        assert "ครูธุรการ" in DateAnswer.objects.get().answered_by
    agreed = anonymous.post(address, {"agree": "1", "speaker": ""}, follow=True)
    assert agreed.status_code == 200
    with scope(cast.office.pk):
        answer = DateAnswer.objects.get()
    assert answer.state == "agreed" and cast.school.name in answer.answered_by
    assert anonymous.get(address[:-2] + "/").status_code == 404
    page(as_(cast, "school_head"), "answer", asked.pk)
    page(as_(cast, "outsider"), "answer", asked.pk, status=404)


def test_planners_ask_copy_the_text_for_line_and_settle(cast: Cast, plan: SupervisionPlan) -> None:
    planner, head = as_(cast, "planner"), as_(cast, "school_head")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        visit = Visit.objects.filter(school__unit=cast.school, kind="supervision").order_by(
            "visited_on"
        )[0]
    planner.post(reverse("planner:ask_dates"), {"visit": str(visit.pk)})
    with scope(cast.office.pk):
        asked = DateAnswer.objects.get()
        word = link_word(asked)
    assert word in page(planner, "answer", asked.pk)
    waiting = page(planner, "dates")
    assert word not in waiting  # pasted into a group, it would let one school answer for another
    assert reverse("planner:dates") in waiting
    assert word not in page(head, "answer", asked.pk)
    head.post(reverse("planner:answer", args=[asked.pk]), {"other": "1", "reason": "สอบ"})
    settle = reverse("planner:settle", args=[asked.pk])
    kept = planner.post(settle, {"version": "2", "words": ""}, follow=True)
    assert "วันเดิม" in kept.content.decode()
    planner.post(settle, {"version": "2", "words": "ไม่มีวันอื่นแล้ว"})
    with scope(cast.office.pk):
        assert DateAnswer.objects.get().state == "settled"


def test_a_feed_is_made_once_shown_once_read_with_an_etag_and_ended(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner = as_(cast, "planner")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    made = planner.post(reverse("planner:feeds"), {"kind": "office"}).content.decode()
    found = re.search(r"/calendars/[\w-]+\.ics", made)
    assert found and found[0] not in page(planner, "feeds")
    anonymous = Client()
    answer = anonymous.get(found[0])
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 8
    assert anonymous.get(found[0], headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert anonymous.get(found[0])["ETag"] == answer["ETag"]
    again = anonymous.get(found[0], headers={"Host": "127.0.0.1"})
    assert again.content == answer.content  # the same visits under another address of the product
    with scope(cast.office.pk):
        line = plan.lines.order_by("pk")[0]
    planner.post(
        reverse("planner:drop_line", args=[line.pk]), {"version": str(line.version), "why": "น้ำท่วม"}
    )
    changed = anonymous.get(found[0], headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200 and b"STATUS:CANCELLED" in changed.content
    with scope(cast.office.pk):
        key = CalendarFeed.objects.get().pk
    planner.post(reverse("planner:revoke_feed", args=[key]))
    assert anonymous.get(found[0]).status_code == 404
    assert anonymous.get("/calendars/unknown.ics").status_code == 404


def test_calendars_and_the_sheet_for_the_wall_are_printed_on_one_page(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner = as_(cast, "planner")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    sizes = {}
    for name, args, query in (
        ("wall", (), f"?year={YEAR}"),
        ("calendar_paper", ("year",), f"?year={YEAR}"),
        ("calendar_paper", ("month",), "?month=2012-01"),
    ):
        answer = planner.get(reverse(f"planner:{name}", args=args) + query)
        assert answer["Content-Type"] == "application/pdf"
        document = pypdfium2.PdfDocument(answer.content)
        assert len(document) == 1
        sizes[(name, *args)] = tuple(round(side) for side in document[0].get_size())
        text = document[0].get_textpage().get_text_range()
        assert "2554" in text or "2555" in text
        if name == "wall":
            assert "กรรมการตรวจเยี่ยม ภาคเรียนที่ 1/2555: ยังไม่เริ่ม" in text
    assert sizes == {
        ("wall",): (595, 842),
        ("calendar_paper", "year"): (1191, 842),
        ("calendar_paper", "month"): (842, 595),
    }


def test_a_large_office_of_which_much_is_left_still_has_one_sheet_for_the_wall() -> None:
    part = semester(date(2012, 1, 10))
    assert isinstance(part, Semester)
    names = ["วัดราษฎร์ศรัทธาธรรมสุนทรวิทยาคาร", "อนุบาลบ้านแหลมมหาสวัสดิ์ประชาสรรค์", "บ้านท่า"]
    places = [
        SchoolPlace(at, f"โรงเรียน{names[at % 3]} {at}", f"เครือข่ายที่ {at % 24}", f"ศน. {at % 14}")
        for at in range(300)
    ]
    done = [Done(at, date(2012, 1, 10), at % 9 == 0) for at in range(0, 300, 2)]
    found = cover(part, date(2012, 4, 1), places, done, date(2012, 1, 20))
    sheet = WallSheet(YEAR, "สพป.ตัวอย่าง", (found,), found, "300", (), date(2012, 1, 20))
    document = pypdfium2.PdfDocument(io.BytesIO(one_page(sheet)))
    assert len(document) == 1
    text = "".join(document[0].get_textpage().get_text_range().split())
    for place in found.all.left:
        assert "".join(place.name.removeprefix("โรงเรียน").split()) in text


def test_the_calendar_shows_a_person_a_school_or_a_network(
    cast: Cast, plan: SupervisionPlan
) -> None:
    planner, head = as_(cast, "planner"), as_(cast, "school_head")
    planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})
    with scope(cast.office.pk):
        visit = Visit.objects.filter(school__unit=cast.school, kind="supervision").order_by(
            "visited_on"
        )[0]
        other = School.objects.exclude(unit=cast.school).order_by("pk")[0]
    month = f"?month={visit.visited_on:%Y-%m}"
    link = reverse("visits:visit", args=[visit.pk])
    assert link in page(planner, "calendar", query=month)
    assert link not in page(planner, "calendar", query=f"{month}&school={other.pk}")
    assert link in page(head, "calendar", query=month)
    assert "ตัวอย่างที่ 10" not in page(head, "calendar", query=f"?year={YEAR}&view=year")
    page(planner, "calendar", query="?month=9999-99&person=x&network=x&school=" + "9" * 30)


@pytest.mark.parametrize("name", ["standing", "dates", "calendar", "proposal", "plan", "approval"])
def test_pages_cost_the_same_queries_whatever_the_rows(
    cast: Cast, plan: SupervisionPlan, name: str
) -> None:
    planner = as_(cast, "planner")
    args = (plan.pk,) if name in {"proposal", "plan", "approval"} else ()
    if name != "proposal":
        planner.post(reverse("planner:accept", args=[plan.pk]), {"all": "1"})

    with scope(cast.office.pk):
        first = School.objects.order_by("pk")[1]
        make_visit(cast, first, date(2011, 10, 4), "supervision", state="planned")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(planner, name, *args)
        return len(captured)

    asked()
    few = asked()
    with scope(cast.office.pk):
        for at, school in enumerate(make_schools(cast, 24)[4:]):
            make_visit(cast, school, date(2011, 10, 4 + at), "supervision", state="planned")
        propose_year(actor=cast.actor("planner"), plan=plan)
    assert asked() == few
