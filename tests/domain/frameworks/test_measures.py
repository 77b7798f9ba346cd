"""The catalogue of measures."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from nithet.domain.frameworks import measures
from nithet.domain.frameworks.measures import Measured, Question, Sentence
from nithet.domain.frameworks.rules.edition import Bound, ItemTest, Threshold
from nithet.domain.frameworks.rules.measures import MeasureSpec, Share, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.school_years import fiscal_year_period

YEAR = fiscal_year_period(2555)


@pytest.fixture(autouse=True)
def _registry_as_it_was() -> Iterator[None]:
    kept = [
        dict(measures._specs),
        dict(measures._of_offices),
        dict(measures._of_pieces),
        set(measures._awaited),
    ]
    yield
    for live, old in zip(
        (measures._specs, measures._of_offices, measures._of_pieces, measures._awaited),
        kept,
        strict=True,
    ):
        live.clear()
        live.update(old)  # type: ignore[arg-type]


def spec(name: str = "trial.things", signature: Signature = Signature.NUMBER) -> MeasureSpec:
    return MeasureSpec(name, Text("สิ่ง", "things"), signature, Text("ทดลอง", "trial"))


def test_a_measure_answers_for_every_office_asked_and_an_office_left_out_is_unknown() -> None:
    measures.register(spec(), lambda question: {1: Measured.number(3, Sentence("Three."))})
    found = measures.measure("trial.things", [1, 2], YEAR)
    assert (found[1].value, found[2].value) == (3, None)
    assert found[2].sentence.words


def test_a_measure_is_told_which_item_of_which_edition_is_asked_about() -> None:
    seen: list[Question] = []

    def compute(question: Question) -> dict[int, Measured]:
        seen.append(question)
        return {}

    measures.register(spec(), compute)
    measures.measure("trial.things", (4,), YEAR, edition_id=7, item="2")
    assert seen == [Question((4,), YEAR, 7, "2")]


def test_names_are_registered_once_and_unknown_ones_are_a_fault() -> None:
    measures.register(spec(), lambda question: {})
    with pytest.raises(ValueError, match="twice"):
        measures.register(spec(), lambda question: {})
    with pytest.raises(LookupError):
        measures.measure("trial.nothing", [1], YEAR)
    with pytest.raises(LookupError):
        measures.ask_of_pieces("trial.things", [], YEAR)


def test_records_that_arrive_take_over_an_awaited_measure_whichever_comes_first() -> None:
    measures.register_awaited(spec("trial.letters"), "No letters yet.")
    assert measures.measure("trial.letters", [1], YEAR)[1].value is None
    assert measures.measure("trial.letters", [1], YEAR)[1].sentence.words == "No letters yet."
    measures.register(
        spec("trial.letters"), lambda question: {1: Measured.number(5, Sentence("Five."))}
    )
    measures.register_awaited(spec("trial.letters"), "No letters yet.")
    assert measures.measure("trial.letters", [1], YEAR)[1].value == 5


def test_letters_are_awaited_and_propose_nothing() -> None:
    for name in (
        "communication.confirmed_by_school",
        "communication.on_time",
        "communication.channels_with_records",
    ):
        found = measures.measure(name, [1, 2], YEAR)
        assert [one.value for one in found.values()] == [None, None]
        assert found[1].given is None
        threshold = Threshold(name, Bound.AT_LEAST, Decimal("0.85"), is_share=True)
        assert measures.holds(ItemTest("t", Text("ก"), (threshold,)), found[1]) is None


def test_a_share_is_given_as_n_of_n_and_said_in_per_cent_rounded_half_up() -> None:
    found = Measured.share(1, 8, Sentence("1 of 8."))
    assert (found.value, found.given) == (Decimal("12.5"), Share(1, 8))
    assert Measured.share(1, 800, Sentence("")).value == Decimal("0.1")
    assert Measured.share(7, 16, Sentence("")).value == Decimal("43.8")


def test_what_is_known_of_n_and_of_does_not_make_an_unknown_share_known() -> None:
    assert Measured.unknown(Sentence("None named."), 0, 13).given is None


def test_rows_are_fetched_only_when_somebody_opens_them() -> None:
    opened: list[int] = []

    def rows() -> tuple[RecordRef, ...]:
        opened.append(1)
        return (RecordRef("plans.project", "1"),)

    found = Measured.number(1, Sentence("One."), rows)
    assert not opened
    assert found.behind() == (RecordRef("plans.project", "1"),)
    assert Measured.number(0, Sentence("None.")).behind() == ()


def test_a_test_holds_when_every_threshold_is_met_and_is_open_when_a_value_is_missing() -> None:
    one = Threshold("trial.a", Bound.AT_LEAST, Decimal(1))
    two = Threshold("trial.b", Bound.AT_LEAST, Decimal("0.8"), is_share=True)
    both = ItemTest("t", Text("ก"), (one, two))
    good = {
        "trial.a": Measured.number(1, Sentence("")),
        "trial.b": Measured.share(4, 5, Sentence("")),
    }
    assert measures.holds(both, good) is True
    assert measures.holds(both, {**good, "trial.a": Measured.number(0, Sentence(""))}) is False
    assert measures.holds(both, {**good, "trial.b": Measured.unknown(Sentence(""))}) is None
    single = ItemTest("t", Text("ก"), (one,))
    assert measures.holds(single, Measured.number(2, Sentence(""))) is True
    assert measures.holds(single, None) is None
    assert measures.holds(ItemTest("t", Text("ก")), None) is None


def test_each_subject_has_its_value() -> None:
    each = Measured(2, Sentence("Two schools."), each=(Share(9, 10), Share(10, 10)))
    test = ItemTest(
        "t", Text("ก"), (Threshold("trial.a", Bound.EACH_AT_LEAST, Decimal("0.95"), is_share=True),)
    )
    assert measures.holds(test, each) is False
    assert measures.holds(test, Measured(2, Sentence(""), each=(Share(10, 10),))) is True
