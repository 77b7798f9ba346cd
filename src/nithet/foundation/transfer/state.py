"""Which version of the tables an installation has, and whether a file fits it."""

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from nithet.kernel.errors import BadInput

State = dict[str, list[str]]


def migration_state() -> State:
    """Return the migrations that were applied, by package of the product."""
    own = {one.label for one in apps.get_app_configs() if one.name.startswith("nithet.")}
    found: State = {}
    for label, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if label in own:
            found.setdefault(label, []).append(name)
    return found


def refuse_other_version(theirs: State, product: str, ours: State | None = None) -> None:
    """Raise `BadInput` where a file was written with other tables than this installation has, saying what to do."""
    here = migration_state() if ours is None else ours
    more = {(app, name) for app, names in theirs.items() for name in names}
    less = {(app, name) for app, names in here.items() for name in names}
    if more == less:
        return
    if less < more:
        raise BadInput(
            "transfer.newer",
            "The file was written by a newer Nithet (%(product)s). Bring this installation to that version, then open it again.",
            field="file",
            product=product,
        )
    if more < less:
        raise BadInput(
            "transfer.older",
            "The file was written by an older Nithet (%(product)s). Bring that installation to this version, export the office once more, and open the new file.",
            field="file",
            product=product,
        )
    raise BadInput(
        "transfer.other",
        "The file was written by another edition of Nithet (%(product)s): each has what the other has not. Bring both to the same version, then export once more.",
        field="file",
        product=product,
    )
