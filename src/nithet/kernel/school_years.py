"""The two years that every day of a Thai office has: ปีงบประมาณ and ปีการศึกษา with its ภาคเรียน.

Fiscal year N runs from 1 October of N - 1 to 30 September of N (Budget Procedures Act B.E. 2561,
section 4). Academic year N runs from 16 May of N to 15 May of N + 1; semester 1 opens on 16 May and
closes on 11 October, semester 2 opens on 1 November and closes on 1 April (Ministry of Education
Regulation on the academic year and the opening and closing of schools, B.E. 2549, clause 7). The
day of closing counts here as the last day of the semester; many schools teach until the day before.
The days between belong to no semester, but to an academic year.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.periods import Period
from nithet.kernel.thai_dates import be_year, ce_year, format_date

Number = Literal[1, 2]


@dataclass(frozen=True)
class Semester:
    """A semester of an academic year (พ.ศ.)."""

    academic_year: int
    number: Number
    period: Period

    def __str__(self) -> str:
        return f"ภาคเรียนที่ {self.number}/{self.academic_year}"


@dataclass(frozen=True)
class Gap:
    """The days after semester `after` of an academic year (พ.ศ.), when schools are closed."""

    academic_year: int
    after: Number
    period: Period

    def __str__(self) -> str:
        return f"ปิดภาคเรียนที่ {self.after}/{self.academic_year}"


def fiscal_year(day: date) -> int:
    """The fiscal year (พ.ศ.) of a day.

    >>> [fiscal_year(date(*day)) for day in ((2011, 9, 30), (2011, 10, 1), (2012, 9, 30))]
    [2554, 2555, 2555]
    """
    return be_year(day.year) + (1 if day.month >= 10 else 0)


def fiscal_year_period(year: int) -> Period:
    """All days of a fiscal year (พ.ศ.).

    >>> fiscal_year_period(2555)
    Period(start=datetime.date(2011, 10, 1), end=datetime.date(2012, 9, 30), label='ปีงบประมาณ 2555')
    """
    ends = ce_year(year)
    return Period(date(ends - 1, 10, 1), date(ends, 9, 30), f"ปีงบประมาณ {year}")


def academic_year(day: date) -> int:
    """The academic year (พ.ศ.) of a day, the gaps included.

    >>> [academic_year(date(2012, *day)) for day in ((1, 1), (5, 15), (5, 16), (12, 31))]
    [2554, 2554, 2555, 2555]
    """
    return be_year(day.year) - (1 if (day.month, day.day) < (5, 16) else 0)


def academic_year_period(year: int) -> Period:
    """All days of an academic year (พ.ศ.), its two semesters and two gaps."""
    begins = ce_year(year)
    return Period(date(begins, 5, 16), date(begins + 1, 5, 15), f"ปีการศึกษา {year}")


def semester_period(academic_year: int, number: Number) -> Period:
    """The days of a semester by the regulation; a school may have been allowed other ones.

    >>> semester_period(2554, 2)
    Period(start=datetime.date(2011, 11, 1), end=datetime.date(2012, 4, 1), label='ภาคเรียนที่ 2/2554')
    """
    year = ce_year(academic_year)
    label = f"ภาคเรียนที่ {number}/{academic_year}"
    if number == 1:
        return Period(date(year, 5, 16), date(year, 10, 11), label)
    return Period(date(year, 11, 1), date(year + 1, 4, 1), label)


def gap_period(academic_year: int, after: Number) -> Period:
    """The days between semester `after` of an academic year (พ.ศ.) and the semester that follows
    it.

    >>> gap = gap_period(2554, 2)
    >>> str(gap.start), str(gap.end), gap.label
    ('2012-04-02', '2012-05-15', 'ปิดภาคเรียนที่ 2/2554')
    """
    year = ce_year(academic_year)
    label = f"ปิดภาคเรียนที่ {after}/{academic_year}"
    if after == 1:
        return Period(date(year, 10, 12), date(year, 10, 31), label)
    return Period(date(year + 1, 4, 2), date(year + 1, 5, 15), label)


def semester(day: date) -> Semester | Gap:
    """The semester of a day, or the gap in which it falls.

    >>> [str(semester(date(2012, month, 20))) for month in (1, 4, 6)]
    ['ภาคเรียนที่ 2/2554', 'ปิดภาคเรียนที่ 2/2554', 'ภาคเรียนที่ 1/2555']
    """
    year = academic_year(day)
    first, second = semester_period(year, 1), semester_period(year, 2)
    if day in first:
        return Semester(year, 1, first)
    if day in second:
        return Semester(year, 2, second)
    after: Number = 1 if day < second.start else 2
    return Gap(year, after, gap_period(year, after))


def semesters_within(period: Period) -> list[Semester]:
    """The semesters that have at least one day in a period, in order.

    A fiscal year touches three of them, of two academic years.

    >>> [str(part) for part in semesters_within(fiscal_year_period(2555))]
    ['ภาคเรียนที่ 1/2554', 'ภาคเรียนที่ 2/2554', 'ภาคเรียนที่ 1/2555']
    """
    years = range(academic_year(period.start), academic_year(period.end) + 1)
    numbers: tuple[Number, Number] = (1, 2)
    every = (Semester(year, n, semester_period(year, n)) for year in years for n in numbers)
    return [part for part in every if part.period.shared_days(period)]


def in_both_years(day: date, numerals: Numerals = "arabic") -> str:
    """A day with its academic and its fiscal year, which are different things.

    >>> in_both_years(date(2012, 6, 10))
    '10 มิ.ย. 2555 = ปีการศึกษา 2555 ภาคเรียนที่ 1 = ปีงบประมาณ 2555'
    >>> in_both_years(date(2026, 11, 22))
    '22 พ.ย. 2569 = ปีการศึกษา 2569 ภาคเรียนที่ 2 = ปีงบประมาณ 2570'
    """
    part = semester(day)
    where = f"ภาคเรียนที่ {part.number}" if isinstance(part, Semester) else f"ปิดภาคเรียนที่ {part.after}"
    academic = f"ปีการศึกษา {part.academic_year} {where}"
    text = f"{format_date(day, 'short')} = {academic} = ปีงบประมาณ {fiscal_year(day)}"
    return in_numerals(text, numerals)
