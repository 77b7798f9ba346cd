"""One's own work: counted from the records, entered by oneself, seen by oneself and by whom one lets in."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.actions.own_work import (
    edit_work,
    end_share,
    enter_work,
    share_work,
    take_back_work,
)
from nithet.domain.supervision.actions.studies import open_study
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.own_work import (
    OwnWork,
    hours_of,
    own_work,
    possible_readers,
    usual_period,
)
from nithet.domain.supervision.rules.own_work_paper import WorkPrint, work_document
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast
from tests.domain.instruments.result_factories import fill, make_form, make_school, rating

YEAR = fiscal_year_period(2555)
COURSE: dict[str, Any] = {"kind": "course", "title": "การโค้ช", "starts_on": date(2012, 3, 1)}


def seen(cast: Cast, who: str, owner: str = "supervisor") -> OwnWork | None:
    return own_work(cast.actor(who), cast.users[owner].pk, YEAR)


def visit_by(cast: Cast, who: str, day: int, **more: Any) -> Visit:
    school = getattr(cast.school, "directory_school", None) or make_school(cast.school)
    visit = Visit.objects.create(
        **{
            "office": cast.office,
            "school": school,
            "kind": "supervision",
            "state": "done",
            "visited_on": date(2012, 6, day),
            **more,
        }
    )
    Visitor.objects.create(
        office=cast.office, visit=visit, title="ศึกษานิเทศก์", user_id=cast.users[who].pk
    )
    return visit


def test_visits_are_counted_by_kind_and_mode_for_who_went(cast: Cast, office: Unit) -> None:
    visit_by(cast, "supervisor", 1, starts_at=time(9), ends_at=time(11, 30))
    visit_by(cast, "supervisor", 2, mode="online", starts_at=time(13), ends_at=time(14))
    visit_by(cast, "supervisor", 3)
    visit_by(cast, "planner", 4, starts_at=time(9), ends_at=time(12))
    visit_by(cast, "supervisor", 5, state="planned")
    visit_by(cast, "supervisor", 6, visited_on=date(2012, 10, 1))
    found = seen(cast, "supervisor")
    assert found is not None
    assert [(one.mode, one.count, one.hours, one.without_time) for one in found.by_kind] == [
        (str(Visit.Mode.ON_SITE.label), 2, Decimal("2.5"), 1),
        (str(Visit.Mode.ONLINE.label), 1, Decimal(1), 0),
    ]
    assert (found.visit_hours, found.visits_without_time, found.schools) == (Decimal("3.5"), 1, 1)


def test_hours_are_counted_in_quarters_and_not_at_all_where_they_run_backwards() -> None:
    day = date(2012, 6, 1)
    assert hours_of(Visit(visited_on=day, starts_at=time(9), ends_at=time(9, 50))) == Decimal(
        "0.75"
    )
    assert hours_of(Visit(visited_on=day, starts_at=time(9), ends_at=time(8))) is None
    assert hours_of(Visit(visited_on=day, starts_at=time(9))) is None


def test_agreements_of_the_visits_are_counted_by_how_far_they_are(cast: Cast, office: Unit) -> None:
    visit = visit_by(cast, "supervisor", 1)
    for state, more in (
        ("done", {}),
        ("open", {"due_on": date(2012, 7, 1)}),
        ("open", {"due_on": date(2100, 7, 1)}),
        ("dropped", {"reason": "ย้าย"}),
    ):
        Commitment.objects.create(
            office=cast.office,
            kind="promise",
            text="ทำต่อ",
            owner_title="โรงเรียน",
            arose_from=f"supervision.visit:{visit.pk}",
            state=state,
            **more,
        )
    found = seen(cast, "supervisor")
    assert found is not None
    agreed = found.agreements
    assert (agreed.total, agreed.done, agreed.open, agreed.overdue, agreed.dropped) == (
        4,
        1,
        2,
        1,
        1,
    )


def test_own_development_is_put_together_by_kind_with_its_hours(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    enter_work(actor=actor, **COURSE, hours=Decimal(12))
    enter_work(actor=actor, **COURSE | {"title": "PLC", "kind": "community"})
    enter_work(actor=actor, **COURSE | {"starts_on": date(2011, 9, 30)})
    enter_work(actor=cast.actor("planner"), **COURSE)
    found = seen(cast, "supervisor")
    assert found is not None
    assert [(len(one.entries), one.hours, one.without_hours) for one in found.development] == [
        (1, Decimal(12), 0),
        (1, Decimal(0), 1),
    ]
    assert found.development_hours == 12


def test_forms_count_in_the_year_they_were_filled_in_however_late_they_arrive(
    cast: Cast, office: Unit
) -> None:
    form, mine = make_form(office, [rating("q1")]), cast.users["supervisor"].pk
    filled = datetime(2012, 9, 28, 3, tzinfo=UTC)
    arrived = datetime(2012, 10, 2, 3, tzinfo=UTC)
    fill(form, {"q1": "5"}, user_id=mine, ended_at=filled, received_at=arrived)
    found = seen(cast, "supervisor")
    assert found is not None
    assert found.forms == 1
    later = own_work(cast.actor("supervisor"), mine, fiscal_year_period(2556))
    assert later is not None
    assert later.forms == 0


def test_studies_that_one_leads_stand_there(cast: Cast, office: Unit) -> None:
    for who, year in (("supervisor", 2555), ("supervisor", 2553), ("planner", 2555)):
        open_study(actor=cast.actor(who), title=f"{who} {year}", fiscal_year=year, problem="x")
    found = seen(cast, "supervisor")
    assert found is not None
    assert [one.title for one in found.studies] == ["supervisor 2555"]


@pytest.mark.parametrize("who", ["director", "planner", "administrator", "school_head", "outsider"])
def test_nobody_else_reads_the_page_not_even_the_director(
    cast: Cast, office: Unit, who: str
) -> None:
    assert seen(cast, who) is None


def test_whoever_is_let_in_reads_until_it_is_closed_again(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    share = share_work(actor=actor, reader=cast.users["director"])
    assert share_work(actor=actor, reader=cast.users["director"]) == share
    assert seen(cast, "director") is not None
    assert seen(cast, "planner") is None
    assert seen(cast, "supervisor", "director") is None
    with pytest.raises(Refused):
        end_share(actor=cast.actor("director"), share=share)
    end_share(actor=actor, share=share)
    assert seen(cast, "director") is None


def test_somebody_outside_the_office_is_not_let_in_by_a_share(cast: Cast, office: Unit) -> None:
    share_work(actor=cast.actor("supervisor"), reader=cast.users["school_head"])
    assert seen(cast, "school_head") is None
    names = {one.username for one in possible_readers(cast.actor("supervisor"))}
    assert {"director", "planner"} <= names
    assert not {"supervisor", "school_head", "outsider", "assessor"} & names


def test_ones_own_page_is_not_shared_with_oneself(cast: Cast, office: Unit) -> None:
    with pytest.raises(RuleBroken) as broken:
        share_work(actor=cast.actor("supervisor"), reader=cast.users["supervisor"])
    assert broken.value.field == "reader"


@pytest.mark.parametrize("who", ["school_head", "committee_member", "school_desk", "assessor"])
def test_who_does_no_supervision_has_no_page(cast: Cast, office: Unit, who: str) -> None:
    with pytest.raises(Refused):
        enter_work(actor=cast.actor(who), **COURSE)


def test_only_the_person_changes_an_entry(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    entry = enter_work(actor=actor, **COURSE)
    with pytest.raises(Refused):
        edit_work(actor=cast.actor("director"), entry=entry, version=1, **COURSE)
    with pytest.raises(Refused):
        take_back_work(actor=cast.actor("director"), entry=entry)
    edit_work(actor=actor, entry=entry, version=1, **COURSE | {"hours": Decimal(6)})
    with pytest.raises(Conflict):
        edit_work(actor=actor, entry=entry, version=1, **COURSE | {"hours": Decimal(5)})
    take_back_work(actor=actor, entry=entry)
    found = seen(cast, "supervisor")
    assert found is not None
    assert found.development == []


def test_the_history_does_not_say_what_a_course_was_about(cast: Cast, office: Unit) -> None:
    enter_work(actor=cast.actor("supervisor"), **COURSE)
    event = AuditEvent.objects.order_by("-pk")[0]
    assert event.name == "work.entered"
    assert "การโค้ช" not in event.target_title


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"starts_on": date(2100, 1, 1)}, "starts_on"),
        ({"ends_on": date(2012, 2, 1)}, "ends_on"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal(3000)}, "hours"),
    ],
)
def test_an_entry_that_cannot_be_right_is_refused(
    cast: Cast, office: Unit, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        enter_work(actor=cast.actor("supervisor"), **COURSE | wrong)
    assert broken.value.field == field


def test_the_round_of_assessment_runs_from_october_to_september() -> None:
    period = usual_period(date(2012, 9, 30))
    assert (period.start, period.end) == (date(2011, 10, 1), date(2012, 9, 30))


def test_the_paper_says_what_is_not_recorded() -> None:
    empty = WorkPrint(
        "สพป.", "ศึกษานิเทศก์", YEAR.start, YEAR.end, [], "", [], "ทั้งหมด 0 เรื่อง", [], "", [], [], []
    )
    said = " ".join(getattr(block, "text", "") for block in work_document(empty).blocks)
    assert "ไม่มีการนิเทศที่บันทึกชื่อผู้รายงาน" in said
    assert said.count("ยังไม่ได้บันทึก") == 2
