"""Who may read and write schools and networks, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy.readers import READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow


@policy("school.register")
def may_register_school(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of schools."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("network.create")
def may_create_network(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of networks."""
    return by_role(actor, Role.ADMINISTRATOR)


def may_see(actor: Actor, school: School) -> Verdict:
    """Say whether an actor may read a school's page."""
    if school.office_id == actor.office_id and school.unit_id in actor.school_ids:
        return allow("This is your own school.")
    return by_role_over(actor, school, *READERS)


def visible_to(actor: Actor) -> QuerySet[School]:
    """Return the schools that an actor may read: a school's own people see theirs, most others all."""
    schools = School.objects.filter(office_id=actor.office_id)
    return schools if by_role(actor, *READERS) else schools.filter(unit__in=actor.school_ids)


def may_see_network(actor: Actor, network: Network) -> Verdict:
    """Say whether an actor may read a network's entry."""
    return by_role_over(actor, network, *READERS)


def visible_networks(actor: Actor) -> QuerySet[Network]:
    """Return the networks that an actor may read."""
    networks = Network.objects.filter(office_id=actor.office_id)
    return networks if by_role(actor, *READERS) else networks.none()
