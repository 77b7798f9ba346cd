"""A new, empty database gets its tables from the models at once; one that has any table goes the way of the migrations.

Migrations tell how a table came about, step by step, and replaying them takes most of the time in which a new installation (and
every test database) is set up. The outcome is the same, which a test compares on both databases.
"""

from typing import cast

from django.apps import apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps

OURS = "nithet."


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a database has no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def create_from_models(connection: BaseDatabaseWrapper) -> None:
    """Create every table of an empty database, run what migrations do beside tables, and note all of them as applied.

    Only steps that cannot be left out are run (triggers, indexes that models cannot say); those marked `elidable` mend rows of
    older versions, and there are none. Steps of other packages mend rows too.
    """
    loader = MigrationLoader(connection)
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=False):
            if model._meta.app_label in loader.migrated_apps and model._meta.can_migrate(
                connection
            ):
                editor.create_model(model)
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        if not migration.__module__.startswith(OURS):
            continue
        for operation in migration.operations:
            if isinstance(operation, migrations.RunPython) and not operation.elidable:
                with connection.schema_editor() as editor:
                    # The models as they are stand in for those of history, which a fresh database never had.
                    operation.code(cast(StateApps, apps), editor)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        [recorder.Migration(app=app, name=name) for app, name in loader.graph.nodes]
    )
