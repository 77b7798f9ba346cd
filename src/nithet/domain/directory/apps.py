"""App registration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Directory (ทำเนียบ)."""

    name = "nithet.domain.directory"
    label = "directory"
