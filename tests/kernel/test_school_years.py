"""The two years of a day: no day is without them, none has two, and the law's dates are the borders."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from nithet.kernel.periods import Period
from nithet.kernel.school_years import (
    Gap,
    Semester,
    academic_year,
    academic_year_period,
    fiscal_year,
    fiscal_year_period,
    gap_period,
    in_both_years,
    semester,
    semester_period,
    semesters_within,
)

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_every_day_of_two_hundred_years_is_in_one_fiscal_year() -> None:
    for year in range(2442, 2646):
        assert (
            fiscal_year_period(year).end + timedelta(days=1) == fiscal_year_period(year + 1).start
        )
    assert all(day in fiscal_year_period(fiscal_year(day)) for day in EVERY_DAY)


def test_every_day_of_two_hundred_years_is_in_one_semester_or_gap() -> None:
    for day in EVERY_DAY:
        part, year = semester(day), academic_year(day)
        assert day in part.period and day in academic_year_period(year)
        assert part.academic_year == year
        parts = [
            semester_period(year, 1),
            gap_period(year, 1),
            semester_period(year, 2),
            gap_period(year, 2),
        ]
        assert [period for period in parts if day in period] == [part.period]


def test_the_four_parts_of_an_academic_year_follow_without_a_hole() -> None:
    for year in range(2442, 2646):
        whole = academic_year_period(year)
        parts = [
            semester_period(year, 1),
            gap_period(year, 1),
            semester_period(year, 2),
            gap_period(year, 2),
        ]
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        for earlier, later in pairwise(parts):
            assert earlier.end + timedelta(days=1) == later.start
        assert whole.end + timedelta(days=1) == academic_year_period(year + 1).start


@pytest.mark.parametrize(
    ("day", "fiscal", "part"),
    [
        (date(2011, 9, 30), 2554, "ภาคเรียนที่ 1/2554"),
        (date(2011, 10, 1), 2555, "ภาคเรียนที่ 1/2554"),
        (date(2011, 10, 11), 2555, "ภาคเรียนที่ 1/2554"),
        (date(2011, 10, 12), 2555, "ปิดภาคเรียนที่ 1/2554"),
        (date(2011, 10, 31), 2555, "ปิดภาคเรียนที่ 1/2554"),
        (date(2011, 11, 1), 2555, "ภาคเรียนที่ 2/2554"),
        (date(2012, 2, 29), 2555, "ภาคเรียนที่ 2/2554"),
        (date(2012, 4, 1), 2555, "ภาคเรียนที่ 2/2554"),
        (date(2012, 4, 2), 2555, "ปิดภาคเรียนที่ 2/2554"),
        (date(2012, 5, 15), 2555, "ปิดภาคเรียนที่ 2/2554"),
        (date(2012, 5, 16), 2555, "ภาคเรียนที่ 1/2555"),
        (date(2012, 9, 30), 2555, "ภาคเรียนที่ 1/2555"),
        (date(2012, 10, 1), 2556, "ภาคเรียนที่ 1/2555"),
    ],
)
def test_the_borders_of_the_demo_year_fall_where_the_law_puts_them(
    day: date, fiscal: int, part: str
) -> None:
    assert fiscal_year(day) == fiscal
    assert str(semester(day)) == semester(day).period.label == part


def test_the_visits_of_the_return_fall_in_the_first_semester_of_2555() -> None:
    for day in (date(2012, 5, 24), date(2012, 5, 31), date(2012, 6, 27), date(2012, 6, 28)):
        part = semester(day)
        assert isinstance(part, Semester)
        assert (part.number, part.academic_year, fiscal_year(day)) == (1, 2555, 2555)


def test_a_gap_says_which_semester_it_follows() -> None:
    part = semester(date(2012, 10, 20))
    assert isinstance(part, Gap)
    assert (part.after, part.academic_year) == (1, 2555)


def test_a_day_is_told_in_both_years_even_where_they_differ() -> None:
    assert (
        in_both_years(date(2012, 6, 10))
        == "10 มิ.ย. 2555 = ปีการศึกษา 2555 ภาคเรียนที่ 1 = ปีงบประมาณ 2555"
    )
    assert in_both_years(date(2012, 10, 20), "thai") == (
        "๒๐ ต.ค. ๒๕๕๕ = ปีการศึกษา ๒๕๕๕ ปิดภาคเรียนที่ ๑ = ปีงบประมาณ ๒๕๕๖"
    )


def test_the_semesters_of_a_span_are_those_with_a_day_in_it() -> None:
    one_day = Period(date(2012, 4, 20), date(2012, 4, 20), "")
    assert semesters_within(one_day) == []
    found = semesters_within(Period(date(2012, 4, 1), date(2012, 5, 16), ""))
    assert [(part.number, part.academic_year) for part in found] == [(2, 2554), (1, 2555)]
    for year in (2443, 2555, 2643):
        assert len(semesters_within(fiscal_year_period(year))) == 3
        assert len(semesters_within(academic_year_period(year))) == 2
