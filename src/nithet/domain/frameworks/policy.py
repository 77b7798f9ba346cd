"""Who may add and freeze editions, with the reason. Reading them is open to everybody who works in an office."""

from django.db.models import QuerySet

from nithet.domain.frameworks.models import Edition
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow, deny


@policy("edition.add")
def may_add_edition(actor: Actor, target: object) -> Verdict:
    """Administrators add editions; every office of the installation may then use them."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("edition.freeze")
def may_freeze_edition(actor: Actor, edition: Edition) -> Verdict:
    """Whoever may open a round freezes the edition that it uses."""
    return by_role(
        actor,
        Role.PLANNER,
        Role.GROUP_HEAD,
        Role.DEPUTY_DIRECTOR,
        Role.DIRECTOR,
        Role.ADMINISTRATOR,
    )


def may_see(actor: Actor, edition: Edition) -> Verdict:
    """Say whether an actor may read an edition: it is a public form, so everybody with a position may."""
    if actor.is_system:
        return allow("The system does this on the office's behalf.")
    if actor.office_id is None:
        return deny("You hold no position in any office.")
    return allow("Editions are open to everybody who works here.")


def visible_to(actor: Actor) -> QuerySet[Edition]:
    """Return the editions that an actor may read."""
    is_here = actor.is_system or actor.office_id is not None
    return Edition.objects.all() if is_here else Edition.objects.none()
