"""Keys that come as text name a row that a table can hold, or none."""

import pytest

from nithet.foundation.refs.keys import LARGEST, row_key, row_keys


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "²", "x", "\x00", str(LARGEST + 1), "9" * 40, "9" * 5000])
def test_what_no_table_can_hold_names_no_row(text: str) -> None:
    assert row_key(text) is None


def test_digits_name_a_row_in_either_kind() -> None:
    assert (row_key("7"), row_key("๑๒"), row_key(str(LARGEST))) == (7, 12, LARGEST)


def test_keys_that_name_nothing_are_left_out() -> None:
    assert row_keys(["3", "none", "9" * 40, "5"]) == [3, 5]
