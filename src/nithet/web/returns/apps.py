"""App registration."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Pages: returns."""

    name = "nithet.web.returns"
    label = "web_returns"
