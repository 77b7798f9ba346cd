"""Who may read and write schools and networks, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy.readers import READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow
from nithet.foundation.tenancy.models import OfficeOwned


@policy("school.register")
def may_register_school(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of schools."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("schools.import")
@policy("test_result.record_many")
@policy("size_scheme.choose")
@policy("population.declare")
@policy("school_list.bring")
def may_keep_schools(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans, visits and evidence keeps the facts of schools too, and so does the administrator."""
    return by_role(actor, *RECORD_WRITERS, Role.ADMINISTRATOR)


@policy("school.set_codes")
@policy("network.set_chair")
@policy("network.take_back_chair")
@policy("census.record")
@policy("census.edit")
@policy("census.take_back")
@policy("test_result.record")
@policy("test_result.edit")
@policy("test_result.take_back")
@policy("joint_learning.arrange")
@policy("joint_learning.edit")
@policy("joint_learning.take_back")
@policy("legal_act.record")
@policy("legal_act.edit")
@policy("legal_act.take_back")
@policy("population.take_back")
@policy("school_list.match")
@policy("school_list.take_over")
@policy("school_list.drop")
def may_keep(actor: Actor, record: OfficeOwned) -> Verdict:
    """The same people, for a record of their own office."""
    return by_role_over(actor, record, *RECORD_WRITERS, Role.ADMINISTRATOR)


@policy("school.edit")
def may_edit_school(actor: Actor, school: School) -> Verdict:
    """The office's writers change every fact; a school's head and clerk say how their own school is reached."""
    if is_own_school(actor, school):
        return allow("A school says itself how it is reached.")
    return may_keep(actor, school)


def is_own_school(actor: Actor, school: School) -> bool:
    """Say whether the actor heads this school or keeps its office."""
    holds = actor.holds(Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, unit_id=school.unit_id)
    return school.office_id == actor.office_id and holds


@policy("network.create")
def may_create_network(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of networks."""
    return by_role(actor, Role.ADMINISTRATOR)


def may_see(actor: Actor, school: School) -> Verdict:
    """Say whether an actor may read a school's page."""
    if school.office_id == actor.office_id and school.unit_id in actor.school_ids:
        return allow("This is your own school.")
    return by_role_over(actor, school, *READERS)


def may_see_whole(actor: Actor) -> Verdict:
    """Say whether an actor reads the whole directory, and not their own school alone."""
    return by_role(actor, *READERS)


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
