"""Who may read and write the directory, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models import Committee, Network, School, StatedFigure
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow

READERS = (
    *sorted(OFFICE_STAFF),
    Role.COMMITTEE_MEMBER,
    Role.NETWORK_CHAIR,
    Role.ASSESSOR,
)
"""Those who read the whole directory; a school's own people read their school's page."""
FIGURE_READERS = (*sorted(OFFICE_STAFF), Role.ASSESSOR)


@policy("school.register")
def may_register_school(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of schools."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("network.create")
def may_create_network(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of networks."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("committee.create")
def may_create_committee(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps the list of committees."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("figure.state")
def may_state_figure(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans, visits and evidence keeps figures that documents state."""
    return by_role(actor, *RECORD_WRITERS)


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


def may_see_committee(actor: Actor, committee: Committee) -> Verdict:
    """Say whether an actor may read a committee's entry."""
    return by_role_over(actor, committee, *READERS)


def visible_committees(actor: Actor) -> QuerySet[Committee]:
    """Return the committees that an actor may read."""
    committees = Committee.objects.filter(office_id=actor.office_id)
    return committees if by_role(actor, *READERS) else committees.none()


def may_see_figure(actor: Actor, figure: StatedFigure) -> Verdict:
    """Say whether an actor may read a stated figure."""
    return by_role_over(actor, figure, *FIGURE_READERS)


def visible_figures(actor: Actor) -> QuerySet[StatedFigure]:
    """Return the stated figures that an actor may read."""
    figures = StatedFigure.objects.filter(office_id=actor.office_id)
    return figures if by_role(actor, *FIGURE_READERS) else figures.none()
