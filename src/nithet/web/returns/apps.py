"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsPagesConfig(AppConfig):
    """Pages of returns."""

    name = "nithet.web.returns"
    label = "web_returns"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "returns", _("Returns"), "returns:returns", "return", _is_of_staff, order=25
        )


def _is_of_staff(actor: object) -> bool:
    return bool(getattr(actor, "is_of_staff", False))
