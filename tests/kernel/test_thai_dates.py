"""Thai dates: every style and numeral reads back, ranges never run backwards, bad days are refused."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import Numerals
from nithet.kernel.thai_dates import (
    MONTH_ABBREVIATIONS,
    MONTHS,
    Style,
    be_year,
    ce_year,
    find_date_ranges,
    find_dates,
    format_date,
    format_range,
    month_number,
    parse_date,
    parse_date_range,
    written_year,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
styles = st.sampled_from(get_args(Style))
numerals = st.sampled_from(get_args(Numerals))


@given(st.integers(1, 9999))
def test_the_two_eras_are_543_years_apart(year: int) -> None:
    assert be_year(year) - year == 543
    assert ce_year(be_year(year)) == year


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_is_known_in_every_spelling(number: int) -> None:
    name, short = MONTHS[number - 1], MONTH_ABBREVIATIONS[number - 1]
    bare = short.replace(".", "")
    spaced = short.replace(".", ". ")
    for spelling in (
        name,
        f" {name} ",
        f"เดือน{name}",
        short,
        short[:-1],
        bare,
        spaced,
        f"\u00a0{short}",
    ):
        assert month_number(spelling) == number, spelling


def test_no_two_months_share_a_spelling() -> None:
    spellings = [
        *MONTHS,
        *MONTH_ABBREVIATIONS,
        *(short.replace(".", "") for short in MONTH_ABBREVIATIONS),
    ]
    assert len({month_number(spelling) for spelling in spellings}) == 12


@pytest.mark.parametrize("word", ["", "เดือน", "มกรา", "กันยายนน", "ก.", "ค.ก.", "10", "October"])
def test_another_word_is_no_month(word: str) -> None:
    assert month_number(word) is None


@given(days, styles, numerals)
def test_a_written_day_reads_back(day: date, style: Style, kind: Numerals) -> None:
    assert parse_date(format_date(day, style, kind)) == (day, "be")


@given(
    days, st.sampled_from(MONTHS + MONTH_ABBREVIATIONS), st.sampled_from(["", " ", "  ", "\u00a0"])
)
def test_spaces_around_the_month_do_not_matter(day: date, _: str, gap: str) -> None:
    for name in (MONTHS[day.month - 1], MONTH_ABBREVIATIONS[day.month - 1]):
        written = f"{day.day}{gap}{name}{gap}{be_year(day.year)}"
        assert parse_date(written).date == day


@pytest.mark.parametrize(
    "text",
    [
        "24 พฤษภาคม 2555",
        "วันที่ 24 พฤษภาคม 2555",
        "วันที่ ๒๔ เดือน พฤษภาคม พ.ศ. ๒๕๕๕",
        "วันพฤหัสบดีที่ 24 พฤษภาคม พ.ศ.2555",
        "เมื่อวันที่ 24 พ.ค. 55",
        "24พค2555",
        "24 พ. ค. 2555",
        "24-พ.ค.-55",
        "24/พ.ค./2555",
        "24/5/2555",
        "24/05/55",
        "24-05-2555",
        "24.5.2555",
        "(24 พฤษภาคม 2555)",
        "24 พฤษภาคม ค.ศ. 2012",
        "24 พ.ค. 2012",
        "24/5/2012",
        "2012-05-24",
        "๒๐๑๒-๐๕-๒๔",
        " 24\u00a0พฤษภาคม\n2555 ",
    ],
)
def test_one_day_is_read_in_the_spellings_offices_use(text: str) -> None:
    assert parse_date(text).date == date(2012, 5, 24)


def test_the_era_is_the_one_in_which_the_year_was_written() -> None:
    assert parse_date("24 พ.ค. 2555").era == "be"
    assert parse_date("24 พ.ค. 2012").era == "ce"
    assert written_year("12", "ค.ศ.") == (2012, "ce")
    assert written_year("2012", "พ.ศ.") == (1469, "be")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "พรุ่งนี้",
        "24 พฤษภาคม",
        "พฤษภาคม 2555",
        "24 พฤษภาคม 255",
        "124 พ.ค. 2555",
        "24 พ.ค. 25555",
        "24/5",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_date(text)
    assert caught.value.code == "date_unreadable"


@pytest.mark.parametrize(
    "text", ["29 กุมภาพันธ์ 2556", "31 เมษายน 2555", "0 พ.ค. 2555", "24/13/2555", "1 ม.ค. พ.ศ. 0543"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_date(text)
    assert caught.value.code == "no_such_date"


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert parse_date("29 กุมภาพันธ์ 2555").date == date(2012, 2, 29)
    assert parse_date("29 ก.พ. 2543").date == date(2000, 2, 29)
    for year in (2554, 2443, 2643):
        with pytest.raises(BadInput):
            parse_date(f"29 ก.พ. {year}")


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (parse_date, parse_date_range):
        with suppress(BadInput):
            read(text)
    list(find_dates(text))
    list(find_date_ranges(text))


range_texts = st.text("0123456789๑๒ -–ถึงวันที่.มคพศธเดอนรกย ฤษภาคม2555")


@given(range_texts)
def test_no_text_made_of_the_pieces_of_dates_breaks_the_reader(text: str) -> None:
    try:
        start, end, _ = parse_date_range(text)
    except BadInput:
        return
    assert start <= end


@given(days, st.integers(0, 800), st.sampled_from(["long", "short"]), numerals)
def test_a_written_span_reads_back(
    start: date, length: int, style: Literal["long", "short"], kind: Numerals
) -> None:
    end = start + timedelta(days=length)
    assert parse_date_range(format_range(start, end, style, kind)) == (start, end, "be")


@pytest.mark.parametrize(
    "text",
    [
        "1 {} 15 กันยายน 2555",
        "1{}15 ก.ย. 2555",
        "๑ {} ๑๕ กันยายน ๒๕๕๕",
        "วันที่ 1 {} วันที่ 15 กันยายน 2555",
    ],
)
@pytest.mark.parametrize("dash", ["-", "–", "—", "ถึง", "จนถึง", "~", "−"])
def test_a_span_inside_a_month_is_read_with_every_dash(text: str, dash: str) -> None:
    assert parse_date_range(text.format(dash))[:2] == (date(2012, 9, 1), date(2012, 9, 15))


def test_the_earlier_end_takes_its_year_from_the_later_one() -> None:
    assert parse_date_range("30 กันยายน – 2 ตุลาคม 2555")[:2] == (
        date(2012, 9, 30),
        date(2012, 10, 2),
    )
    assert parse_date_range("28 ธันวาคม – 3 มกราคม 2556")[:2] == (
        date(2012, 12, 28),
        date(2013, 1, 3),
    )
    whole = "28 ธันวาคม 2555 – 3 มกราคม 2556"
    assert parse_date_range(whole)[:2] == (date(2012, 12, 28), date(2013, 1, 3))


@pytest.mark.parametrize(
    "text", ["15 – 1 กันยายน 2555", "2 ตุลาคม 2556 – 1 ตุลาคม 2555", "2 มีนาคม 2556 – 1 มีนาคม 2555"]
)
def test_a_span_that_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_date_range(text)
    assert caught.value.code == "range_backwards"


def test_a_leap_day_at_the_start_of_a_span_must_exist_in_its_year() -> None:
    assert parse_date_range("29 ก.พ. – 1 มี.ค. 2555").start == date(2012, 2, 29)
    with pytest.raises(BadInput):
        parse_date_range("29 ก.พ. – 1 มี.ค. 2556")


def test_days_in_a_running_text_are_found_and_counts_are_not_taken_for_years() -> None:
    text = "1.2.1 วันที่ 24 พฤษภาคม 2555 โรงเรียนวัดเพรียง 27 มิถุนายน 13 โรงเรียน 31 เมษายน 2555"
    assert [found.date for found in find_dates(text)] == [date(2012, 5, 24)]


def test_spans_in_a_running_text_are_found_with_their_own_words() -> None:
    text = "อบรม\u00a0ระหว่างวันที่  ๑ –  ๑๕ กันยายน ๒๕๕๕ และ 30 ก.ย. ถึง 2 ต.ค. 2555 แต่ 5 – 3 ก.ย. 2555"
    found = list(find_date_ranges(text))
    assert [span.label for span in found] == ["๑ – ๑๕ กันยายน ๒๕๕๕", "30 ก.ย. ถึง 2 ต.ค. 2555"]
    assert [span.range.end for span in found] == [date(2012, 9, 15), date(2012, 10, 2)]
