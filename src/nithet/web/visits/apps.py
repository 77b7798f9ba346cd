"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsPagesConfig(AppConfig):
    """Pages of visits."""

    name = "nithet.web.visits"
    label = "web_visits"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("visits", _("Visits to schools"), "visits:visits", "visit", order=40)
