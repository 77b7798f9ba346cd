"""App registration."""

from django.apps import AppConfig


class FieldSyncConfig(AppConfig):
    """What the offline client sends and takes along."""

    name = "nithet.field.sync"
    label = "field_sync"
