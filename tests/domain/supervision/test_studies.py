"""Studies: opened, tried, measured before and after, published; and what they say of few values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from nithet.domain.instruments.queries.results import Asked
from nithet.domain.supervision.actions.studies import (
    add_cycle,
    add_measure,
    edit_cycle,
    edit_measure,
    edit_study,
    open_study,
    publish_study,
    reopen_study,
    take_back_cycle,
    take_back_measure,
    take_back_study,
)
from nithet.domain.supervision.models.studies import Study, StudyMeasure
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.studies import (
    choosable_visits,
    cycles_of,
    drawn_from_results,
    find_study,
    list_studies,
    measures_of,
)
from nithet.domain.supervision.rules.comparison import Caution, Method
from nithet.domain.supervision.rules.study_values import checked, rows_pasted
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.instruments.result_factories import fill, make_form, make_school, question, rating

FACTS: dict[str, Any] = {
    "title": "การพัฒนารูปแบบการนิเทศแบบพาทำ",
    "fiscal_year": 2555,
    "problem": "ครูจัดกิจกรรมการอ่านได้ไม่ต่อเนื่อง",
}
PAIRS = [[f"ครู {n:02}", str(n % 3 + 1), str(n % 3 + 2 + n % 2)] for n in range(12)]


@pytest.fixture
def study(cast: Cast, office: Unit) -> Study:
    return open_study(actor=cast.actor("supervisor"), **FACTS)


def last_event() -> AuditEvent:
    return AuditEvent.objects.order_by("-pk")[0]


def test_whoever_does_the_work_opens_a_study_and_leads_it(cast: Cast, study: Study) -> None:
    assert study.owner_id == cast.users["supervisor"].pk
    assert study.owner_title == cast.actor("supervisor").signature
    assert last_event().name == "study.opened"


@pytest.mark.parametrize("who", ["school_head", "committee_member", "assessor", "outsider"])
def test_others_neither_open_nor_read_studies(cast: Cast, study: Study, who: str) -> None:
    actor = cast.actor(who)
    assert find_study(actor, study.pk) is None
    if who == "outsider":
        with pytest.raises(Refused):
            edit_study(actor=actor, study=study, version=1, **FACTS)
        return
    with pytest.raises(Refused):
        open_study(actor=actor, **FACTS)


@pytest.mark.parametrize("missing", ["title", "problem"])
def test_a_study_needs_a_title_and_a_problem(cast: Cast, office: Unit, missing: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        open_study(actor=cast.actor("supervisor"), **FACTS | {missing: " "})
    assert broken.value.field == missing


def test_two_who_edit_a_study_at_once_see_both_versions(cast: Cast, study: Study) -> None:
    actor = cast.actor("supervisor")
    edit_study(actor=actor, study=study, version=1, **FACTS | {"aims": "เพื่อพัฒนา"})
    with pytest.raises(Conflict):
        edit_study(actor=actor, study=study, version=1, **FACTS | {"aims": "เพื่ออื่น"})


def visit_of(cast: Cast) -> Visit:
    return Visit.objects.create(
        office=cast.office,
        school=make_school(cast.school),
        kind="supervision",
        state="done",
        visited_on=date(2012, 6, 10),
    )


def test_a_cycle_groups_visits_and_is_numbered(cast: Cast, study: Study) -> None:
    actor, visit = cast.actor("supervisor"), visit_of(cast)
    assert choosable_visits(actor, study) == [visit]
    first = add_cycle(actor=actor, study=study, design="พาทำในห้องเรียน", visits=[visit])
    second = add_cycle(actor=actor, study=study, design="นำทำ")
    assert (first.number, second.number) == (1, 2)
    assert [one.visits for one in cycles_of(actor, study)] == [[visit], []]
    edit_cycle(actor=actor, cycle=first, version=1, design="พาทำ", evaluated="ครู 8 จาก 10 คนทำได้")
    assert cycles_of(actor, study)[0].visits == [visit]
    edit_cycle(actor=actor, cycle=first, version=2, design="พาทำ", visits=[])
    assert cycles_of(actor, study)[0].visits == []
    take_back_cycle(actor=actor, cycle=second)
    assert [one.cycle.number for one in cycles_of(actor, study)] == [1]


def test_a_cycle_goes_with_no_visit_of_another_office(cast: Cast, study: Study) -> None:
    foreign = Visit(pk=99_999, office=cast.other_office)
    with pytest.raises(RuleBroken) as broken:
        add_cycle(actor=cast.actor("supervisor"), study=study, design="พาทำ", visits=[foreign])
    assert broken.value.field == "visits"


def test_a_cycle_needs_its_design_and_a_time_that_runs_forwards(cast: Cast, study: Study) -> None:
    actor = cast.actor("supervisor")
    with pytest.raises(RuleBroken) as broken:
        add_cycle(actor=actor, study=study, design=" ")
    assert broken.value.field == "design"
    with pytest.raises(RuleBroken) as broken:
        add_cycle(
            actor=actor,
            study=study,
            design="พาทำ",
            starts_on=date(2012, 6, 2),
            ends_on=date(2012, 6, 1),
        )
    assert broken.value.field == "ends_on"


def test_values_before_and_after_are_compared(cast: Cast, study: Study) -> None:
    actor = cast.actor("supervisor")
    measure = add_measure(actor=actor, study=study, title="ทักษะการจัดกิจกรรม", values=PAIRS)
    found = measures_of(study)[0]
    assert (found.compared.n, found.compared.method) == (12, Method.WILCOXON)
    assert found.compared.caution == Caution.SMALL
    edit_measure(actor=actor, measure=measure, version=1, title="ทักษะ", values=PAIRS[:4])
    assert measures_of(study)[0].compared.caution == Caution.VALUES_ONLY
    take_back_measure(actor=actor, measure=measure)
    assert measures_of(study) == []


def test_different_groups_are_not_compared_as_pairs(cast: Cast, study: Study) -> None:
    values = [
        *([f"ก{n}", str(n), ""] for n in range(6)),
        *([f"ข{n}", "", str(n + 3)] for n in range(6)),
    ]
    add_measure(
        actor=cast.actor("supervisor"),
        study=study,
        title="คะแนน",
        design=StudyMeasure.Design.INDEPENDENT,
        values=values,
    )
    assert measures_of(study)[0].compared.method == Method.MANN_WHITNEY


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["ครู 1", "1", "2"], ["ครู 1", "2", "3"]], "values.twice"),
        ([["", "1", "2"]], "values.code"),
        ([["ครู 1", "หนึ่ง", "2"]], "values.number"),
        ([["ครู 1", "1e400", "2"]], "values.number"),
        ([["ครู 1", "NaN", "2"]], "values.number"),
        ([[f"ครู {n}", "1", "2"] for n in range(501)], "values.many"),
    ],
)
def test_values_that_cannot_be_right_are_refused(rows: list[list[str]], code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        checked(rows, is_paired=True)
    assert broken.value.code == code


def test_empty_rows_fall_away_and_digits_may_be_thai() -> None:
    rows = [["ครู ๑", "๓.๕", "4,000"], ["", "", ""], ["ครู 2", "-", ""]]
    assert checked(rows, is_paired=True) == [["ครู 1", "3.5", "4000"], ["ครู 2", "", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "รหัส\tก่อน\tหลัง\nครู 01\t2.5\t3.5\nครู 02\t3\t\n",
        "ครู 01\t๒.๕\t๓.๕\r\nครู 02\t3\t-",
        "ครู 01 2.5 3.5\nครู 02 3 -",
        "ครู 01, 2.5, 3.5\nครู 02; 3;\n",
    ],
)
def test_a_table_is_pasted_from_excel_or_typed(text: str) -> None:
    rows = checked(rows_pasted(text), is_paired=True)
    assert rows == [["ครู 01", "2.5", "3.5"], ["ครู 02", "3", ""]]


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(RuleBroken) as broken:
        rows_pasted("ครู 01\t1\t2\nครู สองคน")
    assert broken.value.params == {"line": 2}


def test_a_published_study_is_written_no_more_until_it_is_opened_again(
    cast: Cast, study: Study
) -> None:
    actor = cast.actor("supervisor")
    day = date(2012, 9, 1)
    with pytest.raises(RuleBroken) as broken:
        publish_study(actor=actor, study=study, version=1, published_on=day, where="วารสาร")
    assert broken.value.code == "study.no_findings"
    edit_study(actor=actor, study=study, version=1, **FACTS | {"findings": "ครูทำได้"})
    done = publish_study(actor=actor, study=study, version=2, published_on=day, where="วารสาร")
    assert done.is_published
    assert last_event().name == "study.published"
    for write in (
        lambda: edit_study(actor=actor, study=done, version=3, **FACTS),
        lambda: add_cycle(actor=actor, study=done, design="อีก"),
        lambda: add_measure(actor=actor, study=done, title="อีก"),
        lambda: take_back_study(actor=actor, study=done),
    ):
        with pytest.raises(RuleBroken) as broken:
            write()
        assert broken.value.code == "study.published"
    with pytest.raises(RuleBroken):
        reopen_study(actor=actor, study=done, version=3, reason="")
    assert not reopen_study(actor=actor, study=done, version=3, reason="แก้ตาราง").is_published


def test_a_study_is_not_published_in_the_future(cast: Cast, study: Study) -> None:
    with pytest.raises(RuleBroken) as broken:
        publish_study(
            actor=cast.actor("supervisor"),
            study=study,
            version=1,
            published_on=date(2100, 1, 1),
            where="วารสาร",
        )
    assert broken.value.field == "published_on"


def test_a_study_opened_by_mistake_is_taken_back(cast: Cast, study: Study) -> None:
    actor = cast.actor("supervisor")
    take_back_study(actor=actor, study=study)
    assert list(list_studies(actor)) == []


def test_values_are_drawn_from_what_forms_found_school_by_school(cast: Cast, study: Study) -> None:
    first, second = make_school(cast.school), make_school(cast.other_school)
    form = make_form(cast.office, [rating("works"), question("words", "text")])
    early, late = datetime(2012, 6, 10, tzinfo=UTC), datetime(2013, 2, 10, tzinfo=UTC)
    for school, value, moment in (
        (first, "2", early),
        (first, "3", early),
        (first, "4", late),
        (second, "5", late),
    ):
        fill(
            form, {"works": value, "words": "ดี"}, school=school, ended_at=moment, received_at=moment
        )
    actor = cast.actor("supervisor")
    before, after = Asked(year=2555, by="school"), Asked(year=2556, by="school")
    drawn = drawn_from_results(actor, form.instrument, "works.5", before, after)
    assert drawn is not None
    assert drawn.rows == [(first.name, "2.50", "4.00")]
    assert drawn.one_sided == 1
    assert drawn_from_results(actor, form.instrument, "words", before, after) is None
