"""Links to needs surveys: who may make them, what they open, and when they open nothing."""

from datetime import timedelta

import pytest

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.need_survey_links import (
    answer_by_link,
    make_survey_links,
    revoke_survey_links,
)
from nithet.domain.plans.actions.need_surveys import answer_survey, close_survey, open_survey
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyLink
from nithet.domain.plans.queries.need_survey_links import (
    link_actor,
    standing_links,
    survey_link_of,
)
from nithet.domain.plans.queries.need_surveys import reply_of, schools_to_answer
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

YEAR = 2569


@pytest.fixture
def school(cast: Cast, office: Unit) -> School:
    """The cast's own school."""
    return School.objects.create(office=office, unit=cast.school)


@pytest.fixture
def other_school(cast: Cast, office: Unit) -> School:
    """Another school of the office."""
    return School.objects.create(office=office, unit=cast.other_school)


@pytest.fixture
def survey(cast: Cast, school: School, other_school: School) -> NeedSurvey:
    """An open survey of two points."""
    return open_survey(actor=cast.actor("planner"), fiscal_year=YEAR, title="สำรวจ", items="ก\nข")


def answers(survey: NeedSurvey, desired: int = 5) -> dict[int, tuple[int, int]]:
    return {item.pk: (desired, 3) for item in survey.items.all()}


def link_of(cast: Cast, survey: NeedSurvey, school: School) -> NeedSurveyLink:
    (made,) = make_survey_links(actor=cast.actor("planner"), survey=survey, schools=[school])
    return made


def test_links_are_made_once_a_school_by_those_who_keep_the_register(
    cast: Cast, survey: NeedSurvey, school: School, other_school: School
) -> None:
    planner = cast.actor("planner")
    first = link_of(cast, survey, school)
    rest = make_survey_links(actor=planner, survey=survey, schools=[school, other_school])
    assert [one.school for one in rest] == [other_school]
    assert make_survey_links(actor=planner, survey=survey, schools=[school]) == []
    assert set(standing_links(survey)) == {school.pk, other_school.pk}
    assert len({first.code, rest[0].code}) == 2 and len(first.code) == 16
    assert AuditEvent.objects.filter(name="need_survey.links_made").count() == 2
    assert first.code not in str(list(AuditEvent.objects.values()))
    for who in ("school_head", "outsider", "committee_member"):
        with pytest.raises(Refused):
            make_survey_links(actor=cast.actor(who), survey=survey, schools=[school])
        with pytest.raises(Refused):
            revoke_survey_links(actor=cast.actor(who), survey=survey)


def test_a_link_answers_one_survey_for_one_school_by_the_name_that_was_given(
    cast: Cast, survey: NeedSurvey, school: School, other_school: School
) -> None:
    link, other = link_of(cast, survey, school), link_of(cast, survey, other_school)
    holder = link_actor(link, "ครูวิชาการ")
    made = answer_by_link(actor=holder, link=link, values=answers(survey))
    assert made.school == school and made.entered_by.startswith("ครูวิชาการ")
    with pytest.raises(Refused):
        answer_by_link(actor=holder, link=other, values=answers(survey))
    for who in ("outsider", "planner", "committee_member"):
        with pytest.raises(Refused):
            answer_by_link(actor=cast.actor(who), link=link, values=answers(survey))
    with pytest.raises(Refused):
        answer_survey(actor=holder, school=school, survey=survey, values=answers(survey))
    with pytest.raises(RuleBroken):
        answer_by_link(actor=holder, link=link, values={}, version=1)
    with pytest.raises(Conflict):
        answer_by_link(actor=holder, link=link, values=answers(survey), version=9)
    answer_by_link(actor=holder, link=link, values=answers(survey, 4), version=1)
    kept = reply_of(survey, school)
    assert kept is not None and {int(one.desired) for one in kept.values.all()} == {4}
    assert link_actor(link, " ").name == f"{school} (ทางลิงก์)"


def test_a_link_opens_nothing_once_it_ended_was_ended_or_the_survey_is_closed(
    cast: Cast, survey: NeedSurvey, school: School, other_school: School
) -> None:
    planner = cast.actor("planner")
    link = link_of(cast, survey, school)
    found = survey_link_of(link.code.upper())
    assert found == link and survey_link_of("aaaaaaaaaaaaaaaa") is None
    with clock.fixed(clock.now() + timedelta(days=61)):
        assert survey_link_of(link.code) is None
        # What has ended makes room for a new one.
        assert len(make_survey_links(actor=planner, survey=survey, schools=[school])) == 1
    assert revoke_survey_links(actor=planner, survey=survey) == 1
    assert revoke_survey_links(actor=planner, survey=survey) == 0
    again = link_of(cast, survey, school)
    close_survey(actor=planner, survey=survey, version=1)
    assert survey_link_of(again.code) is None
    with pytest.raises(RuleBroken):
        answer_by_link(actor=link_actor(again, ""), link=again, values=answers(survey))
    survey.refresh_from_db()
    with pytest.raises(RuleBroken):
        make_survey_links(actor=planner, survey=survey, schools=[other_school])


def test_those_who_have_not_answered_are_named_and_a_closed_school_is_not_asked(
    cast: Cast, survey: NeedSurvey, school: School, other_school: School
) -> None:
    planner = cast.actor("planner")
    answer_survey(actor=planner, school=school, survey=survey, values=answers(survey))
    found = schools_to_answer(planner, survey)
    assert (found.answered, len(found.asked), found.missing) == (1, 2, [other_school])
    Unit.objects.filter(pk=other_school.unit_id).update(ends_on=clock.today() - timedelta(days=1))
    found = schools_to_answer(planner, survey)
    assert (found.answered, len(found.asked), found.missing) == (1, 1, [])
