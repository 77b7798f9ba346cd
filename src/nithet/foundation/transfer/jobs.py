"""Writing the file of an office in the background, and clearing it away after a day."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from nithet.foundation.access.actors import system_actor
from nithet.foundation.jobs.rules import Every
from nithet.foundation.jobs.schedules import register
from nithet.foundation.transfer.actions import fail_export, finish_export
from nithet.foundation.transfer.container import CHUNK
from nithet.foundation.transfer.exporting import Written, write_office
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.queries import KEPT_FOR, folder, path_of
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken


@task()
def make_export(export_id: int) -> str:
    """Write the file that was asked for; return its SHA-256, "" where it failed or was made already."""
    export = OfficeExport.objects.get(pk=export_id)
    if export.state != OfficeExport.State.WAITING:
        return ""
    actor = system_actor("office.export", export.office_id)
    place = path_of(export)
    part = place.with_suffix(".part")
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        written = write_file(export.office_id, part)
    except RuleBroken as error:
        part.unlink(missing_ok=True)
        fail_export(actor=actor, export=export, why=str(error))
        return ""
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(place)
    sha256 = digest_of(place)
    finish_export(
        actor=actor,
        export=export,
        sha256=sha256,
        size=place.stat().st_size,
        missing=len(written.missing),
    )
    return sha256


def write_file(office_id: int, place: Path) -> Written:
    """Write an office into a file that only its owner reads."""
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w+b") as out:
        written = write_office(office_id, out)
        out.flush()
        os.fsync(out.fileno())
    return written


def digest_of(place: Path) -> str:
    """Return the SHA-256 of a file."""
    total = hashlib.sha256()
    with place.open("rb") as file:
        while piece := file.read(CHUNK):
            total.update(piece)
    return total.hexdigest()


@task()
def clear_old_exports() -> int:
    """Remove the files that have lain for a day; return how many."""
    removed = 0
    oldest = (clock.now() - KEPT_FOR).timestamp()
    for path in sorted(folder().glob("*")):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def register_schedules() -> None:
    """Look every hour."""
    register("transfer.clear", clear_old_exports, Every(timedelta(hours=1)))
