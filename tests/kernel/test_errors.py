"""The one error type: what it carries, how it reads, and that it survives a process border."""

import pickle

import pytest

from nithet.kernel.errors import BadInput, Busy, RuleBroken


def test_it_reads_as_its_message_with_the_places_filled() -> None:
    error = RuleBroken("too_many", "%(given)d of %(limit)d seats.", given=56, limit=55)
    assert str(error) == "56 of 55 seats."
    assert (error.code, error.field) == ("too_many", None)


def test_a_message_that_cannot_be_filled_is_still_told() -> None:
    assert str(RuleBroken("x", "Before %(day)s.")) == "Before %(day)s."
    assert str(RuleBroken("x", "95 % done")) == "95 % done"


def test_a_doubled_per_cent_sign_reads_as_one() -> None:
    assert str(RuleBroken("x", "Only %(n)d %%.", n=95)) == "Only 95 %."


@pytest.mark.parametrize("kind", [RuleBroken, BadInput, Busy])
def test_it_survives_pickling_whole(kind: type[RuleBroken]) -> None:
    error = pickle.loads(pickle.dumps(kind("c", "m %(a)s", field="f", a="ก")))
    assert type(error) is kind
    assert (error.code, error.message, error.field, error.params) == (
        "c",
        "m %(a)s",
        "f",
        {"a": "ก"},
    )
    assert str(error) == "m ก"


def test_both_kinds_are_caught_as_a_broken_rule_and_not_as_each_other() -> None:
    assert issubclass(BadInput, RuleBroken) and issubclass(Busy, RuleBroken)
    assert not issubclass(BadInput, Busy) and not issubclass(Busy, BadInput)


def test_a_message_may_speak_of_a_code_of_its_own() -> None:
    error = RuleBroken("code_taken", "The code %(code)s is taken.", code="76010001")
    assert (error.code, str(error)) == ("code_taken", "The code 76010001 is taken.")
