"""Schools are asked about the day of a visit; they agree in one tap, or ask for another with the reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.actions.dates import (
    agree_date,
    ask_dates,
    ask_other_date,
    settle_date,
    withdraw_question,
)
from nithet.domain.supervision.actions.other_bodies import (
    edit_other_body,
    record_other_body,
    take_back_other_body,
)
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.dates import (
    answer_of_word,
    link_word,
    list_answers,
    unasked_visits,
)
from nithet.foundation.access.models import Posting
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.links import school_actor
from tests.conftest import Cast
from tests.domain.record_factories import make_visit
from tests.domain.supervision.planning_factories import (
    at_the_begin,
    make_plan_of_visits,
    make_supervisor,
)

DAY = date(2011, 11, 8)


@pytest.fixture(autouse=True)
def _in_october() -> object:
    with at_the_begin():
        yield


@pytest.fixture
def visit(cast: Cast, office: Unit) -> Visit:
    school = School.objects.create(office=cast.office, unit=cast.school)
    return make_visit(cast, school, DAY, "supervision", state="planned")


def asked(cast: Cast, visit: Visit, **more: object) -> DateAnswer:
    (one,) = ask_dates(actor=cast.actor("planner"), visit_ids=[visit.pk], **more)  # type: ignore[arg-type]
    return one


def test_a_school_is_asked_once_told_and_agrees_in_one_tap(cast: Cast, visit: Visit) -> None:
    one = asked(cast, visit, answer_by=date(2011, 10, 20))
    assert asked(cast, visit).pk == one.pk and DateAnswer.objects.count() == 1
    told = set(
        Notice.objects.filter(kind="supervision.date_asked").values_list(
            "user__username", flat=True
        )
    )
    assert told == {"school_head", "school_desk"}
    head = cast.actor("school_head")
    agreed = agree_date(actor=head, answer=one)
    assert agree_date(actor=head, answer=one).version == agreed.version == 2
    assert (agreed.state, agreed.answered_by) == ("agreed", "school_head")
    assert Notice.objects.get(kind="supervision.date_agreed").user.username == "planner"
    assert [e.name for e in AuditEvent.objects.filter(name__startswith="date").order_by("pk")] == [
        "dates.asked",
        "date.agreed",
    ]
    assert not unasked_visits(cast.actor("planner"), DAY, DAY).exists()


def test_another_day_needs_a_reason_and_the_planner_gives_the_day_that_suits(
    cast: Cast, visit: Visit
) -> None:
    one, head = asked(cast, visit), cast.actor("school_head")
    with pytest.raises(RuleBroken) as broken:
        ask_other_date(actor=head, answer=one, reason=" ")
    assert broken.value.code == "date.reason"
    with pytest.raises(RuleBroken):
        ask_other_date(actor=head, answer=one, reason="สอบ", wished_for=date(2011, 1, 1))
    wished = ask_other_date(
        actor=head, answer=one, reason="ตรงกับกีฬาสี", wished_for=date(2011, 11, 10)
    )
    settled = settle_date(
        actor=cast.actor("planner"), answer=one, version=wished.version, new_day=date(2011, 11, 10)
    )
    visit.refresh_from_db()
    assert (settled.state, settled.asked_for) == ("agreed", date(2011, 11, 10))
    assert (visit.visited_on, visit.planned_for, visit.version) == (
        date(2011, 11, 10),
        date(2011, 11, 10),
        2,
    )
    assert Notice.objects.filter(kind="supervision.date_settled").count() == 2


def test_a_third_day_is_asked_about_anew_and_a_kept_day_says_why(cast: Cast, visit: Visit) -> None:
    one, head, planner = asked(cast, visit), cast.actor("school_head"), cast.actor("planner")
    wished = ask_other_date(actor=head, answer=one, reason="ตรงกับกีฬาสี")
    with pytest.raises(RuleBroken) as broken:
        settle_date(actor=planner, answer=one, version=wished.version, new_day=None)
    assert broken.value.code == "date.kept_why"
    settle_date(actor=planner, answer=one, version=wished.version, new_day=date(2011, 11, 15))
    states = [(a.state, a.asked_for) for a in DateAnswer.objects.order_by("pk")]
    assert states == [("settled", DAY), ("waiting", date(2011, 11, 15))]
    second = DateAnswer.objects.order_by("pk")[1]
    again = ask_other_date(actor=head, answer=second, reason="ประชุม")
    kept = settle_date(
        actor=planner, answer=second, version=again.version, new_day=None, words="ไม่มีวันอื่นแล้ว"
    )
    assert (kept.state, kept.settlement) == ("settled", "ไม่มีวันอื่นแล้ว")
    with pytest.raises(Conflict):
        agree_date(actor=head, answer=second)


def test_settling_holds_the_visit_while_its_day_is_moved(cast: Cast, visit: Visit) -> None:
    one = asked(cast, visit)
    wished = ask_other_date(actor=cast.actor("school_head"), answer=one, reason="สอบ")
    with CaptureQueriesContext(connection) as seen:
        settle_date(
            actor=cast.actor("planner"),
            answer=wished,
            version=wished.version,
            new_day=date(2011, 11, 15),
        )
    visit.refresh_from_db()
    assert (visit.visited_on, visit.version) == (date(2011, 11, 15), 2)
    if connection.features.has_select_for_update:
        locks = [one["sql"] for one in seen if "FOR UPDATE" in one["sql"]]
        assert any('"supervision_visit"' in sql.partition("FOR UPDATE")[2] for sql in locks)


def test_settling_moves_the_line_of_the_plan_with_the_reason(cast: Cast, office: Unit) -> None:
    school = School.objects.create(office=cast.office, unit=cast.school)
    make_supervisor(cast, [school])
    plan = make_plan_of_visits(cast)
    line = plan.lines.order_by("planned_on")[0]
    (one,) = ask_dates(actor=cast.actor("planner"), visit_ids=[line.visit_id or 0])
    wished = ask_other_date(
        actor=cast.actor("school_head"), answer=one, reason="ตรงกับกีฬาสี", wished_for=DAY
    )
    settle_date(actor=cast.actor("planner"), answer=one, version=wished.version, new_day=DAY)
    line.refresh_from_db()
    assert line.planned_on == DAY and line.is_edited


def test_only_the_school_answers_and_only_planners_ask_and_settle(cast: Cast, visit: Visit) -> None:
    one = asked(cast, visit)
    for name in ("planner", "director", "committee_member", "outsider", "nobody"):
        with pytest.raises(Refused):
            agree_date(actor=cast.actor(name), answer=one)
    for name in ("school_head", "administrator", "outsider"):
        with pytest.raises(Refused):
            settle_date(actor=cast.actor(name), answer=one, version=1, new_day=DAY)
    with pytest.raises(Refused):
        ask_dates(actor=cast.actor("school_head"), visit_ids=[visit.pk])
    assert list(list_answers(cast.actor("school_head"))) == [one]
    assert not list_answers(cast.actor("outsider")).exists()
    with scope(cast.other_office.pk):
        assert ask_dates(actor=cast.actor("outsider"), visit_ids=[visit.pk]) == []


def test_a_link_is_the_schools_own_and_a_changed_one_opens_nothing(
    cast: Cast, visit: Visit
) -> None:
    one = asked(cast, visit)
    word = link_word(one)
    assert answer_of_word(word) == one and link_word(one) == word
    changed = word[:-1] + ("0" if word[-1] != "0" else "1")
    for odd in (
        changed,
        word.replace(f"{one.pk}-", "9-"),
        "",
        "1",
        "x-y",
        "๑-" + word,
        "9" * 30 + "-a",
        word + "\u0e01",
    ):
        assert answer_of_word(odd) is None
    actor = school_actor(one, "ครูธุรการ")
    agreed = agree_date(actor=actor, answer=one)
    assert agreed.answered_by.endswith("ครูธุรการ") and cast.school.name in agreed.answered_by
    other = School.objects.create(office=cast.office, unit=cast.other_school)
    second = asked(cast, make_visit(cast, other, DAY, "supervision", state="planned"))
    with pytest.raises(Refused):
        agree_date(actor=actor, answer=second)
    withdraw_question(actor=cast.actor("planner"), answer=second, version=1)
    assert answer_of_word(link_word(second)) is None


def test_a_visit_that_moved_or_ended_is_not_agreed_to(cast: Cast, visit: Visit) -> None:
    one = asked(cast, visit)
    Visit.objects.filter(pk=visit.pk).update(visited_on=date(2011, 11, 9))
    with pytest.raises(Conflict):
        agree_date(actor=cast.actor("school_head"), answer=one)
    Visit.objects.filter(pk=visit.pk).update(state="cancelled")
    with pytest.raises(Conflict):
        ask_other_date(actor=cast.actor("school_head"), answer=one, reason="สอบ")


def test_past_and_cancelled_visits_are_passed_over(cast: Cast, visit: Visit) -> None:
    with clock.fixed(clock.now().replace(year=2012)):
        assert ask_dates(actor=cast.actor("planner"), visit_ids=[visit.pk]) == []
        with pytest.raises(RuleBroken):
            ask_dates(actor=cast.actor("planner"), visit_ids=[visit.pk], answer_by=DAY)


def test_other_bodies_are_recorded_once_edited_and_taken_back(cast: Cast, visit: Visit) -> None:
    planner, school = cast.actor("planner"), visit.school
    one = record_other_body(actor=planner, school=school, body="สพฐ.", starts_on=DAY)
    assert (
        record_other_body(actor=planner, school=school, body=" สพฐ. ", starts_on=DAY).pk == one.pk
    )
    edited = edit_other_body(
        actor=planner, record=one, version=1, body="สพฐ.", starts_on=DAY, ends_on=date(2011, 11, 9)
    )
    with pytest.raises(Conflict):
        edit_other_body(actor=planner, record=one, version=1, body="ศธจ.", starts_on=DAY)
    for fault in ({"body": " "}, {"ends_on": date(2011, 11, 1)}, {"ends_on": date(2012, 11, 1)}):
        with pytest.raises(RuleBroken):
            given = {"body": "สพฐ.", "starts_on": DAY, **fault}
            record_other_body(actor=planner, school=school, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        record_other_body(actor=cast.actor("school_head"), school=school, body="ก", starts_on=DAY)
    take_back_other_body(actor=planner, record=edited)
    assert not edited.stands


def test_a_school_without_people_is_asked_without_a_notice(cast: Cast, visit: Visit) -> None:
    Posting.objects.filter(unit=cast.school).delete()
    asked(cast, visit)
    assert not Notice.objects.filter(kind="supervision.date_asked").exists()


def test_a_school_is_never_asked_to_answer_after_the_eve_of_its_visit(
    cast: Cast, visit: Visit
) -> None:
    late = asked(cast, visit, answer_by=date(2011, 12, 1)).answer_by
    assert late == date(2011, 10, 10)  # the fifth school day from the third of October


def test_days_to_answer_are_school_days_and_a_visit_at_once_sets_none(
    cast: Cast, visit: Visit
) -> None:
    with clock.fixed(clock.at(date(2011, 11, 4))):  # Friday; the visit is on Tuesday
        assert asked(cast, visit).answer_by == date(2011, 11, 7)
    soon = make_visit(cast, visit.school, date(2011, 10, 4), "supervision", state="planned")
    assert asked(cast, soon).answer_by is None


def test_asking_counts_schools_and_not_their_visits(cast: Cast, visit: Visit) -> None:
    second = make_visit(cast, visit.school, date(2011, 12, 6), "supervision", state="planned")
    found = ask_dates(actor=cast.actor("planner"), visit_ids=[visit.pk, second.pk])
    event = AuditEvent.objects.get(name="dates.asked")
    assert len(found) == 2 and event.after["count"] == 1


def test_a_day_on_which_the_school_is_closed_is_given_only_where_somebody_insists(
    cast: Cast, visit: Visit
) -> None:
    one, planner = asked(cast, visit), cast.actor("planner")
    wished = ask_other_date(actor=cast.actor("school_head"), answer=one, reason="สอบ")
    saturday = date(2011, 11, 12)
    with pytest.raises(RuleBroken) as broken:
        settle_date(actor=planner, answer=one, version=wished.version, new_day=saturday)
    assert broken.value.code == "planned_visit.closed"
    settle_date(
        actor=planner,
        answer=one,
        version=wished.version,
        new_day=saturday,
        insist_because="วันประชุมผู้ปกครอง",
    )
    visit.refresh_from_db()
    assert visit.visited_on == saturday


def test_the_day_that_a_school_names_itself_needs_no_other_reason(cast: Cast, visit: Visit) -> None:
    one, saturday = asked(cast, visit), date(2011, 11, 12)
    wished = ask_other_date(
        actor=cast.actor("school_head"), answer=one, reason="มีประชุมผู้ปกครอง", wished_for=saturday
    )
    settled = settle_date(
        actor=cast.actor("planner"), answer=one, version=wished.version, new_day=saturday
    )
    visit.refresh_from_db()
    assert (settled.state, visit.visited_on) == ("agreed", saturday)


def test_a_day_of_the_schools_own_is_kept_free_and_says_why(cast: Cast, visit: Visit) -> None:
    actor, sports = cast.actor("planner"), date(2011, 11, 10)
    record_other_body(
        actor=actor, school=visit.school, kind="closed", body="กีฬาสี", starts_on=sports
    )
    one = asked(cast, visit)
    wished = ask_other_date(actor=cast.actor("school_head"), answer=one, reason="สอบ")
    with pytest.raises(RuleBroken) as broken:
        settle_date(actor=actor, answer=one, version=wished.version, new_day=sports)
    assert "กีฬาสี" in str(broken.value.params["why"])
