"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeoplePagesConfig(AppConfig):
    """Pages of people."""

    name = "nithet.web.people"
    label = "web_people"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "people", _("People and committees"), "people:positions", "people", _is_of_office, order=70
        )


def _is_of_office(actor: object) -> bool:
    return bool(getattr(actor, "is_of_office", False))
