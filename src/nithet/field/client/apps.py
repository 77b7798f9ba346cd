"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class FieldClientConfig(AppConfig):
    """The offline client."""

    name = "nithet.field.client"
    label = "field_client"

    def ready(self) -> None:
        """Stand beside the pages of visits."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register_tab(
            "supervision",
            _("In schools, without a network"),
            "field:shell",
            _fills_forms,
            order=95,
            keeps_year=False,  # the page without a network is kept by its bare address
        )


def _fills_forms(actor: "Actor") -> bool:
    from nithet.domain.instruments.policy import audiences_of  # noqa: PLC0415  apps must be loaded

    return bool(audiences_of(actor))
