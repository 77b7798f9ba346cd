"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home."""

    name = "nithet.web.home"
    label = "web_home"

    def ready(self) -> None:
        """Stand first in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("home", _("Home"), "home:home", "home", order=10)
