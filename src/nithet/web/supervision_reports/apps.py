"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class SupervisionReportsPagesConfig(AppConfig):
    """Pages of the reports on supervision."""

    name = "nithet.web.supervision_reports"
    label = "web_supervision_reports"

    def ready(self) -> None:
        """Stand beside the other pages of supervision."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision", _("Reports"), "supervision_reports:reports", _reads, order=80
        )


def _reads(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import READERS  # noqa: PLC0415  apps must be loaded

    return actor.holds(*READERS)
