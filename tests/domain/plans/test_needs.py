"""The register of needs: who may, what is refused, what is offered from figures, and what a project serves."""

from datetime import date
from decimal import Decimal

import pytest

from nithet.domain.directory.models.census import Census, TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.needs import (
    NeedDraft,
    edit_need,
    record_need,
    record_needs,
    serve_need,
    serve_needs,
    set_thresholds,
    settle_need,
    stop_serving_need,
    take_back_need,
)
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.need_offers import directory_offers, settings_of
from nithet.domain.plans.queries.needs import (
    carried_into,
    list_needs,
    open_needs,
    register_of,
)
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.refs.registry import RecordRef
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
def project(cast: Cast, office: Unit) -> Project:
    """A project of the year's plan."""
    planner = cast.actor("planner")
    plan = open_plan(actor=planner, fiscal_year=YEAR, title="แผน 2569")
    return add_project(actor=planner, plan=plan, title="โครงการนิเทศ")


def need_of(cast: Cast, school: School, text: str = "ต้องการสื่อ", **values: object) -> Need:
    """Enter a need."""
    return record_need(
        actor=cast.actor("supervisor"), school=school, fiscal_year=YEAR, text=text, **values
    )


def test_a_supervisor_enters_a_need_and_the_history_says_it(cast: Cast, school: School) -> None:
    found = need_of(cast, school, area="สื่อ", strength=2)
    assert (found.kind, found.state, found.strength) == ("other", "open", 2)
    event = AuditEvent.objects.get(name="need.recorded")
    assert event.target_id == str(found.pk)
    assert list(open_needs(cast.actor("supervisor"), school, YEAR)) == [found]


def test_the_same_point_of_a_record_is_one_need(cast: Cast, school: School) -> None:
    source = RecordRef("supervision.finding", "5")
    first = need_of(cast, school, source=source)
    assert need_of(cast, school, "คำอื่น", source=source) == first
    assert need_of(cast, school, "คำอื่น") != first


def test_what_a_school_enters_is_its_own_word(cast: Cast, school: School) -> None:
    head = cast.actor("school_head")
    found = record_need(actor=head, school=school, fiscal_year=YEAR, text="ขอครู", kind="visit")
    assert found.kind == Need.Kind.OWN_WORD
    assert list(list_needs(head)) == [found]


def test_a_school_sees_and_enters_nothing_of_another(
    cast: Cast, school: School, other_school: School
) -> None:
    need_of(cast, other_school)
    head = cast.actor("school_head")
    assert not list_needs(head).exists()
    with pytest.raises(Refused):
        record_need(actor=head, school=other_school, fiscal_year=YEAR, text="ขอครู")


@pytest.mark.parametrize("who", ["committee_member", "assessor", "outsider"])
def test_others_enter_no_needs(cast: Cast, school: School, who: str) -> None:
    with pytest.raises(Refused):
        record_need(actor=cast.actor(who), school=school, fiscal_year=YEAR, text="ขอ")


@pytest.mark.parametrize(("text", "code"), [(" ", "words.missing"), ("ก" * 1001, "need.long")])
def test_a_need_says_something_in_at_most_a_thousand_letters(
    cast: Cast, school: School, text: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as error:
        need_of(cast, school, text)
    assert (error.value.code, error.value.field) == (code, "text")


def test_a_school_changes_its_open_word_and_no_word_of_the_office(
    cast: Cast, school: School
) -> None:
    head = cast.actor("school_head")
    own = record_need(actor=head, school=school, fiscal_year=YEAR, text="ขอครู")
    assert edit_need(actor=head, need=own, version=1, text="ขอครูคณิต").version == 2
    with pytest.raises(Refused):
        edit_need(actor=head, need=need_of(cast, school), version=1, text="อื่น")
    settled = settle_need(actor=cast.actor("planner"), need=own, version=2, state="met")
    with pytest.raises(Refused):
        edit_need(actor=head, need=settled, version=3, text="อีก")


def test_two_people_who_edit_one_need_are_shown_both_versions(cast: Cast, school: School) -> None:
    found = need_of(cast, school)
    edit_need(actor=cast.actor("planner"), need=found, version=1, text="ก")
    with pytest.raises(Conflict) as error:
        edit_need(actor=cast.actor("supervisor"), need=found, version=1, text="ข")
    assert error.value.params["theirs"]["text"] == "ก"


def test_a_need_is_met_by_a_record_dropped_with_a_reason_and_opened_again(
    cast: Cast, school: School
) -> None:
    planner, found = cast.actor("planner"), need_of(cast, school)
    visit = RecordRef("supervision.visit", "7")
    met = settle_need(actor=planner, need=found, version=1, state="met", met_by=visit)
    assert (met.state, met.met_by) == ("met", str(visit))
    again = settle_need(actor=planner, need=met, version=2, state="open")
    assert (again.met_by, again.settled_at) == ("", None)
    with pytest.raises(RuleBroken, match="why"):
        settle_need(actor=planner, need=again, version=3, state="dropped")
    with pytest.raises(Refused):
        settle_need(actor=cast.actor("school_head"), need=again, version=3, state="met")


def test_a_need_taken_back_is_not_open_any_more(cast: Cast, school: School) -> None:
    found = need_of(cast, school)
    take_back_need(actor=cast.actor("supervisor"), need=found)
    assert not open_needs(cast.actor("planner")).exists()


def test_a_project_says_which_needs_it_serves(
    cast: Cast, school: School, other_school: School, project: Project
) -> None:
    planner = cast.actor("planner")
    first, second = need_of(cast, school), need_of(cast, other_school)
    serve_need(actor=planner, need=first, project=project)
    serve_need(actor=planner, need=first, project=project)
    serve_needs(actor=planner, project=project, needs=[second])
    assert [row.need for row in project.needs_served.all()] == [second]
    stop_serving_need(actor=planner, need=second, project=project)
    assert not project.needs_served.exists()
    with pytest.raises(Refused):
        serve_needs(actor=cast.actor("school_head"), project=project, needs=[first])


def test_needs_of_another_office_are_refused(cast: Cast, office: Unit) -> None:
    draft = NeedDraft(School(pk=9, office_id=cast.other_office.pk), Need.Kind.OTHER, "ขอ")
    with pytest.raises(RuleBroken) as error:
        record_needs(actor=cast.actor("planner"), fiscal_year=YEAR, drafts=[draft])
    assert error.value.code == "record.foreign"


def test_many_needs_are_entered_all_or_none_and_once(cast: Cast, school: School) -> None:
    planner = cast.actor("planner")
    drafts = [NeedDraft(school, Need.Kind.SIZE, f"ข้อ {n}") for n in range(3)]
    assert len(record_needs(actor=planner, fiscal_year=YEAR, drafts=[*drafts, drafts[0]])) == 3
    assert record_needs(actor=planner, fiscal_year=YEAR, drafts=drafts) == []
    with pytest.raises(RuleBroken):
        record_needs(
            actor=planner,
            fiscal_year=YEAR,
            drafts=[
                NeedDraft(school, Need.Kind.SIZE, "ใหม่"),
                NeedDraft(school, Need.Kind.SIZE, ""),
            ],
        )
    assert Need.objects.count() == 3


def figures(school: School, **values: object) -> Census:
    """Enter figures of a school."""
    return Census.objects.create(
        office_id=school.office_id, school=school, as_at=date(2026, 6, 10), **values
    )


def test_figures_offer_needs_with_their_record_until_the_register_holds_them(
    cast: Cast, school: School, other_school: School
) -> None:
    planner = cast.actor("planner")
    census = figures(
        school, pupils=45, teachers=2, teachers_entitled=4, teacher_per_class=False, janitors=0
    )
    figures(other_school, pupils=300)
    set_thresholds(actor=planner, version=0, results_below=None, pupils_below=120)
    offered = directory_offers(planner, YEAR)
    assert {one.point for one in offered} == {
        "few_pupils",
        "teacher_per_class",
        "teachers_missing",
        "no_janitor",
    }
    assert {one.source for one in offered} == {f"directory.census:{census.pk}"}
    missing = next(one for one in offered if one.point == "teachers_missing")
    assert "มีครู 2 คน เกณฑ์ 4 คน" in missing.because
    record_need(
        actor=planner,
        school=school,
        fiscal_year=YEAR,
        text=missing.text,
        kind=missing.kind,
        source=RecordRef.parse(missing.source),
        point=missing.point,
    )
    assert "teachers_missing" not in {one.point for one in directory_offers(planner, YEAR)}


def result(school: School, mean: str, tested: int = 10, year: int = 2568) -> TestResult:
    """Enter a test result."""
    return TestResult.objects.create(
        office_id=school.office_id,
        school=school,
        test="nt_p3",
        academic_year=year,
        subject="คณิตศาสตร์",
        tested=tested,
        mean=Decimal(mean),
    )


def test_results_are_offered_only_below_the_threshold_that_the_office_set(
    cast: Cast, school: School, other_school: School
) -> None:
    planner = cast.actor("planner")
    result(school, "70.00", year=2567)
    result(school, "39.99")
    result(other_school, "40.00")
    assert directory_offers(planner, YEAR) == []
    set_thresholds(actor=planner, version=0, results_below=Decimal(40))
    (offered,) = directory_offers(planner, YEAR)
    assert offered.school == school
    assert "เฉลี่ยร้อยละ 39.99 (n = 10) ต่ำกว่าร้อยละ 40" in offered.because
    set_thresholds(actor=planner, version=1, results_below=Decimal(40), tested_at_least=11)
    assert directory_offers(planner, YEAR) == []


def test_the_threshold_is_a_share_and_two_people_do_not_overwrite_it(
    cast: Cast, office: Unit
) -> None:
    planner = cast.actor("planner")
    with pytest.raises(RuleBroken):
        set_thresholds(actor=planner, version=0, results_below=Decimal(101))
    set_thresholds(actor=planner, version=0, results_below=Decimal(50))
    with pytest.raises(Conflict):
        set_thresholds(actor=planner, version=0, results_below=Decimal(60))
    assert settings_of().results_below == Decimal(50)
    with pytest.raises(Refused):
        set_thresholds(actor=cast.actor("school_head"), version=1, results_below=None)


@pytest.mark.parametrize("count", [1, 30])
def test_offers_take_a_fixed_number_of_queries(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        unit = Unit.objects.create(kind="school", name=f"วัด {number}", office=office, parent=office)
        one = School.objects.create(office=office, unit=unit, head_status="vacant")
        figures(one, pupils=30, janitors=0)
        result(one, "10")
    set_thresholds(
        actor=cast.actor("planner"), version=0, results_below=Decimal(50), pupils_below=99
    )
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(directory_offers(cast.actor("planner"), YEAR)) == 4 * count


def test_an_open_need_is_carried_into_the_next_year_until_somebody_settles_it(
    cast: Cast, school: School
) -> None:
    planner = cast.actor("planner")
    with clock.fixed(clock.at(date(2026, 8, 1))):
        old, met, taken = (need_of(cast, school, text) for text in ("เปิดอยู่", "ทำแล้ว", "ผิด"))
        settle_need(actor=planner, need=met, version=1, state="met")
        take_back_need(actor=planner, need=taken)
    with clock.fixed(clock.at(date(2026, 10, 1))):
        new = record_need(actor=planner, school=school, fiscal_year=YEAR + 1, text="ใหม่")
        assert set(register_of(planner, YEAR + 1)) == {old, new}
        assert set(Need.objects.filter(carried_into(YEAR + 1))) == {old}
        assert set(register_of(planner, YEAR)) == {old, met}
        settle_need(actor=planner, need=old, version=1, state="met")
        # It was open when the year began, and was met in it: it stays in the register of both.
        assert set(register_of(planner, YEAR + 1)) == {old, new}
        assert set(open_needs(planner)) == {new}
    assert set(register_of(planner, YEAR + 2)) == {new}


def test_what_is_carried_is_neither_offered_nor_taken_over_again(
    cast: Cast, school: School
) -> None:
    planner = cast.actor("planner")
    School.objects.filter(pk=school.pk).update(head_status=School.Head.VACANT)
    (offer,) = directory_offers(planner, YEAR)
    draft = NeedDraft(school, offer.kind, offer.text, source=offer.source, point=offer.point)
    assert len(record_needs(actor=planner, fiscal_year=YEAR, drafts=[draft])) == 1
    assert directory_offers(planner, YEAR + 1) == []
    assert record_needs(actor=planner, fiscal_year=YEAR + 1, drafts=[draft]) == []
    source = RecordRef.parse(offer.source)
    kept = record_need(
        actor=planner,
        school=school,
        fiscal_year=YEAR + 1,
        text=offer.text,
        source=source,
        point=offer.point,
    )
    assert kept.fiscal_year == YEAR
