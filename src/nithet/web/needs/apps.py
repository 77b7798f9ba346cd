"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class NeedsPagesConfig(AppConfig):
    """Pages of needs."""

    name = "nithet.web.needs"
    label = "web_needs"

    def ready(self) -> None:
        """Stand among the tabs of supervision, and say which surveys wait for a school."""
        from nithet.domain.overview import waiting  # noqa: PLC0415  apps must be loaded
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded
        from nithet.web.needs.school import surveys_waiting  # noqa: PLC0415  apps must be loaded

        navigation.register_tab("supervision", _("Needs"), "needs:needs", _reads, order=15)
        waiting.register(
            "needs.surveys", _("Answer needs surveys"), surveys_waiting, icon="list", order=60
        )


def _reads(actor: "Actor") -> bool:
    return actor.is_of_staff or bool(actor.school_ids)
