"""How far activities are, what is overdue and unspent, and taking back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nithet.domain.plans.actions.activities import (
    add_activity,
    edit_activity,
    report_activity,
    take_back_activity,
)
from nithet.domain.plans.actions.money import add_budget_line
from nithet.domain.plans.actions.projects import take_back_project
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.queries.calendar import overdue_activities
from nithet.domain.plans.queries.projects import list_projects, projects_without_evidence
from nithet.domain.plans.queries.standing import ProjectLine, lines_of
from nithet.domain.plans.rules.standing import is_overdue
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_piece, make_project

JUNE = Period(date(2012, 6, 5), date(2012, 6, 8), "5 – 8 มิ.ย. 2555")


def at(day: date) -> object:
    return clock.fixed(clock.at(day))


def standing(cast: Cast) -> ProjectLine:
    return lines_of(list_projects(cast.actor("planner"), YEAR))[0]


def planned(cast: Cast, **fields: object) -> Activity:
    actor = cast.actor("planner")
    given = {"title": "ประชุมเชิงปฏิบัติการ", "kind": "training", "period": JUNE, "state": "planned", **fields}
    return add_activity(actor=actor, project=make_project(actor), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [
        (date(2012, 6, 8), "planned", False),
        (date(2012, 6, 9), "planned", True),
        (date(2012, 6, 9), "under_way", True),
        (date(2012, 6, 9), "done", False),
        (date(2012, 6, 9), "called_off", False),
        (date(2012, 6, 9), "not_stated", False),
    ],
)
def test_an_activity_is_overdue_from_the_day_after_its_last(day: date, state: str, late: bool) -> None:
    assert is_overdue(state, JUNE.end, day) is late
    assert is_overdue(state, None, day) is False


def test_the_day_of_thailand_decides(cast: Cast, office: Unit) -> None:
    planned(cast)
    with clock.fixed(datetime(2012, 6, 8, 16, 59, tzinfo=UTC)):
        assert standing(cast).standing.overdue == 0
        assert list(overdue_activities(cast.actor("planner"), YEAR)) == []
    with clock.fixed(datetime(2012, 6, 8, 17, 0, tzinfo=UTC)):
        assert standing(cast).standing.overdue == 1
        assert [one.title for one in overdue_activities(cast.actor("planner"), YEAR)] == ["ประชุมเชิงปฏิบัติการ"]


def test_reporting_says_how_far_it_is_and_calling_off_says_why(cast: Cast, office: Unit) -> None:
    actor, activity = cast.actor("supervisor"), planned(cast)
    with at(date(2012, 7, 1)):  # type: ignore[attr-defined]
        with pytest.raises(RuleBroken) as broken:
            report_activity(actor=actor, activity=activity, version=1, state="called_off", reason=" ")
        assert broken.value.field == "reason"
        with pytest.raises(RuleBroken) as broken:
            report_activity(actor=actor, activity=activity, version=1, state="done", done_on=date(2012, 7, 2))
        assert broken.value.field == "done_on"
        done = report_activity(actor=actor, activity=activity, version=1, state="done", done_on=date(2012, 6, 8))
        assert (done.state, done.version, standing(cast).standing.done) == ("done", 2, 1)
        with pytest.raises(Conflict) as conflict:
            report_activity(actor=actor, activity=activity, version=1, state="under_way")
        assert conflict.value.params["theirs"]["state"] == "done"
        off = report_activity(actor=actor, activity=activity, version=2, state="called_off", reason="น้ำท่วม")
        assert (off.done_on, off.state_because, standing(cast).standing.total) == (None, "น้ำท่วม", 0)


def test_preparation_inside_the_office_keeps_its_kind(cast: Cast, office: Unit) -> None:
    activity = planned(cast, title="ศึกษาประกาศ", kind="preparation", period=None)
    edited = edit_activity(
        actor=cast.actor("planner"), activity=activity, version=1, title="ศึกษาประกาศกระทรวง", kind="preparation"
    )
    assert (edited.kind, edited.period_end, standing(cast).standing.overdue) == ("preparation", None, 0)


def test_editing_words_keeps_how_the_author_named_the_time(cast: Cast, office: Unit) -> None:
    actor, activity = cast.actor("planner"), planned(cast)
    same = Period(JUNE.start, JUNE.end, "5 – 8 มิ.ย. 2555 (ใหม่)")
    kept = edit_activity(actor=actor, activity=activity, version=1, title="ประชุม", kind="training", period=same)
    assert kept.period_label == JUNE.label
    moved = Period(date(2012, 7, 1), date(2012, 7, 2), "1 – 2 ก.ค. 2555")
    kept = edit_activity(actor=actor, activity=kept, version=2, title="ประชุม", kind="training", period=moved)
    assert kept.period_label == "1 – 2 ก.ค. 2555"
    with pytest.raises(Conflict):
        edit_activity(actor=actor, activity=activity, version=1, title="อื่น", kind="training")


def test_money_is_called_unspent_once_half_of_the_time_has_gone(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(1000))
    for day, expected in ((date(2012, 3, 31), False), (date(2012, 4, 2), True)):
        with at(day):  # type: ignore[attr-defined]
            assert standing(cast).standing.unspent is expected
    with at(date(2012, 9, 1)):  # type: ignore[attr-defined]
        add_budget_line(
            actor=actor, project=project, source_kind="budget", spent=Decimal(1),
            figure_source="กลุ่มการเงิน", as_at=date(2012, 8, 31),
        )  # fmt: skip
        assert standing(cast).standing.unspent is False
        assert standing(cast).standing.overspent is False
        add_budget_line(
            actor=actor, project=project, source_kind="budget", spent=Decimal(1000),
            figure_source="กลุ่มการเงิน", as_at=date(2012, 8, 31),
        )  # fmt: skip
        assert standing(cast).standing.overspent is True


def test_a_mistake_disappears_within_a_day_and_is_struck_through_later(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    with at(date(2012, 6, 1)):  # type: ignore[attr-defined]
        first, second = planned(cast, title="ก"), planned(cast, title="ข")
        take_back_activity(actor=actor, activity=first)
    with at(date(2012, 6, 3)):  # type: ignore[attr-defined]
        with pytest.raises(RuleBroken, match="cancelled"):
            take_back_activity(actor=actor, activity=second)
        take_back_activity(actor=actor, activity=second, reason="กรอกซ้ำ")
        with pytest.raises(RuleBroken):
            report_activity(actor=actor, activity=second, version=1, state="done")
        line = standing(cast)
        assert [one.title for one in line.project.activities.all()] == ["ข"]
        assert (line.standing.total, line.standing.overdue) == (0, 0)
    with pytest.raises(Refused):
        take_back_activity(actor=cast.actor("school_head"), activity=second, reason="x")


def test_a_project_taken_back_leaves_room_for_another_of_its_title(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor, "โครงการซ้ำ")
    take_back_project(actor=actor, project=project)
    again = make_project(actor, "โครงการซ้ำ")
    assert again.pk != project.pk
    assert [one.pk for one in list_projects(actor, YEAR)] == [again.pk]


def test_evidence_about_an_activity_proves_its_project(cast: Cast, office: Unit) -> None:
    activity = planned(cast)
    assert len(projects_without_evidence(YEAR)) == 1
    make_piece(cast.actor("planner"), about=f"plans.activity:{activity.pk}")
    assert projects_without_evidence(YEAR) == []
    assert standing(cast).standing.has_evidence
