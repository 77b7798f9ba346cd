"""Numerals: digits change and nothing else does."""

from hypothesis import given
from hypothesis import strategies as st

from nithet.kernel.numerals import THAI_DIGITS, in_numerals, to_arabic, to_thai


def test_every_digit_has_its_pair() -> None:
    assert to_thai("0123456789") == THAI_DIGITS
    assert to_arabic(THAI_DIGITS) == "0123456789"


@given(st.text())
def test_the_way_there_and_back_ends_in_one_kind(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert to_thai(to_arabic(text)) == to_thai(text)
    assert len(to_thai(text)) == len(text)


@given(st.text(st.characters(exclude_characters="0123456789" + THAI_DIGITS)))
def test_a_text_without_digits_stays(text: str) -> None:
    assert to_thai(text) == to_arabic(text) == text


@given(st.text("0123456789๐๑๒๓๔๕๖๗๘๙ก/."))
def test_a_view_in_one_kind_holds_no_digit_of_the_other(text: str) -> None:
    assert not set(in_numerals(text, "thai")) & set("0123456789")
    assert not set(in_numerals(text, "arabic")) & set(THAI_DIGITS)
