"""Results of a national test, taken over for many schools at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nithet.domain.directory.actions.census import check_result
from nithet.domain.directory.models.census import TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """A school's mean in one subject of a test, with the number of pupils tested; the year is an academic one (พ.ศ.)."""

    school: School
    test: str
    academic_year: int
    subject: str
    tested: int
    mean: Decimal
    full_marks: int = 100


@action("test_result.record_many", event="test_results.recorded")
def record_test_results(*, actor: Actor, drafts: Sequence[ResultDraft], source: str) -> list[TestResult]:
    """Enter results of many schools from one list named by `source`; return those that are new.

    A result that stands already is left as it is. All or none: raises `RuleBroken` as for a single one, and for a school of
    another office.
    """
    for draft in drafts:
        check_result(draft.test, collapse(draft.subject), draft.tested, draft.mean, draft.full_marks)
        if draft.school.office_id != actor.writes_in:
            raise RuleBroken("school.foreign", "This school belongs to another office.", field="school")
    kept = standing(TestResult.objects.all()).values_list("school_id", "test", "academic_year", "subject")
    there = set(kept)
    new = {(d.school.pk, d.test, d.academic_year, collapse(d.subject)): d for d in drafts}
    fresh = [draft for key, draft in new.items() if key not in there]
    note(source=source, count=len(fresh))
    if not fresh:
        nothing_changed()
        return []
    return TestResult.objects.bulk_create(
        [
            TestResult(
                office_id=actor.writes_in,
                school=draft.school,
                test=draft.test,
                academic_year=draft.academic_year,
                subject=collapse(draft.subject),
                tested=draft.tested,
                mean=draft.mean,
                full_marks=draft.full_marks,
                source=collapse(source),
                **made_by(actor),
            )
            for draft in fresh
        ]
    )
