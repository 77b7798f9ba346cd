"""The Django application that carries this package's messages."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Foundation package ``files``; it has no tables of its own."""

    name = "nithet.foundation.files"
    label = "files"
