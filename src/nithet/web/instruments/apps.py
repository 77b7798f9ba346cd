"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class InstrumentsPagesConfig(AppConfig):
    """Pages of instruments."""

    name = "nithet.web.instruments"
    label = "web_instruments"

    def ready(self) -> None:
        """Stand beside the visits."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision",
            _("Forms of supervision"),
            "instruments:instruments",
            _reads_instruments,
            order=50,
        )


def _reads_instruments(actor: "Actor") -> bool:
    from nithet.domain.instruments.policy import READERS  # noqa: PLC0415  apps must be loaded

    return actor.holds(*READERS)
