"""App registration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages: home."""

    name = "nithet.web.home"
    label = "web_home"
