"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class StudiesPagesConfig(AppConfig):
    """Pages of studies and of one's own work."""

    name = "nithet.web.studies"
    label = "web_studies"

    def ready(self) -> None:
        """Stand beside the other pages of supervision."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision", _("Studies and my work"), "studies:studies", _reads_studies, order=70
        )


def _reads_studies(actor: "Actor") -> bool:
    from nithet.domain.supervision.study_policy import (  # noqa: PLC0415  apps must be loaded
        may_read_studies,
    )

    return bool(may_read_studies(actor))
