"""App registration."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Pages: records."""

    name = "nithet.web.records"
    label = "web_records"
