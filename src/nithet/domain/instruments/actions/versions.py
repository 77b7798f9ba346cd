"""Versions are published, followed by others, and dropped while they are drafts."""

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

State = InstrumentVersion.State


@action("instrument.publish", event="instrument.published", on="draft")
def publish_version(*, actor: Actor, draft: InstrumentVersion) -> InstrumentVersion:
    """Publish a draft to those who fill the instrument in; the version before is retired, and what was sent stays."""
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=draft.instrument_id)
    fresh = InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.state != State.DRAFT:
        raise RuleBroken("version.not_draft", "This version was published before.")
    now = clock.now()
    for before in instrument.versions.filter(state=State.PUBLISHED):
        change(before, state=State.RETIRED, retired_at=now)
    change(fresh, state=State.PUBLISHED, published_at=now, published_by=actor.signature)
    change(
        instrument,
        state=Instrument.State.PUBLISHED,
        title=fresh.title,
        version=instrument.version + 1,
    )
    note(form_id=instrument.form_id, version=fresh.version, hash=fresh.hash)
    return fresh


@action("instrument.drop_draft", event="instrument.draft_dropped", on="draft")
def drop_draft(*, actor: Actor, draft: InstrumentVersion) -> Instrument:
    """Drop a draft; an instrument that never had another version goes with it, out of the lists."""
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=draft.instrument_id)
    fresh = InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.state != State.DRAFT:
        raise RuleBroken("version.not_draft", "This version was published before.")
    if fresh.briefings.exists():
        raise RuleBroken(
            "version.briefed",
            "People were briefed on this draft, so it stays. Publish it, or bring another in its place.",
        )
    note(form_id=instrument.form_id, version=fresh.version, hash=fresh.hash)
    about(instrument)
    fresh.delete()
    if not instrument.versions.exists():
        change(
            instrument,
            taken_back_at=clock.now(),
            taken_back_by=actor.signature,
            taken_back_because="",
        )
    return instrument
