"""The Django application that carries this package's messages."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Foundation package ``database``; it has no tables of its own."""

    name = "nithet.foundation.database"
    label = "database"
