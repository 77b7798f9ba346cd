"""Every member of the committee visits schools every semester: what the records can say of it."""

from functools import partial

from django.db.models import Prefetch

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.frameworks.measures import Measured, Question, Sentence, register
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.spoken import who_count
from nithet.domain.supervision.queries.teams import VISITING_BODIES, member_words
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.messages import msgid
from nithet.kernel.school_years import Semester, semesters_within

MEMBERS_EVERY_SEMESTER = MeasureSpec(
    "supervision.members_every_semester",
    Text("คน-ภาคเรียน", "members and semesters"),
    Signature.RATIO,
    Text(
        "กรรมการที่ตรวจเยี่ยมโรงเรียน นับเป็นรายภาคเรียน",
        "committee members who visited a school, counted by semester",
    ),
)
NO_MEMBERS = msgid("No committee that visits schools has its members in the directory.")
NO_SEMESTER = msgid("No semester of this time has begun, so nothing can be said of its visits.")
UNNAMED = msgid(
    "Of %(unnamed)s committee visits nobody recorded who went, so visits of each member cannot be told."
)
EVERY_SEMESTER = msgid(
    "%(n)s of %(of)s: so often a member visited a school in a semester that has begun (%(members)s members)."
)


def members_every_semester(question: Question) -> dict[int, Measured]:
    """Count members and semesters in which the member visited a school, of all members and semesters begun; four queries.

    A semester belongs to the time with the larger part of its days. A member is known by the seat, else the account, else the
    very words, and counts by what they said (`who_count`). Where a visit does not say who went, members cannot be told: unknown.
    """
    today = clock.today()
    semesters = [
        one
        for one in semesters_within(question.period)
        if 2 * one.period.shared_days(question.period) > one.period.days
        and one.period.start <= today
    ]
    seats: dict[int, list[CommitteeMember]] = {}
    rows = standing(
        CommitteeMember.objects.filter(
            office_id__in=question.offices,
            committee__kind__in=VISITING_BODIES,
            committee__taken_back_at__isnull=True,
        )
    ).select_related("committee")
    for seat in rows.order_by("pk"):
        seats.setdefault(seat.office_id, []).append(seat)
    visits: dict[int, list[Visit]] = {}
    done = Visit.objects.filter(
        office_id__in=question.offices,
        kind=Visit.Kind.COMMITTEE,
        state=Visit.State.DONE,
        visited_on__range=(question.period.start, question.period.end),
    ).prefetch_related(
        Prefetch("visitors", Visitor.objects.filter(is_companion=False)),
        Prefetch("visitors", who_count(), to_attr="visitors_who_count"),
    )
    for visit in done.order_by("visited_on", "pk"):
        visits.setdefault(visit.office_id, []).append(visit)
    return {
        office: _of_office(semesters, seats.get(office, []), visits.get(office, []))
        for office in question.offices
    }


def _of_office(
    semesters: list[Semester], seats: list[CommitteeMember], visits: list[Visit]
) -> Measured:
    if not semesters:
        return Measured.unknown(Sentence(NO_SEMESTER))
    if not seats:
        return Measured.unknown(Sentence(NO_MEMBERS))
    unnamed = sum(1 for visit in visits if not visit.visitors.all())
    if unnamed:
        return Measured.unknown(Sentence(UNNAMED, {"unnamed": unnamed}))
    of = n = 0
    for part in semesters:
        team = [
            one
            for visit in visits
            if visit.visited_on in part.period
            for one in visit.visitors_who_count  # type: ignore[attr-defined]
        ]
        sitting = [seat for seat in seats if _sits_in(seat, part)]
        of += len(sitting)
        n += sum(1 for seat in sitting if any(_is(seat, one) for one in team))
    if not of:
        return Measured.unknown(Sentence(NO_MEMBERS))
    values = {"n": n, "of": of, "members": len(seats)}
    return Measured.share(n, of, Sentence(EVERY_SEMESTER, values), partial(_rows, visits))


def _sits_in(seat: CommitteeMember, part: Semester) -> bool:
    """Say whether a seat was held on some day of a semester, and its committee was there."""
    begins = [day for day in (seat.starts_on, seat.committee.starts_on) if day]
    ends = [day for day in (seat.ends_on, seat.committee.last_day) if day]
    return all(day <= part.period.end for day in begins) and all(
        day >= part.period.start for day in ends
    )


def _is(seat: CommitteeMember, one: Visitor) -> bool:
    if one.member_id is not None:
        return one.member_id == seat.pk
    if one.user_id is not None and seat.user_id is not None:
        return one.user_id == seat.user_id
    return one.title == member_words(seat)


def _rows(visits: list[Visit]) -> tuple[RecordRef, ...]:
    return tuple(RecordRef(VISIT, str(visit.pk)) for visit in visits)


def register_all() -> None:
    """Register the measure."""
    register(MEMBERS_EVERY_SEMESTER, members_every_semester)
