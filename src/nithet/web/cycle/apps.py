"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class CyclePagesConfig(AppConfig):
    """Pages of the supervision cycle."""

    name = "nithet.web.cycle"
    label = "web_cycle"

    def ready(self) -> None:
        """Stand among the tabs of supervision."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision", _("System of supervision"), "cycle:cycle", _is_of_staff, order=70
        )


def _is_of_staff(actor: "Actor") -> bool:
    return actor.is_of_staff
