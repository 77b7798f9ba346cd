"""What visits can say by themselves about an office's supervision."""

from functools import partial

from django.db.models import Count, Q, QuerySet

from nithet.domain.frameworks.measures import (
    Measured,
    Question,
    Sentence,
    register,
)
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.supervision.models.cycle import SystemReview
from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.cycle import REVIEW
from nithet.domain.supervision.queries.needs_named import names_a_need
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.messages import msgid
from nithet.kernel.school_years import fiscal_year

VISITS = Text("ครั้ง", "visits")
ANSWERING_NEEDS = MeasureSpec(
    "supervision.visits_answering_needs",
    VISITS,
    Signature.RATIO,
    Text(
        "การออกนิเทศที่บันทึกการนิเทศระบุว่าตอบความต้องการจำเป็นใดของสถานศึกษา",
        "supervision visits whose record says which need of the school they served",
    ),
)
PLANNED_DONE = MeasureSpec(
    "supervision.planned_visits_done",
    VISITS,
    Signature.RATIO,
    Text("การออกนิเทศตามแผนที่ดำเนินการแล้ว", "planned supervision visits that were carried out"),
)
SYSTEM_REVIEWS = MeasureSpec(
    "supervision.system_reviews",
    Text("ครั้ง", "reviews"),
    Signature.NUMBER,
    Text("การตรวจสอบและปรับปรุงระบบการนิเทศ", "reviews of the supervision system"),
)

NO_SUPERVISION = msgid("No supervision visit of this time has been recorded.")
NO_NEEDS = msgid(
    "None of the %(of)s supervision visits says which need of the school it served, so the records cannot tell."
)
NEEDS = msgid(
    "%(n)s of %(of)s supervision visits say in their record which need of the school they served; "
    "what only a plan names does not count."
)
NO_PLAN = msgid(
    "No planned supervision visits have been entered for this time, so the records cannot tell."
)
DONE_AS_PLANNED = msgid("%(n)s of %(of)s supervision visits planned until now were carried out.")
DONE_UNAPPROVED = msgid(
    "%(n)s of %(of)s supervision visits planned until now were carried out; no plan of visits of this time has been approved."
)
NO_REVIEWS = msgid(
    "No review of the supervision system of this time has been recorded, so the records cannot tell."
)
NO_CHANGE = msgid(
    "%(of)s reviews of the supervision system were recorded; none of them says what was changed."
)
REVIEWS = msgid(
    "%(of)s reviews of the supervision system were recorded; %(n)s of them say what was changed."
)


def visits_answering_needs(question: Question) -> dict[int, Measured]:
    """Count the supervision visits done whose record names the need they served, from the register or in words; one query.

    What only the plan tied to a visit does not count (`names_a_need`). Committee visits are another record and do not count. Where no visit names a need, needs are not recorded: unknown.
    """
    visits = Visit.objects.filter(
        office_id__in=question.offices,
        kind=Visit.Kind.SUPERVISION,
        state=Visit.State.DONE,
        visited_on__range=(question.period.start, question.period.end),
    )
    found: dict[int, Measured] = {}
    for office, of, n in _counted(visits, names_a_need()):
        values = {"n": n, "of": of}
        if n == 0:
            found[office] = Measured.unknown(Sentence(NO_NEEDS, values), n, of)
        else:
            found[office] = Measured.share(
                n, of, Sentence(NEEDS, values), partial(_rows, visits, office)
            )
    unknown = Measured.unknown(Sentence(NO_SUPERVISION))
    return {office: found.get(office, unknown) for office in question.offices}


def planned_visits_done(question: Question) -> dict[int, Measured]:
    """Count the supervision visits that a plan named for a day until today, and those carried out; two queries.

    A cancelled visit was planned and not carried out. A visit recorded without a plan proves no plan. Documents that were taken
    over say what was planned without a plan approved here; the sentence then says that none was.
    """
    until = min(question.period.end, clock.today())
    visits = Visit.objects.filter(
        office_id__in=question.offices,
        kind=Visit.Kind.SUPERVISION,
        planned_for__range=(question.period.start, until),
    )
    years = range(fiscal_year(question.period.start), fiscal_year(question.period.end) + 1)
    approved = set(
        SupervisionPlanVersion.objects.filter(
            office_id__in=question.offices, plan__fiscal_year__in=years
        ).values_list("office_id", flat=True)
    )
    found = {
        office: Measured.share(
            n,
            of,
            Sentence(
                DONE_AS_PLANNED if office in approved else DONE_UNAPPROVED, {"n": n, "of": of}
            ),
            partial(_rows, visits, office),
        )
        for office, of, n in _counted(visits, Q(state=Visit.State.DONE))
    }
    unknown = Measured.unknown(Sentence(NO_PLAN))
    return {office: found.get(office, unknown) for office in question.offices}


def system_reviews(question: Question) -> dict[int, Measured]:
    """Count the reviews of the supervision system that led to a recorded change; one query.

    A review that says no change is a review, but not yet an improvement. Where none is recorded, the records do not say that
    nobody reviewed: unknown.
    """
    reviews = SystemReview.objects.filter(
        office_id__in=question.offices,
        taken_back_at__isnull=True,
        reviewed_on__range=(question.period.start, question.period.end),
    )
    counted = (
        reviews.order_by()
        .values("office_id")
        .annotate(of=Count("pk"), n=Count("pk", filter=~Q(changed="")))
    )
    found = {
        office: Measured.number(
            n,
            Sentence(REVIEWS if n else NO_CHANGE, {"n": n, "of": of}),
            partial(_reviews, reviews, office),
        )
        for office, of, n in counted.values_list("office_id", "of", "n")
    }
    unknown = Measured.unknown(Sentence(NO_REVIEWS))
    return {office: found.get(office, unknown) for office in question.offices}


def _reviews(reviews: QuerySet[SystemReview], office: int) -> tuple[RecordRef, ...]:
    keys = (
        reviews.filter(office_id=office).order_by("reviewed_on", "pk").values_list("pk", flat=True)
    )
    return tuple(RecordRef(REVIEW, str(key)) for key in keys)


def _counted(visits: QuerySet[Visit], good: Q) -> list[tuple[int, int, int]]:
    """Return (office, all, good ones) of every office that has any."""
    counted = (
        visits.order_by().values("office_id").annotate(of=Count("pk"), n=Count("pk", filter=good))
    )
    return list(counted.values_list("office_id", "of", "n"))


def _rows(visits: QuerySet[Visit], office: int) -> tuple[RecordRef, ...]:
    keys = visits.filter(office_id=office).order_by("visited_on", "pk").values_list("pk", flat=True)
    return tuple(RecordRef(VISIT, str(key)) for key in keys)


def register_all() -> None:
    """Register the measures of this package."""
    register(ANSWERING_NEEDS, visits_answering_needs)
    register(PLANNED_DONE, planned_visits_done)
    register(SYSTEM_REVIEWS, system_reviews)
