"""App registration."""

from django.apps import AppConfig


class SearchPagesConfig(AppConfig):
    """The page of results. The box stands in the top bar, so there is no entry in the menu."""

    name = "nithet.web.search"
    label = "web_search"
