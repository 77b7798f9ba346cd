"""A round of 6 or 12 months is opened with a due day and the thresholds that the office reads otherwise."""

from datetime import date
from decimal import Decimal

import pytest

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.rounds import (
    close_round,
    open_round,
    reopen_round,
    withdraw_round,
)
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Reading, Round
from nithet.domain.assessments.queries.standing import proposals_of, readings_of, standing_of
from nithet.domain.assessments.rules import ReadingDraft
from nithet.domain.frameworks import measures
from nithet.domain.frameworks.measures import Measured, Sentence
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_edition

pytestmark = pytest.mark.usefixtures("office")
ON_TIME = ReadingDraft("4", "on_time", "communication.on_time", Decimal("0.7"), "ปีแรกที่บันทึกในระบบ")


def opened(cast: Cast, *readings: ReadingDraft, **changes: object) -> Round:
    asked = {"fiscal_year": 2555, "months": 6, "due_on": date(2012, 4, 30), **changes}
    return open_round(
        actor=cast.actor("planner"), edition=make_edition(), readings=readings, **asked
    )  # type: ignore[arg-type]


def test_a_round_of_six_months_stands_beside_one_of_twelve(cast: Cast) -> None:
    six, twelve = opened(cast), opened(cast, months=12)
    assert (six.months, six.due_on, twelve.months) == (6, date(2012, 4, 30), 12)
    assert opened(cast) == six
    with pytest.raises(RuleBroken, match="6 or 12"):
        opened(cast, months=9)


def test_a_reading_is_kept_with_its_reason_and_the_history_says_it(cast: Cast) -> None:
    kept = readings_of(opened(cast, ON_TIME))
    assert [(row.value, row.reason, row.said_by) for row in kept] == [
        (Decimal("0.7000"), "ปีแรกที่บันทึกในระบบ", "planner")
    ]
    assert "0.7" in AuditEvent.objects.get(name="round.opened").after["readings"][0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reading.reason"),
        ({"value": Decimal("1.2")}, "reading.value"),
        ({"value": Decimal("-1")}, "reading.value"),
        ({"item": "1", "test": "project", "measure": "plans.projects_serving"}, "reading.fixed"),
        ({"measure": "plans.projects_serving"}, "reading.fixed"),
        ({"item": "9"}, "reading.fixed"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_no_round_opens(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    fields = {
        name: getattr(ON_TIME, name) for name in ("item", "test", "measure", "value", "reason")
    }
    with pytest.raises(RuleBroken) as broken:
        opened(cast, ReadingDraft(**{**fields, **changes}))  # type: ignore[arg-type]
    assert broken.value.code == code
    assert not Round.objects.exists()


def test_a_reading_cannot_be_changed_once_the_round_is_open(cast: Cast) -> None:
    first = opened(cast)
    assert opened(cast, ON_TIME) == first
    assert not Reading.objects.exists()


def test_what_the_records_propose_follows_the_offices_reading(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figure of the letters is set here, because no package records letters in this test."""
    share = Measured.share(75, 100, Sentence("x"))
    monkeypatch.setitem(
        measures._of_offices,
        "communication.on_time",
        lambda question: dict.fromkeys(question.offices, share),
    )
    plain, own = opened(cast, months=12), opened(cast, ON_TIME)
    assert proposals_of(plain, ["4"])["4", "on_time"].is_done is False
    assert proposals_of(own, ["4"])["4", "on_time"].is_done is True


def test_a_signer_signs_the_readings_too(cast: Cast) -> None:
    plain, own = opened(cast, months=12), opened(cast, ON_TIME)
    assert standing_of(plain).digest != standing_of(own).digest


def test_who_closes_or_reopens_over_somebody_else_is_told(cast: Cast) -> None:
    """Two leaders had the same page before them; the second finds that it is done."""
    director = cast.actor("director")
    reporting_round = opened(cast)
    stale = Round.objects.get(pk=reporting_round.pk)
    digest = standing_of(reporting_round).digest
    sign_off(
        actor=director,
        round=reporting_round,
        declared_level=None,
        shown=digest,
        request_key="k",
        reason="มติ",
    )
    close_round(actor=director, round=reporting_round)
    with pytest.raises(Conflict, match="closed meanwhile"):
        close_round(actor=director, round=stale)
    closed = Round.objects.get(pk=reporting_round.pk)
    reopen_round(actor=director, round=reporting_round, reason="แก้ไข")
    with pytest.raises(Conflict, match="opened the round again"):
        reopen_round(actor=director, round=closed, reason="แก้ไขอีกครั้ง")
    assert Round.objects.get(pk=closed.pk).reopened_because == "แก้ไข"
    assert AuditEvent.objects.filter(name__in=["round.closed", "round.reopened"]).count() == 2


def test_a_supervisor_opens_no_round(cast: Cast) -> None:
    with pytest.raises(Refused):
        open_round(actor=cast.actor("supervisor"), edition=make_edition(), fiscal_year=2555)


def test_a_round_opened_by_mistake_is_taken_back_and_its_history_stays(cast: Cast) -> None:
    mistaken = opened(cast, ON_TIME)
    withdraw_round(actor=cast.actor("planner"), round=mistaken)
    assert not Round.objects.filter(pk=mistaken.pk).exists()
    assert AuditEvent.objects.get(name="round.withdrawn").after["fiscal_year"] == 2555
    assert opened(cast).pk != mistaken.pk


def test_a_round_with_work_in_it_is_not_taken_back(cast: Cast) -> None:
    kept = opened(cast)
    answer_test(
        actor=cast.actor("planner"), round=kept, item="1", test="project", is_done=True, reason="เห็นเอง"
    )
    with pytest.raises(RuleBroken, match="Work has been done"):
        withdraw_round(actor=cast.actor("planner"), round=kept)
    shared = opened(cast, months=12)
    assign_item(actor=cast.actor("planner"), round=shared, item="5", title="กลุ่มนิเทศฯ")
    with pytest.raises(RuleBroken, match="Work has been done"):
        withdraw_round(actor=cast.actor("planner"), round=shared)
    assert set(Round.objects.all()) == {kept, shared}


def test_only_who_opens_rounds_takes_one_back(cast: Cast) -> None:
    kept = opened(cast)
    with pytest.raises(Refused):
        withdraw_round(actor=cast.actor("supervisor"), round=kept)
