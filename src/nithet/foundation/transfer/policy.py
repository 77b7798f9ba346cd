"""Who may carry a whole office away, and who may open one."""

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow, deny


def may_export(actor: Actor, target: object) -> Verdict:
    """The office's administrator: the file holds everything of the office."""
    return by_role(actor, Role.ADMINISTRATOR)


policy("office.ask_export")(may_export)


@policy("office.take_export")
def may_take(actor: Actor, target: object) -> Verdict:
    """The office's administrator, and never the file of another office."""
    if getattr(target, "office_id", None) != actor.office_id:
        return deny("This record belongs to another office.")
    return may_export(actor, target)


@policy("office.finish_export")
@policy("office.fail_export")
@policy("office.note_opening")
@policy("office.open")
def only_the_system(actor: Actor, target: object) -> Verdict:
    """Whoever runs the installation, from its own machine."""
    if actor.is_system:
        return allow("The system does this on the office's behalf.")
    return deny("This is done on the installation's own machine, with the command nithet office.")
