"""The supervision cycle of a year: models as data, steps that become evidence, reviews that are measured, the frozen pack."""

from datetime import date

import pytest

from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.measures import measure
from nithet.domain.frameworks.queries import get_edition, shipped_editions
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.supervision.actions.cycle import (
    choose_model,
    edit_model,
    finish_step,
    link_record,
    reopen_step,
    save_model,
    take_back_model,
    unlink_record,
    write_step,
)
from nithet.domain.supervision.actions.information_packs import freeze_information_pack
from nithet.domain.supervision.actions.system_reviews import (
    edit_review,
    record_review,
    take_back_review,
)
from nithet.domain.supervision.actions.visits import record_visit
from nithet.domain.supervision.models.cycle import CycleStep, SupervisionCycle, SystemReview
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.domain.supervision.queries.cycle import cycle_of, steps_shown
from nithet.domain.supervision.queries.cycle_summary import summary_of
from nithet.domain.supervision.queries.information import information_of
from nithet.domain.supervision.queries.matrix import indicators_of, matrix_of
from nithet.domain.supervision.rules.cycle_models import (
    as_yaml,
    lines_of,
    read_file,
    read_lines,
    shipped_models,
)
from nithet.domain.supervision.rules.information import digest_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast

YEAR = 2555
EDITION = "urn:nithet:edition:obec-return-2555:5.4"
REVIEWS = "supervision.system_reviews"


@pytest.fixture(autouse=True)
def _editions(request: pytest.FixtureRequest) -> None:
    """The shipped editions, where a test touches the database."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("db")
        for text in shipped_editions():
            add_edition(actor=system_actor("test"), text=text)


def test_the_shipped_models_are_data_and_the_eight_steps_are_those_of_the_form() -> None:
    models = shipped_models()
    assert list(models) == ["eight_steps", "apice", "pidre", "pdca"]
    assert [one.mark for one in models["eight_steps"].steps] == [f"1.3.{n}" for n in range(1, 9)]
    assert "Coaching 8 ขั้นตอน" in models["eight_steps"].note
    assert [one.mark for one in models["apice"].steps] == list("APICE")


@pytest.mark.parametrize("key", ["eight_steps", "apice", "pidre", "pdca"])
def test_a_model_goes_out_as_a_file_and_as_lines_and_comes_back(key: str) -> None:
    model = shipped_models()[key]
    assert read_file(as_yaml(model).encode()).steps == model.steps
    again = read_lines(model.name, model.source, lines_of(model))
    assert [(one.mark, one.title, one.purpose, one.serves) for one in again.steps] == [
        (one.mark, one.title, one.purpose, one.serves) for one in model.steps
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: ก\nsteps: [{title: ก}]", "cycle_model.few"),
        ("name: ''\nsteps: [{title: ก}, {title: ข}]", "cycle_model.name"),
        ("name: ก\nsteps: [{title: ก}, {title: ''}]", "cycle_model.title"),
        ("name: ก\nsteps: [{title: ก}, ข]", "cycle_model.step"),
        ("name: ก\nsteps: [{title: ก, code: x}, {title: ข, code: x}]", "cycle_model.twice"),
        ("name: ก\nsteps: [{title: ก, code: 'A B'}, {title: ข}]", "cycle_model.code"),
        ("name: ก\nsteps: [{title: ก, serves: tea}, {title: ข}]", "cycle_model.serves"),
        ("- ก", "cycle_model.shape"),
        ("name: [", "cycle_model.unreadable"),
        ("name: ก\nsteps: [" + ", ".join(["{title: ก}"] * 21) + "]", "cycle_model.many"),
    ],
)
def test_a_model_that_cannot_be_used_says_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as error:
        read_file(text.encode())
    assert error.value.code == code
    assert str(error.value)


def chosen(cast: Cast, key: str = "eight_steps") -> SupervisionCycle:
    """Choose a model for the year."""
    choose_model(actor=cast.actor("supervisor"), fiscal_year=YEAR, key=key)
    found = cycle_of(cast.actor("supervisor"), YEAR)
    assert found
    return found


def step_of(cycle: SupervisionCycle, code: str = "plan") -> CycleStep:
    """Return a step by its code, as it is now."""
    return CycleStep.objects.get(cycle=cycle, code=code)


def test_a_year_copies_its_model_and_changes_it_only_while_nothing_is_written(
    cast: Cast, office: Unit
) -> None:
    supervisor, cycle = cast.actor("supervisor"), chosen(cast)
    assert cycle.steps.count() == 8
    again = choose_model(actor=supervisor, fiscal_year=YEAR, key="pdca", version=1)
    assert again.steps.count() == 4
    with pytest.raises(Conflict):
        choose_model(actor=supervisor, fiscal_year=YEAR, key="apice", version=1)
    write_step(actor=supervisor, step=step_of(again), version=1, text="จัดทำแผน")
    with pytest.raises(RuleBroken) as error:
        choose_model(actor=supervisor, fiscal_year=YEAR, key="apice", version=2)
    assert error.value.code == "cycle.begun"


@pytest.mark.parametrize(
    "who", ["school_head", "assessor", "outsider", "committee_member", "administrator"]
)
def test_others_keep_no_cycle(cast: Cast, office: Unit, who: str) -> None:
    cycle = chosen(cast)
    with pytest.raises(Refused):
        write_step(actor=cast.actor(who), step=step_of(cycle), version=1, text="ก")
    with pytest.raises(Refused):
        if who == "outsider":
            write_step(actor=cast.actor(who), step=step_of(cycle), version=1, text="ก")
        else:
            record_review(actor=cast.actor(who), reviewed_on=date(2012, 2, 1), checked="ก")


def test_a_finished_step_becomes_evidence_for_the_items_that_ask_about_supervision(
    cast: Cast, office: Unit
) -> None:
    planner = cast.actor("planner")
    open_round(actor=cast.actor("director"), edition=get_edition(EDITION), fiscal_year=YEAR)
    step = step_of(chosen(cast))
    with pytest.raises(RuleBroken) as error:
        finish_step(actor=planner, step=step, version=1)
    assert error.value.code == "step.words"
    written = write_step(actor=planner, step=step, version=1, text="จัดทำแผนแล้ว")
    done = finish_step(actor=planner, step=written, version=2, done_on=date(2012, 1, 5))
    piece = Piece.objects.get()
    assert (done.piece, piece.body, piece.medium) == (
        f"evidence.piece:{piece.pk}",
        "จัดทำแผนแล้ว",
        "statement",
    )
    assert list(Use.objects.values_list("item", "fiscal_year")) == [("5", YEAR)]
    with pytest.raises(RuleBroken) as finished:
        write_step(actor=planner, step=done, version=3, text="อื่น")
    assert finished.value.code == "step.finished"
    assert AuditEvent.objects.filter(name="cycle_step.finished").count() == 1


def test_a_step_with_a_document_uses_that_document(cast: Cast, office: Unit) -> None:
    planner = cast.actor("planner")
    step = step_of(chosen(cast))
    piece = Piece.objects.create(office=office, title="แผนปฏิบัติการนิเทศ", kind="supervision_plan")
    ref = RecordRef("evidence.piece", str(piece.pk))
    link_record(actor=planner, step=step, ref=ref)
    link_record(actor=planner, step=step, ref=ref)
    written = write_step(actor=planner, step=step, version=1, text="แผน")
    done = finish_step(actor=planner, step=written, version=2)
    assert (done.piece, done.done_on, Piece.objects.count()) == (str(ref), None, 1)
    with pytest.raises(RuleBroken):
        unlink_record(actor=planner, step=done, ref=ref)
    (shown, *_) = steps_shown(planner, cycle_of(planner, YEAR) or step.cycle)
    assert [one.title for one in shown.records] == ["แผนปฏิบัติการนิเทศ"]


def test_a_step_is_opened_again_with_a_reason_and_its_evidence_stays(
    cast: Cast, office: Unit
) -> None:
    planner = cast.actor("planner")
    written = write_step(actor=planner, step=step_of(chosen(cast)), version=1, text="ก")
    done = finish_step(actor=planner, step=written, version=2)
    with pytest.raises(RuleBroken):
        reopen_step(actor=planner, step=done, version=3, reason=" ")
    opened = reopen_step(actor=planner, step=done, version=3, reason="แก้ไข")
    assert (opened.state, opened.piece) == ("under_way", "")
    again = write_step(actor=planner, step=opened, version=4, text="ข")
    finish_step(actor=planner, step=again, version=5)
    assert [one.body for one in Piece.objects.order_by("pk")] == ["ก", "ข"]


def test_only_records_that_the_writer_may_see_belong_to_a_step(cast: Cast, office: Unit) -> None:
    step = step_of(chosen(cast))
    for ref in (RecordRef("evidence.piece", "999"), RecordRef("nothing.here", "1")):
        with pytest.raises(RuleBroken) as error:
            link_record(actor=cast.actor("planner"), step=step, ref=ref)
        assert error.value.code == "step.record"


def test_two_people_who_write_one_step_are_shown_both(cast: Cast, office: Unit) -> None:
    step = step_of(chosen(cast))
    write_step(actor=cast.actor("planner"), step=step, version=1, text="ก")
    with pytest.raises(Conflict) as error:
        write_step(actor=cast.actor("supervisor"), step=step, version=1, text="ข")
    assert error.value.params["theirs"]["text"] == "ก"


def test_an_office_writes_a_model_of_its_own(cast: Cast, office: Unit) -> None:
    planner = cast.actor("planner")
    model = read_lines("แบบของเขต", "คู่มือเขต", "วางแผน\n2 | นิเทศ | ช่วยเหลือ | visits")
    kept = save_model(actor=planner, model=model)
    with pytest.raises(RuleBroken) as error:
        save_model(actor=planner, model=model)
    assert error.value.code == "cycle_model.name_taken"
    cycle = chosen(cast, f"own:{kept.pk}")
    assert [(one.mark, one.title, one.serves) for one in cycle.steps.all()] == [
        ("1", "วางแผน", ""),
        ("2", "นิเทศ", "visits"),
    ]
    other = read_lines("แบบใหม่", "", "ก\nข\nค")
    assert edit_model(actor=planner, kept=kept, version=1, model=other).version == 2
    with pytest.raises(Conflict):
        edit_model(actor=planner, kept=kept, version=1, model=model)
    assert cycle_of(planner, YEAR).model["name"] == "แบบของเขต"  # type: ignore[union-attr]
    take_back_model(actor=planner, kept=kept)
    with pytest.raises(RuleBroken):
        choose_model(actor=planner, fiscal_year=YEAR + 1, key=f"own:{kept.pk}")


def measured(office: Unit) -> object:
    """Ask for the reviews of the year."""
    return measure(REVIEWS, [office.pk], fiscal_year_period(YEAR))[office.pk]


def test_reviews_answer_whether_the_system_is_reviewed_and_improved(
    cast: Cast, office: Unit
) -> None:
    planner, day = cast.actor("planner"), date(2012, 3, 1)
    assert measured(office).value is None  # type: ignore[attr-defined]
    first = record_review(actor=planner, reviewed_on=day, checked="แบบบันทึกยาวเกินไป")
    assert (first.fiscal_year, measured(office).value) == (YEAR, 0)  # type: ignore[attr-defined]
    changed = edit_review(
        actor=planner,
        review=first,
        version=1,
        reviewed_on=day,
        checked="แบบบันทึกยาวเกินไป",
        changed="ตัดเหลือ 4 ข้อ",
        why="โรงเรียนเล็กตอบไม่ไหว",
    )
    found = measured(office)
    assert found.value == 1  # type: ignore[attr-defined]
    assert found.behind() == (RecordRef("supervision.systemreview", str(changed.pk)),)  # type: ignore[attr-defined]
    take_back_review(actor=planner, review=changed)
    assert measured(office).value is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"checked": " "}, "checked"),
        ({"checked": "ก", "changed": "ข"}, "why"),
        ({"checked": "ก", "reviewed_on": date(2999, 1, 1)}, "reviewed_on"),
        ({"checked": "ก", "changed_in": RecordRef("supervision.visit", "9")}, "changed_in"),
    ],
)
def test_a_review_says_what_was_found_and_why_anything_is_changed(
    cast: Cast, office: Unit, given: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as error:
        record_review(**{"actor": cast.actor("planner"), "reviewed_on": date(2012, 3, 1), **given})  # type: ignore[arg-type]
    assert error.value.field == field
    assert not SystemReview.objects.exists()


@pytest.fixture
def school(cast: Cast, office: Unit) -> School:
    """The cast's own school with figures, a need and a visit."""
    found = School.objects.create(office=office, unit=cast.school, head_status="vacant")
    Census.objects.create(
        office=office, school=found, as_at=date(2012, 6, 10), pupils=45, teachers=2
    )
    record_need(actor=cast.actor("planner"), school=found, fiscal_year=YEAR, text="ขาดครู")
    return found


def test_the_information_for_planning_is_frozen_with_its_digest_and_becomes_evidence(
    cast: Cast, office: Unit, school: School
) -> None:
    director = cast.actor("director")
    open_round(actor=director, edition=get_edition(EDITION), fiscal_year=YEAR)
    made = freeze_information_pack(actor=director, year=YEAR)
    assert (made.number, made.digest) == (1, digest_of(made.content))
    assert freeze_information_pack(actor=director, year=YEAR) == made
    piece = Piece.objects.get()
    assert piece.medium == Piece.Medium.FILE
    assert piece.about == f"supervision.informationpack:{made.pk}"
    assert list(Use.objects.values_list("item", flat=True)) == ["5"]
    record_need(actor=director, school=school, fiscal_year=YEAR, text="ขาดสื่อ")
    second = freeze_information_pack(actor=director, year=YEAR)
    assert second.number == 2
    assert InformationPack.objects.get(number=1).content["totals"]["needs"] == 1
    with pytest.raises(Refused):
        freeze_information_pack(actor=cast.actor("school_head"), year=YEAR)


@pytest.mark.parametrize("count", [1, 20])
def test_the_information_takes_a_fixed_number_of_queries(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        unit = Unit.objects.create(kind="school", name=f"วัด {number}", office=office, parent=office)
        one = School.objects.create(office=office, unit=unit)
        Census.objects.create(office=office, school=one, as_at=date(2012, 6, 10), pupils=45)
        record_need(actor=cast.actor("planner"), school=one, fiscal_year=YEAR, text="ขาดครู")
        record_visit(
            actor=cast.actor("planner"), school=one, kind="supervision", visited_on=date(2012, 2, 2)
        )
    planner = cast.actor("planner")
    with django_assert_num_queries(10, exact=False):  # type: ignore[operator]
        found = information_of(planner, YEAR)
    assert found["totals"]["needs"] == count
    assert {one["last_visit"]["day"] for one in found["schools"]} == {"2012-02-02"}


def test_a_supervised_project_without_an_instrument_is_a_hole_of_the_matrix(
    cast: Cast, office: Unit, school: School
) -> None:
    planner = cast.actor("planner")
    plan = open_plan(actor=planner, fiscal_year=YEAR, title="แผน")
    quiet, held, bare = (
        add_project(actor=planner, plan=plan, title=title) for title in ("เงียบ", "มี", "ขาด")
    )
    for project, day in ((held, 2), (bare, 3)):
        record_visit(
            actor=planner,
            school=school,
            kind="supervision",
            visited_on=date(2012, 2, day),
            project=project,
        )
    Instrument.objects.create(
        office=office,
        form_id="f1",
        title="แบบ 1",
        state="published",
        serves=[f"plans.project:{held.pk}"],
    )
    found = matrix_of(planner, YEAR)
    assert [row.project for row in found.rows] == [quiet, held, bare]
    assert [row.project for row in found.holes] == [bare]
    assert [one.title for one in found.rows[1].instruments] == ["แบบ 1"]


def test_what_indicators_ask_stands_beside_what_is_planned(cast: Cast, office: Unit) -> None:
    planner = cast.actor("planner")
    assert indicators_of(planner, YEAR) == []
    open_round(actor=cast.actor("director"), edition=get_edition(EDITION), fiscal_year=YEAR)
    rows = indicators_of(planner, YEAR)
    assert [row.item for row in rows] == ["1", "2", "3", "4", "5"]
    assert all(row.is_hole for row in rows)
    last = rows[-1].tests
    assert last[-1].measured and last[-1].measured.value is None


def test_the_summary_counts_what_the_records_hold(cast: Cast, office: Unit, school: School) -> None:
    planner = cast.actor("planner")
    cycle = chosen(cast)
    record_visit(actor=planner, school=school, kind="supervision", visited_on=date(2012, 2, 2))
    record_visit(actor=planner, school=school, kind="committee", visited_on=date(2012, 2, 2))
    record_review(actor=planner, reviewed_on=date(2012, 3, 1), checked="ก")
    found = summary_of(planner, YEAR, cycle)
    assert (found.steps, found.finished, found.visits, found.schools) == (8, 0, 1, 1)
    assert (found.committee_visits, found.needs, found.needs_open, found.needs_served) == (
        1,
        1,
        1,
        0,
    )
    assert (found.reviews, found.reviews_changed) == (1, 0)
