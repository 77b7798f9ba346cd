"""Surveys of the actual and the desired state: the two indexes, edge cases, answers, pasted means, needs made of points."""

from decimal import Decimal
from fractions import Fraction

import pytest

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.need_surveys import (
    answer_survey,
    close_survey,
    make_needs,
    open_survey,
    paste_means,
)
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyReply
from nithet.domain.plans.queries.need_surveys import survey_table, surveys_for_school
from nithet.domain.plans.rules.pni import Formula, Means, indexes
from nithet.domain.plans.rules.survey_tables import read_items, read_means
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

ORACLE = [("4.50", "3.50"), ("2.50", "2.00"), ("4.00", "3.60")]


def means(desired: str, actual: str) -> Means:
    """Return means of one answer."""
    return Means(Fraction(desired), Fraction(actual), 1)


def test_the_worked_example_orders_its_points_differently_by_the_two_formulas() -> None:
    rows = [means(*pair) for pair in ORACLE]
    plain = indexes(rows, Formula.PNI)
    assert [one.value for one in plain] == [Decimal("4.500"), Decimal("1.250"), Decimal("1.600")]
    assert [one.rank for one in plain] == [1, 3, 2]
    modified = indexes(rows, Formula.MODIFIED)
    assert [one.value for one in modified] == [Decimal("0.286"), Decimal("0.250"), Decimal("0.111")]
    assert [one.rank for one in modified] == [1, 2, 3]


def test_what_is_met_what_has_no_actual_state_and_what_nobody_answered_is_shown_last() -> None:
    rows = [means("3", "0"), means("3", "4"), None, means("5", "4"), means("4", "4")]
    found = indexes(rows, Formula.MODIFIED)
    assert [one.rank for one in found] == [4, 3, 5, 1, 2]
    assert [one.value for one in found] == [
        None,
        Decimal("-0.250"),
        None,
        Decimal("0.250"),
        Decimal("0.000"),
    ]
    assert [one.why for one in found] == ["zero", "met", "nobody", "", "met"]
    assert indexes(rows, Formula.PNI)[0].value == Decimal("9.000")


def test_equal_points_share_a_rank_and_are_compared_before_they_are_rounded() -> None:
    close = [means("4.0001", "3"), means("4", "3"), means("4", "3"), means("3.5", "3")]
    assert [one.rank for one in indexes(close, Formula.MODIFIED)] == [1, 2, 2, 4]


def test_items_are_pasted_with_and_without_numbers() -> None:
    assert read_items("๑. การวัดผล\n2)  แผนการสอน\n\n3\tสื่อ") == ["การวัดผล", "แผนการสอน", "สื่อ"]
    for wrong, code in (
        (" \n", "survey.items"),
        ("ก\nก", "survey.twice"),
        ("\n".join(f"ข้อ {n}ก" for n in range(201)), "survey.many"),
    ):
        with pytest.raises(RuleBroken) as error:
            read_items(wrong)
        assert error.value.code == code


def test_means_are_pasted_by_their_words_or_by_their_order() -> None:
    items = ["การวัดผล", "แผนการสอน 5 ด้าน"]
    by_words = read_means("2. แผนการสอน 5 ด้าน\t๔.๕๐\t3,50\nการวัดผล\t4\t3.6", items, 1, 5)
    assert [(one.at, one.desired, one.actual) for one in by_words] == [
        (0, Decimal("4.000"), Decimal("3.600")),
        (1, Decimal("4.500"), Decimal("3.500")),
    ]
    assert [one.at for one in read_means("4.5\t3\n4 3", items, 1, 5)] == [0, 1]


@pytest.mark.parametrize(
    "text", ["", "การวัดผล\t4", "อื่น\t4\t3", "การวัดผล\t6\t3", "การวัดผล\tNaN\t3", "4\t3\n4\t3\n4\t3"]
)
def test_pasted_means_that_cannot_be_used_say_which_line(text: str) -> None:
    with pytest.raises(RuleBroken) as error:
        read_means(text, ["การวัดผล", "สื่อ"], 1, 5)
    assert error.value.field == "means"


@pytest.fixture
def school(cast: Cast, office: Unit) -> School:
    """The cast's own school."""
    return School.objects.create(office=office, unit=cast.school)


@pytest.fixture
def survey(cast: Cast, office: Unit) -> NeedSurvey:
    """A survey of three points."""
    return open_survey(
        actor=cast.actor("planner"), fiscal_year=2569, title="สำรวจ", items="ก1\nข2\nค3"
    )


def answers(survey: NeedSurvey, *pairs: tuple[int, int]) -> dict[int, tuple[int, int]]:
    """Return answers by item."""
    return {item.pk: pair for item, pair in zip(survey.items.all(), pairs, strict=True)}


def test_a_school_head_answers_once_and_may_correct_it(
    cast: Cast, survey: NeedSurvey, school: School
) -> None:
    head = cast.actor("school_head")
    assert surveys_for_school(head, school) == [(survey, False)]
    values = answers(survey, (5, 3), (4, 4), (5, 1))
    reply = answer_survey(actor=head, school=school, survey=survey, values=values)
    with pytest.raises(Conflict):
        answer_survey(actor=head, school=school, survey=survey, values=values)
    again = answer_survey(
        actor=head,
        school=school,
        survey=survey,
        values=answers(survey, (5, 4), (4, 4), (5, 1)),
        version=1,
    )
    assert (again.pk, NeedSurveyReply.objects.count()) == (reply.pk, 1)
    assert surveys_for_school(head, school) == [(survey, True)]
    first = survey_table(survey, Formula.MODIFIED)[0]
    assert (first.item.text, first.n, first.index.value) == ("ค3", 1, Decimal("4.000"))


def test_an_answer_is_whole_and_on_the_scale_and_of_an_open_survey(
    cast: Cast, survey: NeedSurvey, school: School
) -> None:
    planner = cast.actor("planner")
    for pairs in (((5, 3), (4, 4), (6, 1)), ((0, 3), (4, 4), (5, 1))):
        with pytest.raises(RuleBroken) as error:
            answer_survey(
                actor=planner, school=school, survey=survey, values=answers(survey, *pairs)
            )
        assert error.value.field.startswith("item_")  # type: ignore[union-attr]
    close_survey(actor=planner, survey=survey, version=1)
    with pytest.raises(RuleBroken) as closed:
        answer_survey(actor=planner, school=school, survey=survey, values={})
    assert closed.value.code == "survey.closed"


@pytest.mark.parametrize("who", ["outsider", "assessor", "committee_member"])
def test_others_do_not_answer_for_a_school(
    cast: Cast, survey: NeedSurvey, school: School, who: str
) -> None:
    with pytest.raises(Refused):
        answer_survey(actor=cast.actor(who), school=school, survey=survey, values={})


def test_pasted_means_weigh_as_many_people_as_they_stand_for(
    cast: Cast, survey: NeedSurvey, school: School
) -> None:
    planner = cast.actor("planner")
    answer_survey(
        actor=planner, school=school, survey=survey, values=answers(survey, (5, 1), (3, 3), (3, 3))
    )
    items = [item.text for item in survey.items.all()]
    for _ in range(2):
        pasted = read_means("ก1\t4\t3", items, 1, 5)
        paste_means(actor=planner, survey=survey, label="แบบเดิม", respondents=3, means=pasted)
    line = next(one for one in survey_table(survey, Formula.PNI) if one.item.text == "ก1")
    assert (line.n, line.desired, line.actual) == (4, Decimal("4.250"), Decimal("2.500"))


def test_points_of_a_survey_become_needs_once(
    cast: Cast, survey: NeedSurvey, school: School
) -> None:
    planner, items = cast.actor("planner"), list(survey.items.all())
    because = {items[0].pk: "PNImodified = 0.286"}
    made = make_needs(
        actor=planner, survey=survey, items=items[:2], schools=[school], because=because
    )
    assert [(row.kind, row.because) for row in made] == [
        ("survey", "PNImodified = 0.286"),
        ("survey", ""),
    ]
    assert (
        make_needs(actor=planner, survey=survey, items=items[:1], schools=[school], because={})
        == []
    )
    assert Need.objects.count() == 2
    with pytest.raises(RuleBroken):
        make_needs(actor=planner, survey=survey, items=[], schools=[school], because={})
