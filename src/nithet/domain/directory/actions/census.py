"""Entering what is counted of a school: figures as at a day, and results of national tests."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nithet.domain.directory.actions.versions import edited
from nithet.domain.directory.models.census import Census, TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.rules.levels import LEVELS
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note
from nithet.foundation.actions.taking_back import made_by, standing, take_back
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date

FIGURES = (
    *("pupils", "pupils_by_level", "rooms", "teachers", "teachers_entitled", "teacher_per_class"),
    *("teachers_on_major", "janitors", "source"),
)


@action("census.record", event="census.recorded", on="school")
def record_census(*, actor: Actor, school: School, as_at: date, **figures: Any) -> Census:
    """Enter the figures of a school as at a day; a day has one standing census.

    `figures` are the fields of `Census` named in `FIGURES`. Raises `RuleBroken` for a second one of that day, for a day that
    has not come, and where the classes do not add up to the whole.
    """
    checked = _checked(figures)
    if as_at > clock.today():
        raise RuleBroken("census.future", "This day has not come yet.", field="as_at")
    if standing(Census.objects.filter(school=school, as_at=as_at)).exists():
        raise RuleBroken(
            "census.day_taken",
            "There are figures as at this day already. Change those instead.",
            field="as_at",
        )
    note(as_at=format_date(as_at))
    return Census.objects.create(
        office=school.office, school=school, as_at=as_at, **checked, **made_by(actor)
    )


@action("census.edit", event="census.edited", on="census")
def edit_census(*, actor: Actor, census: Census, version: int, **figures: Any) -> Census:
    """Put the figures of a day right; what is not given stays. Raises `Conflict` where somebody else was quicker."""
    _refuse_gone(census)
    whole = {"pupils": census.pupils, "pupils_by_level": census.pupils_by_level, **figures}
    _checked(whole)
    return edited(census, version, figures)


@action("census.take_back", event="census.taken_back", on="census")
def take_back_census(*, actor: Actor, census: Census, reason: str = "") -> Census:
    """Take back figures that were entered by mistake."""
    take_back(census, actor=actor, reason=reason)
    return census


def _checked(figures: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(figures) - set(FIGURES)
    if unknown:
        raise TypeError(f"no figures of a census: {sorted(unknown)}")
    by_level: Mapping[str, int] = figures.get("pupils_by_level") or {}
    pupils = figures.get("pupils")
    if set(by_level) - set(LEVELS):
        raise RuleBroken("census.level", "There is no such class.", field="pupils_by_level")
    if by_level and pupils is not None and sum(by_level.values()) != pupils:
        raise RuleBroken(
            "list.pupils_differ",
            "The whole is %(whole)s, but the classes add up to %(sum)s.",
            field="pupils",
            whole=pupils,
            sum=sum(by_level.values()),
        )
    if pupils is None and not any(figures.get(name) is not None for name in FIGURES[2:-1]):
        raise RuleBroken("census.empty", "Enter at least one figure.", field="pupils")
    return dict(figures)


def _refuse_gone(record: Census | TestResult) -> None:
    if not record.stands:
        raise RuleBroken("record.taken_back", "This was taken back and is no longer changed.")


@action("test_result.record", event="test_result.recorded", on="school")
def record_test_result(
    *,
    actor: Actor,
    school: School,
    test: str,
    academic_year: int,
    subject: str,
    tested: int,
    mean: Decimal,
    full_marks: int = 100,
    source: str = "",
) -> TestResult:
    """Enter a mean of a national test with the number of pupils tested; one a test, year (พ.ศ.) and subject."""
    tidy = collapse(subject)
    check_result(test, tidy, tested, mean, full_marks)
    same = {"test": test, "academic_year": academic_year, "subject": tidy}
    if standing(TestResult.objects.filter(school=school, **same)).exists():
        raise RuleBroken(
            "test_result.twice",
            "This result is entered already. Change it instead.",
            field="subject",
        )
    note(school=school.name)
    return TestResult.objects.create(
        office=school.office,
        school=school,
        tested=tested,
        mean=mean,
        full_marks=full_marks,
        source=collapse(source),
        **same,
        **made_by(actor),
    )


@action("test_result.edit", event="test_result.edited", on="result")
def edit_test_result(
    *,
    actor: Actor,
    result: TestResult,
    version: int,
    tested: int,
    mean: Decimal,
    full_marks: int = 100,
    source: str = "",
) -> TestResult:
    """Put the number and the mean of a result right. Raises `Conflict` where somebody else was quicker."""
    _refuse_gone(result)
    check_result(result.test, result.subject, tested, mean, full_marks)
    new = {"tested": tested, "mean": mean, "full_marks": full_marks, "source": collapse(source)}
    return edited(result, version, new)


@action("test_result.take_back", event="test_result.taken_back", on="result")
def take_back_test_result(*, actor: Actor, result: TestResult, reason: str = "") -> TestResult:
    """Take back a result that was entered by mistake."""
    take_back(result, actor=actor, reason=reason)
    return result


def check_result(test: str, subject: str, tested: int, mean: Decimal, full_marks: int) -> None:
    """Raise `RuleBroken` for a result that cannot be: no such test, no subject, nobody tested, a mean beyond the marks."""
    if test not in TestResult.Test.values:
        raise RuleBroken("test_result.test", "Choose one of the tests.", field="test")
    if not subject:
        raise RuleBroken("test_result.subject", "Say which subject.", field="subject")
    if tested < 1:
        raise RuleBroken(
            "test_result.tested", "A mean needs at least one pupil tested.", field="tested"
        )
    if not 0 <= mean <= full_marks:
        raise RuleBroken(
            "test_result.mean", "The mean lies between 0 and the full marks.", field="mean"
        )
