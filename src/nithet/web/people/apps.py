"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class PeoplePagesConfig(AppConfig):
    """Pages of people."""

    name = "nithet.web.people"
    label = "web_people"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "people",
            _("People and committees"),
            "people:positions",
            "people",
            _reads_bodies,
            order=70,
        )


def _reads_bodies(actor: "Actor") -> bool:
    from nithet.domain.directory.policy.people import may_read_bodies  # noqa: PLC0415  apps must be loaded

    return bool(may_read_bodies(actor))
