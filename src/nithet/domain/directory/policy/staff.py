"""Who enters groups, positions, duties, committees, boards and experts, with the reason."""

from typing import Any

from django.db.models import QuerySet

from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.staff import (
    Assignment,
    Expert,
    Handover,
    OfficeGroup,
    Position,
)
from nithet.domain.directory.policy.people import (
    LOOKING_AFTER,
    may_keep_bodies,
    may_read_bodies,
    may_see_people,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.taking_back import shown

for _name in (
    "group.add",
    "group.edit",
    "group.take_back",
    "groups.add_usual",
    "position.add",
    "position.edit",
    "position.take_back",
    "position.fill",
    "duty.assign",
    "duty.assign_schools",
    "duty.edit",
    "duty.take_back",
    "expert.add",
    "expert.edit",
    "expert.take_back",
    "committee.create",
    "committee.edit",
    "committee.take_back",
    "member.seat",
    "member.edit",
    "member.take_back",
):
    policy(_name)(may_keep_bodies)


@policy("work.hand_over")
def may_hand_over(actor: Actor, target: object) -> Verdict:
    """The administrator or the director confirms that work passes to a successor."""
    return by_role(actor, *LOOKING_AFTER)


def _visible(actor: Actor, model: Any) -> "QuerySet[Any]":
    rows = shown(model.objects.filter(office_id=actor.office_id))
    return rows if may_read_bodies(actor) else rows.none()


def visible_groups(actor: Actor) -> "QuerySet[OfficeGroup]":
    """Return the groups that an actor may read."""
    return _visible(actor, OfficeGroup)


def visible_positions(actor: Actor) -> "QuerySet[Position]":
    """Return the positions that an actor may read."""
    return _visible(actor, Position)


def visible_duties(actor: Actor) -> "QuerySet[Assignment]":
    """Return the duties that an actor may read."""
    return _visible(actor, Assignment)


def visible_experts(actor: Actor) -> "QuerySet[Expert]":
    """Return the experts that an actor may read."""
    return _visible(actor, Expert)


def visible_bodies(actor: Actor) -> "QuerySet[Committee]":
    """Return the committees and boards that an actor may read."""
    return _visible(actor, Committee)


def visible_members(actor: Actor) -> "QuerySet[CommitteeMember]":
    """Return the seats of committees that an actor may read."""
    return _visible(actor, CommitteeMember)


def visible_handovers(actor: Actor) -> "QuerySet[Handover]":
    """Return the handovers of the office; they name people's accounts."""
    rows = Handover.objects.filter(office_id=actor.office_id)
    return rows if may_see_people(actor) else rows.none()
