"""Who may be named as having gone on a visit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.spoken import who_count
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import RECORD_WRITERS, Role
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.school_years import Semester, semester

VISITING_BODIES = (Committee.Kind.AREA, Committee.Kind.MONITORING, Committee.Kind.MONITORING_SUB)
"""Committees whose members visit schools."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account who visits schools, by the words under which they go."""

    user_id: int
    title: str
    is_chair: bool


def people_who_visit(actor: Actor, day: date) -> list[Person]:
    """List those of the office who visit schools on a day, and network chairs, by their words; one query.

    Only for whoever may see the office's visits; the caller has asked.
    """
    postings = (
        Posting.objects.filter(role__in=[*RECORD_WRITERS, Role.NETWORK_CHAIR], limited_to="")
        .filter(
            Q(unit_id=actor.office_id) | Q(unit__office_id=actor.office_id), user__is_active=True
        )
        .on(day)
        .select_related("user", "unit")
    )
    found: dict[int, Person] = {}
    for one in postings.order_by("role", "user__display_name", "pk"):
        is_chair = one.role == Role.NETWORK_CHAIR
        name = one.user.display_name or one.user.username
        title = f"{name} ({one.unit})" if is_chair else name
        found.setdefault(one.user_id, Person(one.user_id, title, is_chair))
    return sorted(found.values(), key=lambda one: (one.is_chair, one.title))


def members_who_visit(office_id: int, day: date) -> list[CommitteeMember]:
    """List the seats of the committees that visit schools, as they stood on a day; one query."""
    rows = standing(
        CommitteeMember.objects.filter(
            office_id=office_id,
            committee__kind__in=VISITING_BODIES,
            committee__taken_back_at__isnull=True,
        )
    ).select_related("committee", "user")
    return [
        one
        for one in rows.order_by("committee_id", "seat", "position", "pk")
        if (one.starts_on is None or one.starts_on <= day)
        and (one.ends_on is None or day <= one.ends_on)
        and (one.committee.last_day is None or day <= one.committee.last_day)
    ]


def member_words(member: CommitteeMember) -> str:
    """Return the words under which a member visits: the name where the office wants one, else the position."""
    return member.holder_name or member.title


@dataclass(frozen=True, slots=True)
class MemberSemester:
    """The schools that one member has visited in the semester of a day; `semester` is None between semesters."""

    semester: Semester | None
    schools: int


def semester_of_member(
    office_id: int, member: CommitteeMember | None, title: str, day: date
) -> MemberSemester:
    """Count the schools that a member has visited (`who_count`) in the semester of a day, by the seat or by the same words; one query."""
    part = semester(day)
    if not isinstance(part, Semester):
        return MemberSemester(None, 0)
    went = Q(title=title)
    if member is not None:
        went |= Q(member=member)
    schools = (
        who_count()
        .filter(
            went,
            office_id=office_id,
            visit__kind=Visit.Kind.COMMITTEE,
            visit__state=Visit.State.DONE,
            visit__visited_on__range=(part.period.start, part.period.end),
        )
        .values("visit__school_id")
        .distinct()
    )
    return MemberSemester(part, schools.count())
