"""What is said of an instrument as a whole: who fills it in, what it serves, and whether it is in use."""

from collections.abc import Sequence
from typing import Any

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, nothing_changed
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

PROJECT = "plans.project"
"""The kind of a reference to a project; the package of plans stands beside this one."""


@action("instrument.edit", event="instrument.edited", on="instrument")
def edit_instrument(
    *,
    actor: Actor,
    instrument: Instrument,
    version: int,
    audience: str | None = None,
    serves: Sequence[str] | None = None,
) -> Instrument:
    """Say who fills an instrument in, and which projects it serves ("plans.project:5"); None leaves it as it is."""
    new: dict[str, Any] = {}
    if audience is not None:
        if audience not in Instrument.Audience.values:
            raise RuleBroken("instrument.audience", "Choose who fills the form.", field="audience")
        new["audience"] = audience
    if serves is not None:
        new["serves"] = _projects(actor, serves)
    fresh = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


def _projects(actor: Actor, serves: Sequence[str]) -> list[str]:
    """Return the references of projects that the actor sees, once each; refuse any other."""
    try:
        refs = [RecordRef.parse(one) for one in dict.fromkeys(serves)]
    except ValueError:
        raise _unknown_project() from None
    if any(ref.kind != PROJECT for ref in refs) or len(resolve(actor, refs)) < len(refs):
        raise _unknown_project()
    return [str(ref) for ref in refs]


def _unknown_project() -> RuleBroken:
    return RuleBroken("instrument.project", "Choose projects of the office.", field="serves")


@action("instrument.retire", event="instrument.retired", on="instrument")
def retire_instrument(*, actor: Actor, instrument: Instrument, version: int) -> Instrument:
    """Put an instrument away: nobody is given it any more, and what was sent stays."""
    fresh = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    refuse_if_changed(fresh, version=version, new={})
    if fresh.state == Instrument.State.RETIRED:
        nothing_changed()
        return fresh
    now = clock.now()
    for one in fresh.versions.filter(state=InstrumentVersion.State.PUBLISHED):
        change(one, state=InstrumentVersion.State.RETIRED, retired_at=now)
    change(fresh, state=Instrument.State.RETIRED, version=version + 1)
    return fresh


@action("instrument.reopen", event="instrument.reopened", on="instrument")
def reopen_instrument(*, actor: Actor, instrument: Instrument, version: int) -> Instrument:
    """Take an instrument that was put away into use again, with the version that was in use last."""
    fresh = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    refuse_if_changed(fresh, version=version, new={})
    last = (
        fresh.versions.filter(state=InstrumentVersion.State.RETIRED)
        .order_by("-retired_at", "-pk")
        .first()
    )
    if fresh.state != Instrument.State.RETIRED or last is None:
        raise RuleBroken("instrument.not_retired", "This form was not put away.")
    change(last, state=InstrumentVersion.State.PUBLISHED, retired_at=None)
    change(fresh, state=Instrument.State.PUBLISHED, version=version + 1)
    return fresh
