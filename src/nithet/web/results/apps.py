"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class ResultsPagesConfig(AppConfig):
    """Pages of results."""

    name = "nithet.web.results"
    label = "web_results"

    def ready(self) -> None:
        """Stand beside the other pages of supervision."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision", _("Results of forms"), "results:instruments", _reads_results, order=60
        )


def _reads_results(actor: "Actor") -> bool:
    from nithet.domain.instruments.policy import (  # noqa: PLC0415  apps must be loaded
        may_read_results,
        schools_of_results,
    )

    return bool(may_read_results(actor)) or bool(schools_of_results(actor))
