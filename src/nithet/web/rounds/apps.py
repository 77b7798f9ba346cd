"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    """Pages of rounds."""

    name = "nithet.web.rounds"
    label = "web_rounds"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "rounds", _("Reporting rounds"), "rounds:rounds", "level", _is_of_staff, order=20
        )


def _is_of_staff(actor: object) -> bool:
    return bool(getattr(actor, "is_of_staff", False))
