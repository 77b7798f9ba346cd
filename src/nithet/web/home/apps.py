"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home."""

    name = "nithet.web.home"
    label = "web_home"

    def ready(self) -> None:
        """Stand first in the menu, and say what waits for people."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded
        from nithet.web.home import waiting  # noqa: PLC0415

        waiting.register_all()
        navigation.register("home", _("Home"), "home:home", "home", order=10)
