"""Who may read, make and close commitments, with the reason."""

from django.db.models import Q, QuerySet

from nithet.domain.commitments.models import Commitment
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny

WRITERS = (*RECORD_WRITERS, Role.COMMUNICATIONS_OFFICER)
ASSIGNERS = (Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.GROUP_HEAD, Role.PLANNER)


def visible_to(actor: Actor) -> QuerySet[Commitment]:
    """Return the commitments an actor may read, those taken back included: the office's staff all, others their own."""
    rows = Commitment.objects.filter(office_id=actor.office_id)
    if actor.is_system or actor.holds(*OFFICE_STAFF):
        return rows
    if actor.user_id is None:
        return rows.none()
    return rows.filter(Q(owner_user_id=actor.user_id))


def may_see(actor: Actor, commitment: Commitment) -> Verdict:
    """Say whether an actor may read a commitment."""
    if _is_owner(actor, commitment):
        return allow("This is yours to do.")
    return by_role_over(actor, commitment, *OFFICE_STAFF)


def _is_owner(actor: Actor, commitment: Commitment) -> bool:
    return (
        actor.user_id is not None
        and commitment.owner_user_id == actor.user_id
        and commitment.office_id == actor.office_id
    )


@policy("commitment.make")
def may_make(actor: Actor, target: object) -> Verdict:
    """Whoever does the work of the office notes what will be done."""
    return by_role(actor, *WRITERS)


@policy("commitment.edit")
@policy("commitment.drop")
@policy("commitment.close")
@policy("commitment.reopen")
def may_change(actor: Actor, commitment: Commitment) -> Verdict:
    """Whoever does the work of the office, and whose it is to do."""
    if not commitment.stands:
        return deny("This was taken back.")
    if _is_owner(actor, commitment):
        return allow("This is yours to do.")
    return by_role_over(actor, commitment, *WRITERS)


@policy("commitment.hand_over")
def may_hand_over(actor: Actor, commitment: Commitment) -> Verdict:
    """Whose it is hands it over; so do leaders, heads of groups and planners."""
    if not commitment.stands:
        return deny("This was taken back.")
    if _is_owner(actor, commitment):
        return allow("This is yours to do.")
    return by_role_over(actor, commitment, *ASSIGNERS)


@policy("commitment.take_back")
def may_take_back(actor: Actor, commitment: Commitment) -> Verdict:
    """Whoever noted it by mistake, and leaders, heads of groups and planners."""
    made_it = actor.user_id is not None and actor.user_id == commitment.made_by_id
    if made_it and commitment.office_id == actor.office_id:
        return allow("You noted this yourself.")
    return by_role_over(actor, commitment, *ASSIGNERS)
