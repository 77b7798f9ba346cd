"""Every write about committees, boards of schools and their seats."""

from datetime import date

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.actions.versions import edited
from nithet.domain.directory.models.committees import (
    AREA_COMMITTEES_ENDED,
    Committee,
    CommitteeMember,
)
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy import staff as policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def _days_of(kind: Committee.Kind, starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("committee.dates", "It cannot end before it begins.", field="ends_on")
    too_late = any(day and day > AREA_COMMITTEES_ENDED for day in (starts_on, ends_on))
    if kind == Committee.Kind.AREA and too_late:
        raise RuleBroken(
            "committee.area_ended",
            "Area committees ceased to exist by order 10/2559. Choose the monitoring committee.",
            field="kind",
        )


@action("committee.create", event="committee.created")
def create_committee(
    *,
    actor: Actor,
    kind: Committee.Kind | str,
    name: str,
    order_number: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    school: School | None = None,
) -> Committee:
    """Enter a committee (คณะกรรมการ) or a school's board, or return the one of that kind, name, order and school."""
    tidy, of_kind = named(name), Committee.Kind(kind)
    _days_of(of_kind, starts_on, ends_on)
    if (of_kind == Committee.Kind.SCHOOL_BOARD) != (school is not None):
        raise RuleBroken(
            "committee.school",
            "A school board names its school, and only a board does.",
            field="school",
        )
    office = locked_office(actor)
    same: dict[str, object] = {
        "kind": of_kind,
        "name": tidy,
        "order_number": order_number.strip(),
        "school": school,
        "taken_back_at": None,
    }
    if kept := Committee.objects.filter(**_asked(same)).first():
        nothing_changed()
        return kept
    note(kind=of_kind, name=tidy, order_number=order_number.strip())
    return Committee.objects.create(
        office=office,
        starts_on=starts_on,
        ends_on=ends_on,
        **{name: value for name, value in same.items() if name != "taken_back_at"},
        **made_by(actor),
    )


def _asked(same: dict[str, object]) -> dict[str, object]:
    return {
        (f"{name}__isnull" if value is None else name): (True if value is None else value)
        for name, value in same.items()
    }


@action("committee.edit", event="committee.edited", on="committee")
def edit_committee(
    *,
    actor: Actor,
    committee: Committee,
    version: int,
    name: str,
    order_number: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Committee:
    """Change a committee; a last day ends it. Its kind and school stay."""
    _days_of(Committee.Kind(committee.kind), starts_on, ends_on)
    new = {
        "name": named(name),
        "order_number": order_number.strip(),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(committee, version, new)


@action("committee.take_back", event="committee.taken_back", on="committee")
def take_back_committee(*, actor: Actor, committee: Committee, reason: str = "") -> Committee:
    """Take a committee back that was entered by mistake."""
    take_back(committee, actor=actor, reason=reason)
    return committee


@action("member.seat", event="member.seated", on="committee")
def seat_member(
    *,
    actor: Actor,
    committee: Committee,
    title: str,
    seat: CommitteeMember.Seat | str = CommitteeMember.Seat.MEMBER,
    holder_name: str = "",
    user: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> CommitteeMember:
    """Enter a seat of a committee by its role title; a name where the office wants one."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("committee.dates", "It cannot end before it begins.", field="ends_on")
    note(committee=str(committee))
    return CommitteeMember.objects.create(
        office_id=committee.office_id,
        committee=committee,
        seat=CommitteeMember.Seat(seat),
        title=named(title),
        holder_name=collapse(holder_name),
        user=user,
        position=committee.members.count() + 1,
        starts_on=starts_on,
        ends_on=ends_on,
        **made_by(actor),
    )


@action("member.edit", event="member.edited", on="member")
def edit_member(
    *,
    actor: Actor,
    member: CommitteeMember,
    version: int,
    title: str,
    seat: CommitteeMember.Seat | str,
    holder_name: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> CommitteeMember:
    """Change a seat; a last day ends the membership."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("committee.dates", "It cannot end before it begins.", field="ends_on")
    new = {
        "title": named(title),
        "seat": CommitteeMember.Seat(seat),
        "holder_name": collapse(holder_name),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(member, version, new)


@action("member.take_back", event="member.taken_back", on="member")
def take_back_member(*, actor: Actor, member: CommitteeMember, reason: str = "") -> CommitteeMember:
    """Take a seat back that was entered by mistake."""
    take_back(member, actor=actor, reason=reason)
    return member
