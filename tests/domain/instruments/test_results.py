"""What instruments found: counted once, told with n of N, opened to its records, and kept from those it is not for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.instruments.queries.result_forms import (
    find_instrument,
    instruments_with_results,
)
from nithet.domain.instruments.queries.result_rows import (
    UNANSWERED,
    UNSEEN,
    behind,
    rows_behind,
)
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.queries.results import Line, Results, results_of
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast, make_unit
from tests.domain.instruments.result_factories import (
    DAY,
    fill,
    make_form,
    make_school,
    question,
    rating,
)

UNSEEN_CHOICE = {"value": "na", "label": "ไม่มีข้อมูล"}


def line(results: Results, key: str) -> Line:
    return next(one for one in results.lines if one.item.key == key)


def test_a_rating_is_told_with_n_of_n_mean_deviation_and_band(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1")])
    for value in ("5", "5", "4", "", None):
        fill(form, {"q1": value} if value is not None else {})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "q1.5")
    assert (found.tally.asked, found.tally.answered, found.tally.unanswered) == (5, 3, 2)
    assert (found.described.mean_2, found.described.sd_2) == (Decimal("4.67"), Decimal("0.58"))
    assert found.band is not None
    assert found.band.th == "มากที่สุด"
    assert found.tally.share("5") == Decimal("66.67")


def test_nothing_to_judge_stands_outside_n_and_is_told(cast: Cast, office: Unit) -> None:
    with_unseen = rating("q1") | {"scale": None, "kind": ""}
    with_unseen["choices"] = [*with_unseen["choices"], UNSEEN_CHOICE]
    form = make_form(office, [with_unseen])
    for value in ("5", "3", "na", "na"):
        fill(form, {"q1": value})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "q1.5")
    assert (found.tally.asked, found.tally.answered, found.tally.unseen) == (4, 2, 2)
    assert found.described.mean_2 == Decimal("4.00")
    assert [one.value for one in found.item.choices] == ["1", "2", "3", "4", "5"]


def test_one_answer_has_no_deviation(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "4"})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "q1.5")
    assert found.described.sd_2 is None


def test_several_ticks_of_one_record_count_it_once(cast: Cast, office: Unit) -> None:
    choices = [{"value": "a", "label": "ก"}, {"value": "b", "label": "ข"}]
    form = make_form(office, [question("q1", "select_multiple", choices=choices)])
    fill(form, {"q1": "a b"})
    fill(form, {"q1": "a"})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "q1")
    assert (found.tally.answered, dict(found.tally.given)) == (2, {"a": 2, "b": 1})
    assert found.tally.share("b") == Decimal("50.00")


def test_what_is_no_number_counts_as_unanswered(cast: Cast, office: Unit) -> None:
    form = make_form(office, [question("pupils", "integer")])
    for value in ("10", "12", "1e-999999", "NaN", "สิบ", "9" * 400):
        fill(form, {"pupils": value})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "pupils")
    assert (found.tally.asked, found.tally.answered) == (6, 2)
    assert (found.described.mean_2, found.described.sd_2) == (Decimal("11.00"), Decimal("1.41"))


def test_a_question_in_a_repeat_is_counted_row_by_row(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1", path="rooms/q1", repeat="rooms")])
    fill(form, {"rooms/q1": ["5", None, "3"]})
    fill(form, {"rooms/q1": ["4"]})
    found = line(results_of(cast.actor("supervisor"), form.instrument, Asked()), "q1.5")
    assert (found.tally.asked, found.tally.answered) == (4, 3)
    assert found.described.mean_2 == Decimal("4.00")


def test_versions_are_put_together_by_the_name_of_a_question(cast: Cast, office: Unit) -> None:
    old = make_form(office, [rating("q1"), rating("gone")])
    new = make_form(office, [rating("q1", path="g/q1"), rating("new")], instrument=old.instrument)
    fill(old, {"q1": "5", "gone": "1"})
    fill(new, {"g/q1": "3", "new": "2"})
    both = results_of(cast.actor("supervisor"), old.instrument, Asked())
    assert [one.item.key for one in both.lines] == ["q1.5", "new.5", "gone.5"]
    assert line(both, "q1.5").described.mean_2 == Decimal("4.00")
    # A question is asked of those alone whose version puts it.
    assert (line(both, "gone.5").tally.asked, line(both, "new.5").tally.asked) == (1, 1)
    one = results_of(cast.actor("supervisor"), old.instrument, Asked(version_id=old.pk))
    assert line(one, "q1.5").described.mean_2 == Decimal("5.00")


def test_three_of_three_is_never_averaged_with_three_of_five(cast: Cast, office: Unit) -> None:
    old = make_form(office, [rating("q1", 3)])
    new = make_form(office, [rating("q1", 5)], instrument=old.instrument)
    fill(old, {"q1": "3"})
    fill(new, {"q1": "3"})
    found = results_of(cast.actor("supervisor"), old.instrument, Asked())
    words = {one.item.key: one.band.th for one in found.lines if one.band}
    assert words == {"q1.5": "ปานกลาง", "q1.3": "มาก"}


@pytest.mark.parametrize(
    "standing",
    [
        {"state": "waiting", "reason": "unknown_version"},
        {"state": "set_aside"},
        {"is_current": False},
    ],
)
def test_what_waits_was_set_aside_or_was_edited_does_not_count(
    cast: Cast, office: Unit, standing: dict[str, Any]
) -> None:
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "1"}, **standing)
    fill(form, {"q1": "5"})
    found = results_of(cast.actor("supervisor"), form.instrument, Asked())
    assert (found.records, line(found, "q1.5").described.mean_2) == (1, Decimal("5.00"))


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Asked(year=2555), 2),
        (Asked(year=2556), 1),
        (Asked(academic_year=2555), 2),
        (Asked(academic_year=2555, semester=1), 2),
        (Asked(academic_year=2554, semester=2), 1),
    ],
)
def test_years_and_semesters_choose_by_the_day_in_thailand(
    cast: Cast, office: Unit, asked: Asked, count: int
) -> None:
    form = make_form(office, [rating("q1")])
    for moment in (
        datetime(2012, 3, 1, 3, 0, tzinfo=UTC),
        datetime(2012, 9, 30, 16, 59, tzinfo=UTC),  # 23.59 of 30 September
        datetime(2012, 9, 30, 17, 0, tzinfo=UTC),  # 00.00 of 1 October
    ):
        fill(form, {"q1": "5"}, ended_at=moment, received_at=moment)
    assert results_of(cast.actor("supervisor"), form.instrument, asked).records == count


def test_a_clock_that_runs_ahead_does_not_move_a_record_into_another_year(
    cast: Cast, office: Unit
) -> None:
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, ended_at=DAY + timedelta(days=3650), received_at=DAY)
    assert results_of(cast.actor("supervisor"), form.instrument, Asked(year=2555)).records == 1


def networks(cast: Cast) -> tuple[School, School, Network]:
    unit = make_unit("network", "กลุ่มเครือข่ายตัวอย่าง", office=cast.office, parent=cast.office)
    network = Network.objects.create(office=cast.office, unit=unit)
    return make_school(cast.school, network), make_school(cast.other_school), network


def test_results_stand_by_network_school_and_year(cast: Cast, office: Unit) -> None:
    first, second, network = networks(cast)
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, school=first)
    fill(form, {"q1": "3"}, school=second)
    fill(
        form, {"q1": "1"}, ended_at=DAY + timedelta(days=365), received_at=DAY + timedelta(days=366)
    )
    actor = cast.actor("supervisor")

    def parts(by: str) -> list[tuple[str, int, Decimal | None]]:
        found = results_of(actor, form.instrument, Asked(by=by))
        return [(one.title, one.records, one.lines["q1.5"].described.mean_2) for one in found.parts]

    assert parts("network") == [
        ("กลุ่มเครือข่ายตัวอย่าง", 1, Decimal("5.00")),
        ("", 2, Decimal("2.00")),
    ]
    assert parts("school") == [
        (first.name, 1, Decimal("5.00")),
        (second.name, 1, Decimal("3.00")),
        ("", 1, Decimal("1.00")),
    ]
    assert parts("year") == [("2555", 2, Decimal("4.00")), ("2556", 1, Decimal("1.00"))]
    chosen = results_of(actor, form.instrument, Asked(network_id=network.pk))
    assert (chosen.records, chosen.schools) == (1, 1)


def test_one_sees_ones_own_alone_where_one_asks_for_them(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, user_id=cast.users["supervisor"].pk)
    fill(form, {"q1": "1"}, user_id=cast.users["planner"].pk)
    found = results_of(cast.actor("supervisor"), form.instrument, Asked(is_mine=True))
    assert found.records == 1


def test_every_figure_opens_exactly_the_records_it_counts(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1"), question("words", "text")])
    for value in ("5", "5", "4", None):
        fill(form, {"words": "ดี", **({"q1": value} if value else {})})
    actor = cast.actor("supervisor")
    found = line(results_of(actor, form.instrument, Asked()), "q1.5")
    for value, number in found.tally.given.items():
        opened = behind(actor, form.instrument, Asked(), "q1.5", value)
        assert opened is not None
        assert len(opened.keys) == number
    open_ones = behind(actor, form.instrument, Asked(), "q1.5", UNANSWERED)
    every = behind(actor, form.instrument, Asked(), "q1.5")
    assert open_ones is not None
    assert every is not None
    assert (len(open_ones.keys), len(every.keys)) == (found.tally.unanswered, found.tally.answered)
    rows = rows_behind(actor, form.instrument, Asked(), every.item, every.keys)
    assert [one.said for one in rows] == [["ระดับ 4"], ["ระดับ 5"], ["ระดับ 5"]]
    texts = behind(actor, form.instrument, Asked(), "words")
    assert texts is not None
    assert rows_behind(actor, form.instrument, Asked(), texts.item, texts.keys[:1])[0].said == ["ดี"]


def test_those_who_saw_nothing_are_opened_too(cast: Cast, office: Unit) -> None:
    item = rating("q1") | {"scale": None}
    form = make_form(office, [item | {"choices": [*item["choices"], UNSEEN_CHOICE]}])
    fill(form, {"q1": "na"})
    fill(form, {"q1": "5"})
    opened = behind(cast.actor("supervisor"), form.instrument, Asked(), "q1.5", UNSEEN)
    assert opened is not None
    assert len(opened.keys) == 1


def test_a_question_that_is_not_there_opens_nothing(cast: Cast, office: Unit) -> None:
    form = make_form(office, [rating("q1")])
    assert behind(cast.actor("supervisor"), form.instrument, Asked(), "no") is None


PERSON = question("teacher", "text", private=True, label="ชื่อครู")


def test_the_name_of_a_teacher_is_no_item_and_no_answer(cast: Cast, office: Unit) -> None:
    form = make_form(office, [PERSON, rating("q1")])
    found = results_of(cast.actor("director"), form.instrument, Asked())
    assert [one.item.key for one in found.lines] == ["q1.5"]
    assert behind(cast.actor("director"), form.instrument, Asked(), "teacher") is None


def test_only_the_writer_and_the_head_of_the_school_read_who_was_observed(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast.school)
    form = make_form(office, [PERSON, rating("q1")])
    for _ in range(5):
        fill(
            form,
            {"teacher": "ครูประจำชั้น ป.1", "q1": "5"},
            school=school,
            user_id=cast.users["supervisor"].pk,
        )

    def names(who: str) -> list[tuple[str, str]]:
        actor = cast.actor(who)
        opened = behind(actor, form.instrument, Asked(), "q1.5")
        assert opened is not None
        assert opened.count == 5
        rows = rows_behind(actor, form.instrument, Asked(), opened.item, opened.entries)
        assert all((one.submission is None) == (not one.names) for one in rows)
        return rows[0].names

    assert names("supervisor") == [("ชื่อครู", "ครูประจำชั้น ป.1")]
    assert names("school_head") == [("ชื่อครู", "ครูประจำชั้น ป.1")]
    assert names("director") == []
    assert names("school_desk") == []


def test_few_records_of_persons_are_not_shown_to_others(cast: Cast, office: Unit) -> None:
    school = make_school(cast.school)
    form = make_form(office, [PERSON, rating("q1")])
    for _ in range(4):
        fill(form, {"q1": "2"}, school=school, user_id=cast.users["supervisor"].pk)
    director = cast.actor("director")
    found = results_of(director, form.instrument, Asked(by="school"))
    assert (found.is_hidden, found.parts[0].is_hidden, found.parts[0].lines) == (True, True, {})
    opened = behind(director, form.instrument, Asked(), "q1.5", "2")
    assert opened is not None
    assert opened.is_hidden
    own = results_of(cast.actor("supervisor"), form.instrument, Asked(is_mine=True))
    assert not own.is_hidden
    fill(form, {"q1": "2"}, school=school)
    assert not results_of(director, form.instrument, Asked(by="school")).parts[0].is_hidden


def test_one_small_group_alone_takes_the_next_smallest_with_it(cast: Cast, office: Unit) -> None:
    form = make_form(office, [PERSON, rating("q1")])
    schools = [
        make_school(make_unit("school", f"โรงเรียนที่ {n}", office=cast.office, parent=cast.office))
        for n in range(4)
    ]
    for school, count in zip(schools[:3], (2, 8, 6), strict=True):
        for _ in range(count):
            fill(form, {"q1": "2"}, school=school)

    def said() -> list[tuple[int, bool, bool, bool]]:
        found = results_of(cast.actor("director"), form.instrument, Asked(by="school"))
        assert not found.is_hidden
        return [(one.records, one.left_out, one.is_hidden, bool(one.lines)) for one in found.parts]

    # What was shown of eight and six, taken from the total of sixteen, would have been the two.
    assert said() == [(0, 2, True, False), (8, 0, False, True), (0, 6, True, False)]
    # Five in two small ones hide each other.
    for _ in range(3):
        fill(form, {"q1": "2"}, school=schools[3])
    assert [hidden for _, _, hidden, _ in said()] == [True, False, False, True]


def size_group(cast: Cast, count: int) -> tuple[School, list[School]]:
    own = make_school(cast.school)
    others = [
        make_school(make_unit("school", f"โรงเรียนเล็กที่ {n}", office=cast.office, parent=cast.office))
        for n in range(count)
    ]
    for one in [own, *others]:
        Census.objects.create(office=cast.office, school=one, as_at=DAY.date(), pupils=80)
    return own, others


def test_a_school_sees_itself_beside_its_size_group_without_names(cast: Cast, office: Unit) -> None:
    own, others = size_group(cast, 5)
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, school=own)
    for one in others:
        fill(form, {"q1": "3"}, school=one)
    head = cast.actor("school_head")
    found = results_of(head, form.instrument, Asked(by="school"))
    assert (found.records, found.parts, found.peer_schools) == (1, [], 5)
    assert line(found, "q1.5").described.mean_2 == Decimal("5.00")
    assert found.peers is not None
    assert found.peers["q1.5"].described.mean_2 == Decimal("3.00")
    opened = behind(head, form.instrument, Asked(), "q1.5")
    assert opened is not None
    assert len(opened.keys) == 1
    assert behind(head, form.instrument, Asked(school_id=others[0].pk), "q1.5", "3").keys == []  # type: ignore[union-attr]


def test_a_size_group_of_which_too_few_have_records_is_not_shown(cast: Cast, office: Unit) -> None:
    own, others = size_group(cast, 5)
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, school=own)
    for one in others[:4]:
        fill(form, {"q1": "3"}, school=one)
    assert results_of(cast.actor("school_head"), form.instrument, Asked()).peers is None


def test_a_school_finds_the_instruments_used_there_alone(cast: Cast, office: Unit) -> None:
    school = make_school(cast.school)
    used, unused = make_form(office, [rating("q1")]), make_form(office, [rating("q1")])
    fill(used, {"q1": "5"}, school=school)
    fill(unused, {"q1": "5"}, school=make_school(cast.other_school))
    head = cast.actor("school_head")
    assert [(one.pk, n) for one, n in instruments_with_results(head)] == [(used.instrument_id, 1)]
    assert find_instrument(head, unused.instrument_id) is None
    assert len(instruments_with_results(cast.actor("director"))) == 2


@pytest.mark.parametrize("who", ["committee_member", "assessor", "nobody", "outsider"])
def test_strangers_find_no_results(cast: Cast, office: Unit, who: str) -> None:
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"})
    actor = cast.actor(who)
    assert instruments_with_results(actor) == []
    assert find_instrument(actor, form.instrument_id) is None


@pytest.mark.parametrize("records", [1, 30, 300])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, office: Unit, records: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second, _ = networks(cast)
    form = make_form(office, [rating("q1"), question("words", "text")])
    for n in range(records):
        fill(form, {"q1": str(n % 5 + 1), "words": "ดี"}, school=(first, second)[n % 2])
    actor = cast.actor("supervisor")
    with django_assert_num_queries(3):
        results_of(actor, form.instrument, Asked(by="network"))
    with django_assert_num_queries(4):
        opened = behind(actor, form.instrument, Asked(), "q1.5")
        assert opened is not None
        rows = rows_behind(actor, form.instrument, Asked(), opened.item, opened.keys[:30])
        assert [str(one.submission.school) for one in rows]
