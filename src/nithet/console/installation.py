"""Setting an installation up: folder, key, tables, shipped editions. Safe to repeat."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.queries import shipped_editions
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.foundation.access.actors import system_actor
from nithet.foundation.database.data_folder import writer_lock
from nithet.foundation.database.safety import find_dangers, is_safe
from nithet.foundation.database.secret_key import prepare
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import Busy


def set_up(*, doing: str) -> None:
    """Bring the data folder up to this version. Raises Busy where a server works with it or it is not safe."""
    prepare(settings.NITHET_DATA)
    with writer_lock(settings.NITHET_DATA, doing=doing):
        refuse_danger()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        set_up_editions()
        set_up_forms()


def set_up_editions() -> None:
    """Bring the shipped editions in; those that are there already stay."""
    with scope(None):
        for text in shipped_editions():
            add_edition(actor=system_actor("setup"), text=text)


def set_up_forms() -> None:
    """Publish the standard forms of visits in every office that does not have them; an office's own wording stays."""
    with scope(None):
        offices = list(Unit.objects.filter(kind=Unit.Kind.OFFICE).values_list("pk", flat=True))
    for office_id in offices:
        with scope(office_id):
            ensure_standard_forms(actor=system_actor("setup", office_id))


def refuse_danger() -> None:
    """Raise Busy with the first thing that makes it unsafe to start."""
    findings = find_dangers(connection, settings.NITHET_DATA)
    if not is_safe(findings):
        worst = findings[0]
        raise Busy(worst.code, worst.message, **worst.params)
