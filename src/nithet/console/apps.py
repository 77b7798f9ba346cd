"""App registration."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The `nithet` command."""

    name = "nithet.console"
    label = "console"
