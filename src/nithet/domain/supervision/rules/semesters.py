"""Which semesters a fiscal year answers for."""

from nithet.kernel.school_years import Semester, fiscal_year_period, semesters_within


def semesters_of(fiscal_year: int) -> tuple[Semester, ...]:
    """Return the semesters that lie in a fiscal year (พ.ศ.) by the larger part of their days, in order.

    The last eleven days of a semester 1 reach into the next fiscal year and make no semester of it.

    >>> [str(semester) for semester in semesters_of(2555)]
    ['ภาคเรียนที่ 2/2554', 'ภาคเรียนที่ 1/2555']
    """
    year = fiscal_year_period(fiscal_year)
    return tuple(
        semester
        for semester in semesters_within(year)
        if 2 * semester.period.shared_days(year) > semester.period.days
    )
