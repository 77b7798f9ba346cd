"""Dates and numbers as a page says them."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from nithet.foundation.ui.display import current_numerals, show_in
from nithet.foundation.ui.words import (
    amount_words,
    as_at_words,
    date_words,
    dialled_words,
    fiscal_words,
    moment_words,
    n_of_n_words,
    number_words,
    time_words,
)

DAY = date(2012, 5, 24)
LATE_EVENING_UTC = datetime(2012, 9, 30, 17, 30, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("long", "24 พฤษภาคม 2555"),
        ("short", "24 พ.ค. 2555"),
        ("numeric", "24/05/2555"),
        ("full", "วันพฤหัสบดีที่ 24 พฤษภาคม พ.ศ. 2555"),
    ],
)
def test_a_day_is_said_with_its_buddhist_year(style: str, said: str) -> None:
    assert date_words(DAY, style) == said


def test_an_english_reader_sees_the_same_year_marked_as_buddhist_era() -> None:
    with override("en"):
        assert date_words(DAY) == "24 May B.E. 2555"
        assert date_words(DAY, "full") == "Thursday 24 May B.E. 2555"
        assert date_words(DAY, "short") == "24 May 2555"


def test_a_moment_is_said_on_the_clocks_of_thailand() -> None:
    assert date_words(LATE_EVENING_UTC, "short") == "1 ต.ค. 2555"
    assert time_words(LATE_EVENING_UTC) == "00:30 น."
    assert moment_words(LATE_EVENING_UTC) == "1 ต.ค. 2555 เวลา 00:30 น."
    assert fiscal_words(LATE_EVENING_UTC) == "ปีงบประมาณ 2556"


def test_a_moment_without_a_zone_is_refused_and_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        date_words(datetime(2012, 9, 30, 17, 30))


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="numeric"):
        date_words(DAY, "iso")


def test_nothing_is_said_of_an_absent_day() -> None:
    assert [
        say(None) for say in (date_words, time_words, moment_words, fiscal_words, as_at_words)
    ] == [""] * 5


def test_every_word_and_number_of_a_view_is_in_one_kind_of_digits() -> None:
    template = "{{ day|thai_date }} {{ count|amount }} {{ count|n_of_n:total }} {{ day|fiscal }} {{ text|digits }} {{ day|as_at }}"
    with show_in("thai"):
        page = shown(template, day=DAY, count=27028, total=30160, text="ข้อ 5.4")
    assert (
        page == "๒๔ พฤษภาคม ๒๕๕๕ ๒๗,๐๒๘ ๒๗,๐๒๘ จาก ๓๐,๑๖๐ ปีงบประมาณ ๒๕๕๕ ข้อ ๕.๔ ณ วันที่ ๒๔ พ.ค. ๒๕๕๕"
    )
    with show_in("arabic"):
        assert shown(template, day=DAY, count=1, total=2, text="ข้อ ๕.๔").isascii() is False
        assert not set("๐๑๒๓๔๕๖๗๘๙") & set(
            shown(template, day=DAY, count=1, total=2, text="ข้อ ๕.๔")
        )


def test_amounts_get_thousands_and_texts_do_not() -> None:
    assert amount_words(27028) == "27,028"
    assert amount_words("27028") == "27028"
    assert amount_words(None) == number_words(None) == ""


def test_a_year_is_a_number_without_thousands() -> None:
    with show_in("thai"):
        assert shown("{{ year|digits }}", year=2555) == "๒๕๕๕"


def test_digits_of_markup_stay_and_digits_of_its_text_change() -> None:
    with show_in("thai"):
        said = number_words(
            mark_safe('<a href="/item/5" class="mt-4">ข้อ 5 &#39;ก&#39; &frac12;</a>')
        )
    assert isinstance(said, SafeString)
    assert said == '<a href="/item/5" class="mt-4">ข้อ ๕ &#39;ก&#39; &frac12;</a>'


def test_text_of_people_is_escaped_after_its_digits_changed() -> None:
    with show_in("thai"):
        assert shown("{{ text|digits }}", text="<b>1</b>") == "&lt;b&gt;๑&lt;/b&gt;"


def test_an_unknown_total_is_said_and_never_left_out() -> None:
    assert n_of_n_words(61, 84) == "61 จาก 84"
    assert n_of_n_words(61, None) == "61 จากจำนวนที่ยังไม่ทราบ"
    assert n_of_n_words(None, 84) == "ยังไม่ได้นับ"


def test_the_fiscal_year_of_a_day_begins_in_october() -> None:
    assert fiscal_words(date(2011, 10, 1)) == fiscal_words(2555) == "ปีงบประมาณ 2555"


def test_the_kind_of_digits_is_asked_once_and_only_when_a_number_is_shown() -> None:
    asked: list[int] = []

    def choose() -> str:
        asked.append(1)
        return "thai"

    with show_in(choose):  # type: ignore[arg-type]
        assert asked == []
        assert number_words(1) + number_words(2) == "๑๒"
    assert asked == [1]
    assert current_numerals() == "arabic"


def test_a_telephone_number_is_dialled_in_arabic_digits_without_its_extension() -> None:
    assert dialled_words("๐ ๓๒๔๒ ๕๕๕๕ ต่อ 12, 032 000 000") == "032425555"
    assert dialled_words("+66 32-425-555") == "+6632425555"
    assert dialled_words("ไม่มี") == ""
