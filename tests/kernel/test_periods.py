"""Month ranges: the fiscal year decides what the author left out, and no range runs backwards."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nithet.kernel.numerals import to_thai
from nithet.kernel.periods import Period, find_periods, month_end, parse_month_range
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import MONTH_ABBREVIATIONS, MONTHS

OCTOBER_TO_APRIL = (date(2011, 10, 1), date(2012, 4, 30))
APRIL_TO_SEPTEMBER = (date(2012, 4, 1), date(2012, 9, 30))
DASHES = ["-", " - ", "–", " – ", "—", " ถึง ", "ถึง", "-\u00a0", " จนถึง "]

months = st.integers(1, 12)
years = st.integers(2443, 2643)
dashes = st.sampled_from(DASHES)


def read(text: str, fiscal_year: int = 2555) -> tuple[date, date] | None:
    period = parse_month_range(text, fiscal_year)
    return (period.start, period.end) if period else None


@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("ตุลาคม", "เมษายน", OCTOBER_TO_APRIL),
        ("ต.ค.", "เม.ย.", OCTOBER_TO_APRIL),
        ("ตค", "เมย", OCTOBER_TO_APRIL),
        ("ต. ค.", "เม. ย.", OCTOBER_TO_APRIL),
        ("เมษายน", "กันยายน", APRIL_TO_SEPTEMBER),
        ("เม.ย.", "ก.ย.", APRIL_TO_SEPTEMBER),
    ],
)
@pytest.mark.parametrize("year", ["2555", "๒๕๕๕", "พ.ศ. 2555", "55", "ค.ศ. 2012", "ปี 2555"])
def test_the_ranges_of_the_return_are_read_in_every_spelling(
    first: str, last: str, dash: str, year: str, expected: tuple[date, date]
) -> None:
    assert read(f"{first}{dash}{last} {year}") == expected
    assert read(f"(ช่วงเดือน{first}{dash}เดือน{last} {year})") == expected


def test_april_belongs_to_both_halves_of_the_return() -> None:
    first = parse_month_range("ตุลาคม – เมษายน 2555", 2555)
    second = parse_month_range("เมษายน – กันยายน 2555", 2555)
    assert first and second
    assert first.shared_days(second) == second.shared_days(first) == 30


def test_the_label_keeps_what_the_author_wrote() -> None:
    period = parse_month_range("\t(ช่วงเดือน ตุลาคม\u00a0–  เมษายน ๒๕๕๕)", 2555)
    assert period and period.label == "ตุลาคม – เมษายน ๒๕๕๕"


def test_both_years_written_are_both_believed() -> None:
    assert read("ตุลาคม 2554 – เมษายน 2555") == OCTOBER_TO_APRIL
    assert read("ตุลาคม 2555 – มีนาคม 2556") == (date(2012, 10, 1), date(2013, 3, 31))
    assert read("ตุลาคม 2555 – เมษายน 2555") is None


def test_a_year_after_the_first_month_only_is_the_year_of_that_month() -> None:
    assert read("ตุลาคม 2554 – เมษายน") == OCTOBER_TO_APRIL
    assert read("เมษายน 2555 – กันยายน") == APRIL_TO_SEPTEMBER


def test_a_range_without_any_year_is_of_the_fiscal_year() -> None:
    assert read("ตุลาคม – มีนาคม") == (date(2011, 10, 1), date(2012, 3, 31))
    assert read("เม.ย. – ก.ย.") == APRIL_TO_SEPTEMBER
    assert read("กันยายน – ตุลาคม") == (date(2012, 9, 1), date(2012, 10, 31))


def test_the_first_quarter_under_the_fiscal_year_s_number_is_in_the_year_before() -> None:
    assert read("ตุลาคม – ธันวาคม 2555") == (date(2011, 10, 1), date(2011, 12, 31))
    assert read("ตุลาคม – ธันวาคม 2554") == (date(2011, 10, 1), date(2011, 12, 31))
    assert read("พฤศจิกายน – กุมภาพันธ์ 2556") == (date(2012, 11, 1), date(2013, 2, 28))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ตุลาคม",
        "ตุลาคม 2555",
        "1 – 15 กันยายน 2555",
        "ตุลาคม เมษายน 2555",
        "ตุลาคม – เมษายน 2555 รวม",
    ],
)
def test_what_is_no_range_of_months_is_none(text: str) -> None:
    assert read(text) is None


@given(months, months, years, dashes, st.booleans(), st.booleans())
def test_a_year_at_the_end_gives_whole_months_that_end_in_it_or_lie_in_the_fiscal_year(
    first: int, last: int, year: int, dash: str, short: bool, thai: bool
) -> None:
    names = MONTH_ABBREVIATIONS if short else MONTHS
    text = f"{names[first - 1]}{dash}{names[last - 1]} {year}"
    period = parse_month_range(to_thai(text) if thai else text, year)
    assert period
    fiscal = fiscal_year_period(year)
    assert period.start.day == 1 and period.start.month == first
    assert period.end == month_end(period.end.year, last)
    assert 28 <= period.days <= 366
    assert period.end.year + 543 == year or fiscal.start <= period.start <= period.end <= fiscal.end
    assert period.shared_days(fiscal) > 0


@given(months, months, years, dashes)
def test_a_range_without_a_year_begins_in_the_fiscal_year(
    first: int, last: int, year: int, dash: str
) -> None:
    period = parse_month_range(f"{MONTHS[first - 1]}{dash}{MONTHS[last - 1]}", year)
    assert period and period.start in fiscal_year_period(year)
    assert 28 <= period.days <= 366


@given(st.text("ตุลาคมเษยน0123456789๒๕ –-ถึง().พศปี") | st.text(), years)
def test_no_text_breaks_the_reader(text: str, year: int) -> None:
    parse_month_range(text, year)
    for period in find_periods(text, year):
        assert period.start <= period.end


def test_a_running_text_gives_months_and_days_in_the_order_of_the_text() -> None:
    text = "ในช่วงเดือนตุลาคม-มีนาคม 2555 สอบ NT อบรม 1 – 15 กันยายน 2555 แล้ว เม.ย. – ก.ย. 55 คน"
    found = find_periods(text, 2556)
    assert [period.label for period in found] == [
        "ตุลาคม-มีนาคม 2555",
        "1 – 15 กันยายน 2555",
        "เม.ย. – ก.ย.",
    ]
    assert found[0].start == date(2011, 10, 1)


def test_days_of_two_months_are_not_taken_for_a_range_of_months() -> None:
    found = find_periods("30 กันยายน – 2 ตุลาคม 2555 และ 5 กันยายน - ตุลาคม 2555", 2555)
    assert [period.label for period in found] == ["30 กันยายน – 2 ตุลาคม 2555"]


def test_a_period_that_runs_backwards_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2012, 5, 2), date(2012, 5, 1), "")


@given(st.dates(), st.integers(0, 900), st.dates(), st.integers(0, 900))
def test_shared_days_are_the_days_that_lie_in_both(a: date, long: int, b: date, short: int) -> None:
    assume(a.year < 9990 and b.year < 9990)
    one = Period(a, a + timedelta(days=long), "")
    other = Period(b, b + timedelta(days=short), "")
    counted = sum(a + timedelta(days=n) in other for n in range(one.days))
    assert one.shared_days(other) == other.shared_days(one) == counted
    assert one.shared_days(one) == one.days


@given(st.integers(1, 9998), months)
def test_the_day_after_the_last_of_a_month_is_a_first(year: int, month: int) -> None:
    assert month_end(year, month).month == month
    assert (month_end(year, month) + timedelta(days=1)).day == 1
