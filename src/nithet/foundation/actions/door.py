"""The door itself.

    @action("visit.close", event="visit.closed", on="visit")
    def close_visit(*, actor: Actor, visit: Visit) -> Visit: ...

A nested action (of the same or a lower package) joins the open transaction under the outer permission, and its event names
the outer event as its cause.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from nithet.foundation.access import policies
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.verdicts import deny
from nithet.foundation.actions import follow_ups
from nithet.foundation.actions.errors import Refused, SpeakerWanted
from nithet.foundation.audit import writing

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What is known of an action: its name, its event, and which argument its policy looks at."""

    name: str
    event: str
    on: str | None
    function: str


_actions: dict[str, ActionSpec] = {}
_open: ContextVar[writing.Draft | None] = ContextVar("nithet_open_action", default=None)


def action_specs() -> dict[str, ActionSpec]:
    """Return every action of the product by name."""
    return dict(_actions)


def open_draft() -> writing.Draft:
    """Return the event of the action that runs just now; raises outside of one."""
    if (draft := _open.get()) is None:
        raise RuntimeError("this may only be called inside an action")
    return draft


def note(**values: object) -> None:
    """Add values to the event of the running action; what JSON or a digest cannot hold is kept as its text."""
    open_draft().after.update({name: plain(value) for name, value in values.items()})


def nothing_changed() -> None:
    """Say that the running action found everything as it was asked for: it writes nothing, so no event either.

    Where an action inside it wrote something after all, the event stays: it is named as the cause.
    """
    open_draft().is_silent = True


def about(record: models.Model) -> None:
    """Say which record the running action is about, where it is not the action's `on` or its result."""
    draft = open_draft()
    draft.target_kind, draft.target_id = kind_of(record), str(record.pk)
    draft.target_title = str(record)


def change(record: models.Model, **new: Any) -> bool:
    """Set fields of a record, save them, and keep old and new values in the event; say whether anything changed."""
    draft = open_draft()
    changed = [name for name, value in new.items() if getattr(record, name) != value]
    for name in changed:
        draft.before[name] = plain(getattr(record, name))
        setattr(record, name, new[name])
        draft.after[name] = plain(new[name])
    if changed:
        record.save(update_fields=changed)
    return bool(changed)


def plain(value: object) -> object:
    """Return a value as JSON and a digest can hold it: records by their id, all else (floats too) by its text."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return str(value)


def kind_of(record: models.Model) -> str:
    """Return the kind of a record as references write it: "plans.project"."""
    return record._meta.label_lower


def action(name: str, *, event: str, on: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function `(*, actor, ...)` an action of the product.

    `on` names the argument that the policy judges; None asks about the office as a whole.
    Raises `Refused` where the policy says no; whatever the function raises undoes everything.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if name in _actions:
            raise ValueError(f"the action {name!r} is defined twice")
        _actions[name] = ActionSpec(name, event, on, f"{function.__module__}.{function.__qualname__}")

        @wraps(function)
        def pass_through(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__qualname__} takes keyword arguments only")
            actor = kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError("an action needs an Actor")
            target = kwargs[on] if on else None
            outer = _open.get()
            draft = writing.Draft(event, cause=outer.uid if outer else None)
            if outer is None:
                _ask(name, actor, target)
            return _run(function, draft, actor, target, kwargs)

        return pass_through

    return decorate


def _ask(name: str, actor: Actor, target: object) -> None:
    if actor.is_desk and not actor.speaker:
        raise SpeakerWanted(name, deny("Say who you are at this desk first; records name the person as well."))
    if not (verdict := policies.ask(name, actor, target)):
        raise Refused(name, verdict)


def _run(
    function: Callable[..., R],
    draft: writing.Draft,
    actor: Actor,
    target: object,
    kwargs: Any,
) -> R:
    outer = _open.get()
    token = _open.set(draft)
    try:
        with transaction.atomic(durable=outer is None):
            result = function(**kwargs)
            if draft.is_silent and not draft.has_caused:
                return result
            _aim(draft, result if isinstance(result, models.Model) else None, target)
            writing.append(
                draft,
                writing.Signature(actor.office_id, actor.user_id, actor.signature, actor.speaker),
            )
            if outer is None:
                follow_ups.queue_all(actor.office_id)
            else:
                outer.has_caused = True
            return result
    finally:
        _open.reset(token)


def _aim(draft: writing.Draft, result: models.Model | None, target: object) -> None:
    """Name the record of the event: what the action said, else its result, else its target."""
    if draft.target_kind:
        return
    record = result if result is not None else target
    if isinstance(record, models.Model):
        draft.target_kind, draft.target_id = kind_of(record), str(record.pk)
        draft.target_title = str(record)
