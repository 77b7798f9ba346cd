"""Reading people, positions, duties and bodies. Fixed numbers of queries, whatever the rows."""

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import (
    Assignment,
    Expert,
    Handover,
    OfficeGroup,
    Position,
    PositionHolder,
)
from nithet.domain.directory.policy.people import (
    may_read_bodies,
    visible_invitations,
    visible_people,
    visible_postings,
    visible_powers,
)
from nithet.domain.directory.policy.staff import (
    visible_bodies,
    visible_duties,
    visible_experts,
    visible_groups,
    visible_handovers,
    visible_members,
    visible_positions,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Invitation, Posting, Power
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit


def list_people(
    actor: Actor, *, words: str = "", role: str = "", unit_id: int | None = None, state: str = ""
) -> QuerySet[User]:
    """List the office's people with their postings here (`here`) and whether a second step protects them (`guarded`).

    `state`: "open", "closed" (account closed), "posted" (a role today is not asked here); anything else asks for all.
    """
    rows = visible_people(actor).annotate(guarded=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type="totp")))
    postings = visible_postings(actor).select_related("unit").order_by("starts_on", "pk")
    if words:
        named = postings.filter(Q(title__icontains=words) | Q(unit__name__icontains=words))
        rows = rows.filter(
            Q(display_name__icontains=words)
            | Q(username__icontains=words)
            | Q(pk__in=named.values("user"))
        )
    if role:
        rows = rows.filter(pk__in=postings.filter(role=role).values("user"))
    if unit_id is not None:
        rows = rows.filter(pk__in=postings.filter(unit_id=unit_id).values("user"))
    if state in {"open", "closed"}:
        rows = rows.filter(is_active=state == "open")
    return rows.prefetch_related(Prefetch("access_postings", postings, to_attr="here"))


def find_person(actor: Actor, user_id: int) -> User | None:
    """Return somebody of the office; None where there is nobody or they are not the actor's to see."""
    return list_people(actor).filter(pk=user_id).first()


def find_posting(actor: Actor, posting_id: int) -> Posting | None:
    """Return a posting of the office."""
    return visible_postings(actor).select_related("unit", "user").filter(pk=posting_id).first()


def powers_of(actor: Actor, user: User) -> QuerySet[Power]:
    """List the powers of a person in this office, the newest first."""
    return visible_powers(actor).select_related("unit").filter(user=user).order_by("-starts_on", "pk")


def list_powers(actor: Actor) -> QuerySet[Power]:
    """List all powers of the office, the newest first."""
    return visible_powers(actor).select_related("unit", "user").order_by("-starts_on", "pk")


def find_power(actor: Actor, power_id: int) -> Power | None:
    """Return a power of the office."""
    return list_powers(actor).filter(pk=power_id).first()


def list_invitations(actor: Actor) -> QuerySet[Invitation]:
    """List the office's invitations, the newest first."""
    return visible_invitations(actor).select_related("unit", "accepted_by").order_by("-made_at", "-pk")


def list_units(actor: Actor) -> QuerySet[Unit]:
    """List the units of the office where people are posted: itself, its networks, its schools."""
    rows = Unit.objects.filter(Q(pk=actor.office_id) | Q(office_id=actor.office_id))
    return rows.order_by("kind", "name", "pk") if may_read_bodies(actor) else rows.none()


def schools_with_desks(actor: Actor) -> QuerySet[School]:
    """List the office's schools by name with `has_desk`: whether somebody signs in for them."""
    desk = Posting.objects.filter(unit=OuterRef("unit"), user__kind=User.Kind.DESK)
    rows = School.objects.filter(office_id=actor.office_id).select_related("unit")
    return rows.annotate(has_desk=Exists(desk)).order_by("unit__name_key", "pk")


def list_groups(actor: Actor) -> QuerySet[OfficeGroup]:
    """List the groups of the office with the number of their positions (`position_count`)."""
    standing = Count("positions", filter=Q(positions__taken_back_at__isnull=True))
    return visible_groups(actor).annotate(position_count=standing).order_by("place", "name", "pk")


def list_positions(actor: Actor, day: date) -> QuerySet[Position]:
    """List positions with their holders on a day (`holders_now`, empty: ว่าง) and `duty_count`."""
    holders = PositionHolder.objects.select_related("posting__user").filter(
        posting__in=Posting.objects.on(day), posting__user__is_active=True
    )
    duties = Count(
        "assignments", filter=Q(assignments__taken_back_at__isnull=True), distinct=True
    )
    return (
        visible_positions(actor)
        .select_related("unit", "group")
        .annotate(duty_count=duties)
        .annotate(is_held=Exists(holders.filter(position=OuterRef("pk"))))
        .prefetch_related(Prefetch("holders", holders, to_attr="holders_now"))
        .order_by("group__place", "title", "number", "pk")
    )


def list_duties(actor: Actor, day: date) -> QuerySet[Assignment]:
    """List duties with position, its holders on a day, and school."""
    holders = PositionHolder.objects.select_related("posting__user").filter(
        posting__in=Posting.objects.on(day)
    )
    return (
        visible_duties(actor)
        .select_related("position", "school__unit")
        .prefetch_related(Prefetch("position__holders", holders, to_attr="holders_now"))
        .order_by("school__unit__name_key", "pk")
    )


def supervisors_of(school: School, day: date) -> list[str]:
    """Return who is ศึกษานิเทศก์ประจำโรงเรียน on a day by name; the position's title where it is vacant."""
    rows = Assignment.objects.filter(
        school=school, kind=Assignment.Kind.SCHOOL_SUPERVISOR, taken_back_at__isnull=True
    ).select_related("position")
    duties = [one for one in rows if one.holds_on(day)]
    holders = PositionHolder.objects.filter(
        position__in=[one.position_id for one in duties], posting__in=Posting.objects.on(day)
    ).select_related("posting__user")
    names = {one.position_id: str(one.posting.user) for one in holders}
    return [names.get(one.position_id, str(one.position)) for one in duties]


def list_bodies(actor: Actor, *, boards: bool = False) -> QuerySet[Committee]:
    """List committees, or boards of schools, with the number of their seats (`seat_count`), the newest first."""
    rows = visible_bodies(actor).select_related("school__unit")
    rows = rows.filter(kind=Committee.Kind.SCHOOL_BOARD) if boards else rows.exclude(kind=Committee.Kind.SCHOOL_BOARD)
    seats = Count("members", filter=Q(members__taken_back_at__isnull=True))
    return rows.annotate(seat_count=seats).order_by("-starts_on", "name", "pk")


def find_body(actor: Actor, committee_id: int) -> Committee | None:
    """Return a committee or board."""
    return visible_bodies(actor).select_related("school__unit").filter(pk=committee_id).first()


def members_of(actor: Actor, committee: Committee) -> QuerySet[CommitteeMember]:
    """List the seats of a committee in the order of the official list."""
    return visible_members(actor).filter(committee=committee).order_by("seat", "position", "pk")


def list_experts(actor: Actor, *, words: str = "") -> QuerySet[Expert]:
    """List outside experts by field."""
    rows = visible_experts(actor).order_by("field", "title", "pk")
    if not words:
        return rows
    return rows.filter(
        Q(field__icontains=words)
        | Q(title__icontains=words)
        | Q(holder_name__icontains=words)
        | Q(workplace__icontains=words)
    )


def positions_of(user: User, office_id: int | None, day: date) -> list[Position]:
    """Return the positions that a person fills in an office on a day."""
    rows: Iterable[PositionHolder] = PositionHolder.objects.filter(
        office_id=office_id, posting__user=user, posting__in=Posting.objects.on(day)
    ).select_related("position__unit")
    return [row.position for row in rows]


def list_handovers(actor: Actor, user: User) -> QuerySet[Handover]:
    """List the handovers of a person, the newest first."""
    return visible_handovers(actor).select_related("person", "successor").filter(person=user).order_by("-pk")
