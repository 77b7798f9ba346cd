"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class VisitsPagesConfig(AppConfig):
    """Pages of visits."""

    name = "nithet.web.visits"
    label = "web_visits"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded
        from nithet.web.visits import waiting  # noqa: PLC0415

        navigation.register(
            "visits", _("Supervision"), "visits:visits", "visit", _reads_visits, order=40
        )
        navigation.register_tab(
            "supervision", _("Visits"), "visits:visits", _reads_visits, order=10
        )
        navigation.register_tab(
            "supervision", _("Agreements"), "visits:agreements", _reads_visits, order=12
        )
        waiting.register_all()


def _reads_visits(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import READERS  # noqa: PLC0415  apps must be loaded

    return actor.holds(*READERS) or bool(actor.school_ids)
