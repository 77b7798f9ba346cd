"""App registration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Pages: rounds."""

    name = "nithet.web.rounds"
    label = "web_rounds"
