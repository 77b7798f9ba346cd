"""Two versions of a record are shown in the words of a form, whatever somebody wrote into it."""

import pytest

from nithet.foundation.actions.errors import Compared
from nithet.web.shared.form_words import in_form_words


@pytest.mark.parametrize("typed", ["2555-99-99", "0000-00-00", "ไม่ใช่วัน"])
def test_what_only_looks_like_a_day_is_shown_as_it_was_typed(typed: str) -> None:
    (row,) = in_form_words("nithet.web.nowhere", ["day"], [Compared("วัน", "2012-06-01", typed)])
    assert row.theirs == "1 มิถุนายน 2555"
    assert row.yours == typed


def test_a_choice_among_records_does_not_need_the_reader_of_the_form() -> None:
    (row,) = in_form_words("nithet.web.people", ["user"], [Compared("ผู้ดำรงตำแหน่ง", "3", "4")])
    assert (row.theirs, row.yours) == ("3", "4")
