"""Items are given to people and groups with a day; who has what, how far it is, and what is late."""

from datetime import date, timedelta

import pytest

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.assigning import (
    assign_item,
    set_assignment_due,
    take_back_assignment,
)
from nithet.domain.assessments.actions.narrative import add_group, add_paragraph
from nithet.domain.assessments.actions.rounds import set_due_day
from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.headings import headings_for
from nithet.domain.assessments.queries.sharing import (
    assigned_to,
    assignments_of,
    items_of,
    progress_of,
)
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices.models import Notice
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("office")


def given(cast: Cast, reporting_round: Round, **changes: object) -> ItemAssignment:
    asked = {
        "item": "4",
        "user_id": cast.users["supervisor"].pk,
        "due_on": date(2026, 12, 1),
        **changes,
    }
    return assign_item(actor=cast.actor("planner"), round=reporting_round, **asked)  # type: ignore[arg-type]


def test_a_person_who_is_given_an_item_is_told_and_finds_it(
    cast: Cast, reporting_round: Round
) -> None:
    kept = given(cast, reporting_round)
    assert given(cast, reporting_round) == kept
    notice = Notice.objects.get()
    assert (notice.user_id, notice.ref) == (
        cast.users["supervisor"].pk,
        f"assessments.item:{reporting_round.pk}/4",
    )
    rows = assignments_of(reporting_round)
    assert items_of(cast.actor("supervisor"), rows) == {"4"}
    assert items_of(cast.actor("director"), rows) == frozenset()
    assert assigned_to(cast.actor("supervisor")) == [kept]
    assert assigned_to(cast.actor("supervisor"), date(2026, 11, 30)) == []
    event = AuditEvent.objects.get(name="item.assigned")
    assert (event.target_kind, event.after["who"]) == ("assessments.itemanswer", "supervisor")


def test_a_group_has_an_item_by_its_title(cast: Cast, reporting_round: Round) -> None:
    cast.users["supervisor"].access_postings.update(title="กลุ่มนิเทศฯ")
    given(cast, reporting_round, user_id=None, title="กลุ่มนิเทศฯ")
    assert items_of(cast.actor("supervisor"), assignments_of(reporting_round)) == {"4"}
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"user_id": None}, "assign.who"),
        ({"user_id": 999_999}, "assign.person"),
        ({"item": "9"}, "item.unknown"),
    ],
)
def test_what_cannot_be_given_is_said(
    cast: Cast, reporting_round: Round, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        given(cast, reporting_round, **changes)
    assert broken.value.code == code
    assert not ItemAssignment.objects.exists()


def test_somebody_of_another_office_cannot_be_given_an_item(
    cast: Cast, reporting_round: Round
) -> None:
    with pytest.raises(RuleBroken, match="no such person"):
        given(cast, reporting_round, user_id=cast.users["outsider"].pk)


def test_a_supervisor_shares_nothing_out(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(Refused):
        assign_item(actor=cast.actor("supervisor"), round=reporting_round, item="1", title="x")


def test_two_people_changing_a_day_lose_nothing(cast: Cast, reporting_round: Round) -> None:
    kept = given(cast, reporting_round)
    set_assignment_due(
        actor=cast.actor("director"), assignment=kept, version=1, due_on=date(2026, 12, 9)
    )
    with pytest.raises(Conflict) as conflict:
        set_assignment_due(actor=cast.actor("planner"), assignment=kept, version=1, due_on=None)
    assert conflict.value.params["theirs"]["due_on"] == date(2026, 12, 9)
    set_due_day(
        actor=cast.actor("director"), round=reporting_round, version=1, due_on=date(2026, 12, 9)
    )
    with pytest.raises(Conflict):
        set_due_day(actor=cast.actor("planner"), round=reporting_round, version=1, due_on=None)


def test_an_assignment_made_by_mistake_is_taken_back(cast: Cast, reporting_round: Round) -> None:
    kept, later = given(cast, reporting_round), given(cast, reporting_round, item="5")
    take_back_assignment(actor=cast.actor("planner"), assignment=kept)
    ItemAssignment.objects.filter(pk=later.pk).update(made_at=later.made_at - timedelta(days=2))
    later.refresh_from_db()
    with pytest.raises(RuleBroken, match="More than a day"):
        take_back_assignment(actor=cast.actor("planner"), assignment=later)
    take_back_assignment(actor=cast.actor("planner"), assignment=later, reason="ย้าย")
    rows = assignments_of(reporting_round)
    assert list(rows) == ["5"]
    assert rows["5"][0].was_cancelled
    assert items_of(cast.actor("supervisor"), rows) == frozenset()
    assert given(cast, reporting_round).pk != kept.pk


def test_progress_counts_answers_headings_and_evidence(cast: Cast, reporting_round: Round) -> None:
    planner = cast.actor("planner")
    before = progress_of(reporting_round, standing_of(reporting_round))["5"]
    assert (before.tests.n, before.tests.of) == (0, 3)
    assert (before.headings.n, before.headings.of) == (0, 4)
    assert (before.evidence.n, before.evidence.of) == (0, 2)
    assert before.missing == 9
    answer_test(
        actor=planner, round=reporting_round, item="5", test="improved", is_done=True, reason="มี"
    )
    group = add_group(
        actor=planner,
        round=reporting_round,
        item="5",
        draft=GroupDraft(headings_for(reporting_round, "5")),
    )
    point = ParagraphDraft("point", "ผู้บริหารให้ความสำคัญ", "factors", "1.1", 1)
    add_paragraph(actor=planner, round=reporting_round, group=group, after=None, draft=point)
    drafted = ParagraphDraft("point", "ร่าง", "problems", "2.1", 1, drafted=True, origin="ระบบ")
    add_paragraph(actor=planner, round=reporting_round, group=group, after=None, draft=drafted)
    after = progress_of(reporting_round, standing_of(reporting_round))["5"]
    assert (after.tests.n, after.headings.n, after.missing) == (1, 1, 7)
    assert not after.ready


def test_what_is_shared_costs_the_same_however_much_there_is(
    cast: Cast, reporting_round: Round
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            progress_of(reporting_round, standing_of(reporting_round))
            assignments_of(reporting_round)
        return len(queries)

    cost()
    few = cost()
    for number in range(30):
        for item in ("1", "2", "3", "4", "5"):
            given(cast, reporting_round, item=item, user_id=None, title=f"กลุ่ม {number}")
    assert cost() == few
