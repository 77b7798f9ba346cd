"""App registration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search (ค้นหา)."""

    name = "nithet.foundation.search"
    label = "search"
