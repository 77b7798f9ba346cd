"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.domain.overview.waiting import Waits
    from nithet.foundation.access.actors import Actor


class DevicePagesConfig(AppConfig):
    """Pages of devices and submissions."""

    name = "nithet.web.devices"
    label = "web_devices"

    def ready(self) -> None:
        """Say on the home that filled-in forms wait."""
        from nithet.domain.overview import waiting  # noqa: PLC0415  apps must be loaded

        waiting.register(
            "instruments.submissions",
            _("Check filled-in forms that wait"),
            _waits,
            icon="check",
            order=45,
        )


def _waits(actor: "Actor") -> "Waits | None":
    from django.urls import reverse  # noqa: PLC0415  apps must be loaded

    from nithet.domain.instruments.policy import DECIDERS  # noqa: PLC0415
    from nithet.domain.instruments.queries.submissions import waiting_count  # noqa: PLC0415
    from nithet.domain.overview.waiting import Waits  # noqa: PLC0415

    if not actor.holds(*DECIDERS):
        return None
    count = waiting_count(actor)
    return Waits(count, f"{reverse('devices:submissions')}?state=waiting") if count else None
