"""`migrate`, which sets an empty database up at once instead of replaying how its tables came about."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from nithet.foundation.database.fresh import create_from_models, is_empty


class Command(migrate.Command):
    """Django's own command; only an empty database that is to come all the way up takes the short way."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Create from the models where there is nothing, then let Django do what is left."""
        connection = connections[options["database"]]
        asks_for_all = not options.get("app_label") and not options.get("fake")
        if asks_for_all and not options.get("plan") and not options.get("check_unapplied"):
            connection.prepare_database()
            if is_empty(connection):
                create_from_models(connection)
        super().handle(*args, **options)
