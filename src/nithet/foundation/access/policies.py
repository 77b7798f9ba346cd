"""The table of policies: action name -> the question `may_*` that answers it with a reason."""

from collections.abc import Callable
from typing import Any

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.tenancy.models import OfficeOwned

Policy = Callable[[Actor, Any], Verdict]
_policies: dict[str, Policy] = {}


def policy(name: str) -> Callable[[Policy], Policy]:
    """Register a `may_*` question as the policy of an action."""

    def register(question: Policy) -> Policy:
        if name in _policies:
            raise ValueError(f"the action {name!r} has two policies")
        _policies[name] = question
        return question

    return register


def policy_names() -> frozenset[str]:
    """Return every action that has a policy."""
    return frozenset(_policies)


def ask(name: str, actor: Actor, target: object) -> Verdict:
    """Ask whether an actor may do an action to a target; an action without a policy is a fault, never a yes."""
    if (question := _policies.get(name)) is None:
        raise LookupError(f"the action {name!r} has no policy")
    return question(actor, target)


def by_role(actor: Actor, *roles: Role, record: str = "") -> Verdict:
    """Answer the commonest question: one of the roles is held in this office, or the system acts for it.

    `record` ("kind:id") lets a role that is limited to this one record count as well.
    """
    if actor.is_system:
        return allow("The system does this on the office's behalf.")
    if actor.office_id is None:
        return deny("You hold no position in any office.")
    if actor.holds(*roles, record=record):
        return allow("Your position includes this work.")
    if actor.limited_to:
        return deny("You were invited to one record only, and this is not it.")
    names = ", ".join(dict.fromkeys(str(role.label) for role in roles))
    return deny("This work belongs to: %(roles)s.", roles=names)


def by_role_over(actor: Actor, record: OfficeOwned, *roles: Role) -> Verdict:
    """Answer about one record: it belongs to the office in which the role is held."""
    if record.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    return by_role(actor, *roles, record=f"{record._meta.label_lower}:{record.pk}")
