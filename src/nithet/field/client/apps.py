"""App registration."""

from django.apps import AppConfig


class FieldClientConfig(AppConfig):
    """The offline client."""

    name = "nithet.field.client"
    label = "field_client"
