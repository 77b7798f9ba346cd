"""The two example offices of the demo, as records: they add up, they are marked, and the document's office is left alone."""

from datetime import date

import pytest
from django.db.models import Sum

from nithet.console.demo.example_year import loading
from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.office import build_demo, build_examples
from nithet.console.demo.today import forms
from nithet.console.installation import set_up_editions
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.result_forms import instruments_with_results
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.queries.results import results_of
from nithet.domain.plans.models.money import BudgetLine
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyReply
from nithet.domain.plans.queries.need_surveys import survey_table
from nithet.domain.plans.rules.pni import Formula
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.supervision.models.answers import VisitOpinion
from nithet.domain.supervision.models.findings import AgreementCheck, Finding
from nithet.domain.supervision.models.studies import Study
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.counting import committee_cover
from nithet.foundation.access.actors import system_actor
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock


@pytest.fixture
def offices(db: None, tmp_path: object, settings: object) -> list[Unit]:
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]
    set_up_editions()
    demo = build_demo()
    return [demo.office, *build_examples()]


def test_the_example_offices(offices: list[Unit]) -> None:
    document, year, second = offices
    with scope(document.pk):
        assert School.objects.count() == 13
        assert not Visit.objects.filter(source=EXAMPLE).exists()
        assert standing_of(Round.objects.get()).judgement.level is None
    with scope(year.pk):
        assert School.objects.filter(is_example=True).count() == 117
        assert School.objects.filter(is_example=False).count() == 13
        assert Census.objects.aggregate(Sum("pupils"))["pupils__sum"] == 19_500
        assert Census.objects.aggregate(Sum("rooms"))["rooms__sum"] == 1_130
        assert Visit.objects.filter(state="done").count() == 431
        assert Visit.objects.filter(kind="committee").count() == 13
        assert not Visitor.objects.filter(visit__kind="committee").exists()
        assert Visit.objects.filter(state="cancelled").count() == 28
        assert BudgetLine.objects.aggregate(Sum("planned"))["planned__sum"] == 611_000
        judgement = standing_of(Round.objects.get(months=12)).judgement
        assert judgement.level == 3
        assert Round.objects.get(months=6).state == "closed"
        assert Folder.objects.get().state == "waiting"
        assert loading.is_loaded()
    with scope(second.pk):
        assert School.objects.count() == School.objects.filter(is_example=True).count() == 96
        assert standing_of(Round.objects.get()).judgement.level is not None
        the_year_of_today_holds_together(second)
    assert OfficeSettings.objects.get(office=year).is_example
    assert OfficeSettings.objects.get(office=second).is_example
    assert not OfficeSettings.objects.get(office=document).is_example
    before = everything_counted()
    build_examples()
    assert everything_counted() == before


def everything_counted() -> list[int]:
    kinds = (Visit, Finding, Submission, AgreementCheck, VisitOpinion, Study, Need, NeedSurveyReply)
    return [User.objects.count(), *(one._base_manager.count() for one in kinds)]


def the_year_of_today_holds_together(second: Unit) -> None:
    supervision = Visit.objects.filter(kind="supervision", state="done")
    by_half = [supervision.filter(visited_on__lt=date(2026, 5, 16)), supervision.filter(visited_on__range=(date(2026, 5, 16), date(2026, 8, 31)))]
    assert [rows.values("school").distinct().count() for rows in by_half] == [82, 88]
    assert not supervision.filter(findings__isnull=True).exists()
    assert not supervision.filter(project__isnull=True).exists()
    # Each form was filled in, and its means differ by school and grow by semester.
    submissions = Submission.objects.all()
    assert not submissions.exclude(state="accepted").exists()
    actor = system_actor("demo", second.pk)
    for instrument, count in instruments_with_results(actor):
        if instrument.title in {forms.LEARNING, forms.CLASSROOM}:
            assert count > 50
            assert instrument.serves
            assert instrument.versions.get().briefings.get().people.count() == 17
    learning = Instrument.objects.get(title=forms.LEARNING)
    first, later = (
        results_of(actor, learning, Asked(academic_year=year, semester=part)).lines[0].described.mean_2
        for year, part in ((2568, 2), (2569, 1))
    )
    assert first is not None
    assert later is not None
    assert first < later
    networks = results_of(actor, learning, Asked(by="network")).parts
    assert len({one.lines["q1.5"].described.mean_2 for one in networks}) > 5
    # Agreements came back at the next visit; what schools think was asked; three members did not go in the last semester.
    assert set(AgreementCheck.objects.values_list("answer", flat=True)) == {"done", "partly", "not_yet"}
    assert VisitOpinion.objects.count() > 40
    covered = committee_cover(actor, 2569)
    by_name = {str(part): covered.count_of(at) for at, part in enumerate(covered.semesters)}
    assert (by_name["ภาคเรียนที่ 2/2568"], by_name["ภาคเรียนที่ 1/2569"], len(covered.members)) == (11, 8, 11)
    assert Study.objects.get().measures.count() == 2
    survey = NeedSurvey.objects.get()
    lines = survey_table(survey, Formula.MODIFIED)
    assert len({(one.desired, one.actual) for one in lines}) == len(lines)
    the_school_without_pupils_is_left_alone()
    nothing_was_written_at_night()


def the_school_without_pupils_is_left_alone() -> None:
    empty = Census.objects.get(pupils=0)
    assert (empty.teachers, empty.rooms, empty.school.head_status) == (0, 0, "vacant")
    assert not Visit.objects.filter(school=empty.school, state="done").exists()
    assert not Need.objects.filter(school=empty.school).exists()


def nothing_was_written_at_night() -> None:
    moments = [
        *Submission.objects.values_list("received_at", flat=True),
        *Visit.objects.exclude(written_at=None).values_list("written_at", flat=True),
        *VisitOpinion.objects.values_list("said_at", flat=True),
    ]
    local = [clock.in_thailand(one) for one in moments]
    assert all(one.weekday() < 5 and 8 <= one.hour < 17 for one in local)
    assert all(
        one.visited_on <= clock.day_of(one.written_at)
        for one in Visit.objects.exclude(written_at=None)
        if one.written_at
    )
