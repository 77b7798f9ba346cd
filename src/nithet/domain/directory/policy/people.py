"""Who may read and keep the office's people and bodies, with the reason."""

from django.db.models import Q, QuerySet

from nithet.domain.directory.policy.readers import READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Invitation, Posting, Power
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, deny
from nithet.foundation.accounts.models import User

LOOKING_AFTER = (Role.ADMINISTRATOR, Role.DIRECTOR)
"""Who sees the list of accounts; the director for the sake of powers and handovers."""
KEEPERS = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.GROUP_HEAD)
"""Who enters groups, positions, duties, committees, boards and experts."""


def may_see_people(actor: Actor) -> Verdict:
    """Say whether an actor may read the list of the office's accounts."""
    return by_role(actor, *LOOKING_AFTER)


def of_office(office_id: int | None) -> Q:
    """Pick what points at a unit of an office (`unit`), the office itself included."""
    return Q(unit_id=office_id) | Q(unit__office_id=office_id)


def visible_postings(actor: Actor) -> QuerySet[Posting]:
    """Return the postings in the actor's office; none of them for those who may not see accounts."""
    rows = Posting.objects.filter(of_office(actor.office_id))
    return rows if may_see_people(actor) else rows.none()


def visible_powers(actor: Actor) -> QuerySet[Power]:
    """Return the powers in the actor's office."""
    rows = Power.objects.filter(of_office(actor.office_id))
    return rows if may_see_people(actor) else rows.none()


def visible_people(actor: Actor) -> QuerySet[User]:
    """Return the people who hold, held or will hold a role in the actor's office."""
    if not may_see_people(actor):
        return User.objects.none()
    posted = Posting.objects.filter(of_office(actor.office_id)).values("user")
    empowered = Power.objects.filter(of_office(actor.office_id)).values("user")
    return User.objects.filter(Q(pk__in=posted) | Q(pk__in=empowered))


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations of the actor's office."""
    rows = Invitation.objects.filter(office_id=actor.office_id)
    return rows if by_role(actor, Role.ADMINISTRATOR) else rows.none()


def may_read_bodies(actor: Actor) -> Verdict:
    """Say whether an actor may read groups, committees, duties and experts."""
    return by_role(actor, *READERS)


def may_keep_bodies(actor: Actor, target: object) -> Verdict:
    """The administrator, the leaders and heads of groups enter them; a record of another office is out of reach."""
    office_id = getattr(target, "office_id", actor.office_id)
    if office_id != actor.office_id:
        return deny("This record belongs to another office.")
    return by_role(actor, *KEEPERS)
