"""What instruments can say by themselves: which forms serve, and in how many schools they were filled in."""

from collections import defaultdict
from functools import partial

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.refs import SCHOOL
from nithet.domain.frameworks.measures import Measured, Question, Sentence, register
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.filled_at import filled_in
from nithet.domain.instruments.refs import INSTRUMENT
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period

FORMS_FILLED = MeasureSpec(
    "instruments.forms_filled",
    Text("แบบ", "forms"),
    Signature.NUMBER,
    Text("แบบนิเทศที่มีการกรอกในช่วงเวลา", "forms that were filled in during the time"),
)
SCHOOLS_COVERED = MeasureSpec(
    "instruments.schools_covered",
    Text("โรงเรียน", "schools"),
    Signature.RATIO,
    Text("โรงเรียนที่มีแบบนิเทศกรอกแล้ว", "schools in which a form was filled in"),
)
SOME_FILLED = msgid("%(forms)s forms were filled in, %(records)s times together.")
SOME_COVERED = msgid("Forms were filled in at %(n)s of %(of)s schools.")
NO_SCHOOLS = msgid("No school is known yet.")


def forms_filled(question: Question) -> dict[int, Measured]:
    """Count the forms that have records which count in a time; one query, and one for the rows."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for office, instrument in _records(question.offices, question.period).values_list(
        "office_id", "version__instrument_id"
    ):
        found[office][instrument] += 1
    return {
        office: Measured.number(
            len(found[office]),
            Sentence(
                SOME_FILLED,
                {"forms": len(found[office]), "records": sum(found[office].values())},
            ),
            tuple(RecordRef(INSTRUMENT, str(key)) for key in sorted(found[office])),
        )
        for office in question.offices
    }


def schools_covered(question: Question) -> dict[int, Measured]:
    """Count the schools at which a form was filled in, of all schools that stand open; two queries."""
    of: dict[int, int] = defaultdict(int)
    schools = School.objects.filter(office_id__in=question.offices, unit__ends_on__isnull=True)
    for office in schools.values_list("office_id", flat=True):
        of[office] += 1
    rows = _records(question.offices, question.period).filter(
        school__isnull=False, school__unit__ends_on__isnull=True
    )
    seen: dict[int, set[int]] = defaultdict(set)
    for office, school in rows.values_list("office_id", "school_id"):
        seen[office].add(school)
    return {office: _covered(seen[office], of[office]) for office in question.offices}


def _covered(schools: set[int], of: int) -> Measured:
    if not of:
        return Measured.unknown(Sentence(NO_SCHOOLS))
    sentence = Sentence(SOME_COVERED, {"n": len(schools), "of": of})
    return Measured.share(len(schools), of, sentence, partial(_school_refs, schools))


def _school_refs(schools: set[int]) -> tuple[RecordRef, ...]:
    return tuple(RecordRef(SCHOOL, str(key)) for key in sorted(schools))


def _records(offices: tuple[int, ...], period: Period) -> QuerySet[Submission]:
    rows = Submission.objects.filter(
        office_id__in=offices,
        state=Submission.State.ACCEPTED,
        is_current=True,
        rival_of__isnull=True,
        version__isnull=False,
    )
    return filled_in(rows, period).order_by()


def register_all() -> None:
    """Register the measures of this package."""
    register(FORMS_FILLED, forms_filled)
    register(SCHOOLS_COVERED, schools_covered)
