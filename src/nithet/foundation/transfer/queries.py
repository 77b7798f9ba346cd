"""Reading the files of whole offices."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from nithet.foundation.access.actors import Actor
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.policy import may_export
from nithet.kernel import clock

KEPT_FOR = timedelta(days=1)
"""How long a file lies here: it holds everything, so not longer than it takes to carry it away."""


def folder() -> Path:
    """Return where the files lie. Not among the kept files: no backup holds them."""
    return Path(settings.NITHET_DATA) / "office-exports"


def path_of(export: OfficeExport) -> Path:
    """Return the place of a file."""
    return folder() / f"{export.pk}.zip"


def list_exports(actor: Actor) -> QuerySet[OfficeExport]:
    """List the files that an actor may take, the newest first."""
    rows = OfficeExport.objects.filter(office_id=actor.office_id)
    return rows if may_export(actor, None) else rows.none()


def find_export(actor: Actor, export_id: int) -> OfficeExport | None:
    """Return a file that an actor may take; None where there is none or it is not theirs."""
    return list_exports(actor).filter(pk=export_id).first()


def is_here(export: OfficeExport) -> bool:
    """Say whether the file can be taken now: it is ready, and its day has not passed."""
    if export.state != OfficeExport.State.READY or export.ready_at is None:
        return False
    return clock.now() - export.ready_at < KEPT_FOR and path_of(export).is_file()
