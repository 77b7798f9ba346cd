"""Every write of this package."""

from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError

from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.indexing import rebuild_office
from nithet.foundation.audit.chain import link_new_events
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.search.models import SearchCursor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer import policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.transfer.container import Container, opened
from nithet.foundation.transfer.models import OfficeExport, Opening
from nithet.foundation.transfer.opening import (
    Opened,
    Opener,
    faulty,
    keep_files,
    look_over,
    opening_of,
)
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid

GIVEN_UP_AFTER = timedelta(hours=6)
GIVEN_UP = msgid("The work was broken off. Ask for the file again.")


def open_office(path: Path) -> Opened:
    """Open the file of a whole office in this installation: all of it, or nothing.

    Every account is new, keeps its user name where that is free, and nobody can sign in until they are invited. Raises
    `BadInput` for what is no such file or is of another version, `RuleBroken` for a damaged one, for an office that is here
    already, and where a record of it is.
    """
    # Whatever office the caller works in, this belongs to none of those that are here.
    with opened(path) as box, scope(None):
        look_over(box)
        _refuse_known_history(box)
        files = keep_files(box)
        try:
            result = write_opened(actor=system_actor("office.open"), box=box)
        except IntegrityError as error:
            # Both databases name the kind of constraint; any other is a fault of the file.
            if "unique" in str(error).lower():
                raise _is_here(str(box.manifest["office"]["name"])) from error
            raise faulty(path.name) from error
    result.files, result.missing = files, tuple(box.manifest.get("missing", ()))
    return result


def _refuse_known_history(box: Container) -> None:
    opener = Opener(box)
    first = next(iter(opener.history()), None)
    if first is not None and AuditEvent.objects.filter(uid=first["uid"]).exists():
        raise _is_here(str(box.manifest["office"]["name"]))


def _is_here(name: str) -> RuleBroken:
    return RuleBroken(
        "transfer.records_are_here",
        "Records of “%(name)s” are in this installation already, under this name or another. An office is opened only once in an installation. Nothing was changed.",
        field="file",
        name=name,
    )


@action("office.open", event="office.opened")
def write_opened(*, actor: Actor, box: Container) -> Opened:
    """Write everything that a file holds; see `open_office`."""
    opener = Opener(box)
    office_id = opener.prepare()
    with scope(office_id):
        opener.write()
        opening = opening_of(box, office_id)
        opening.save()
        opener.write_history(opening)
        note_opening(actor=system_actor("office.open", office_id), opening=opening)
        # The search is made of the records themselves, so what happened there is not read for it event by event.
        places = link_new_events(office_id, whole=True)
        SearchCursor.objects.create(office_id=office_id, next_place=places)
        enqueue(rebuild_office, office_id, office_id=office_id, unique_key=f"search:{office_id}")
    about(Unit.objects.get(pk=office_id))
    note(file=box.digest, rows=sum(opener.result.rows.values()))
    return opener.result


@action("office.note_opening", event="office.brought_here", on="opening")
def note_opening(*, actor: Actor, opening: Opening) -> Opening:
    """Note in the office's own history where it comes from and where its history stood there."""
    note(
        file=opening.file_digest,
        made_at=opening.made_at,
        product=opening.product,
        chain_length=opening.chain_length,
        chain_digest=opening.chain_digest,
    )
    return opening


@action("office.ask_export", event="office.export_asked")
def ask_export(*, actor: Actor) -> OfficeExport:
    """Have the whole office written into one file, in the background. Raises `Conflict` while one is being made."""
    from nithet.foundation.transfer.jobs import make_export  # noqa: PLC0415  the job finishes by an action of this module

    office = Unit.objects.select_for_update().get(pk=actor.writes_in)
    waiting = OfficeExport.objects.filter(state=OfficeExport.State.WAITING)
    for given_up in waiting.filter(asked_at__lt=clock.now() - GIVEN_UP_AFTER):
        fail_export(actor=system_actor("office.export", office.pk), export=given_up, why=GIVEN_UP)
    if OfficeExport.objects.filter(state=OfficeExport.State.WAITING).exists():
        raise Conflict(
            "transfer.being_made",
            "The file is being made already. Look at this page again in a while.",
        )
    now = clock.now()
    made = OfficeExport.objects.create(
        office=office,
        asked_at=now,
        asked_by=actor.signature,
        asked_by_id=actor.user_id,
        file_name=f"nithet-office-{clock.day_of(now):%Y%m%d}.zip",
    )
    enqueue(make_export, made.pk, office_id=office.pk, unique_key=f"transfer:{made.pk}")
    return made


@action("office.finish_export", event="office.export_made", on="export")
def finish_export(
    *, actor: Actor, export: OfficeExport, sha256: str, size: int, missing: int
) -> OfficeExport:
    """Say that the file is ready."""
    change(
        export,
        state=OfficeExport.State.READY,
        ready_at=clock.now(),
        sha256=sha256,
        size=size,
        missing=missing,
    )
    return export


@action("office.fail_export", event="office.export_failed", on="export")
def fail_export(*, actor: Actor, export: OfficeExport, why: str) -> OfficeExport:
    """Say that the file could not be made, and why, in words for a person."""
    change(export, state=OfficeExport.State.FAILED, why=why[:500])
    return export


@action("office.take_export", event="office.export_taken", on="export")
def take_export(*, actor: Actor, export: OfficeExport) -> OfficeExport:
    """Note that somebody takes the file away; what it holds leaves the house with it."""
    note(sha256=export.sha256, size=export.size)
    return export
