"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettingsPagesConfig(AppConfig):
    """Pages of the office's settings."""

    name = "nithet.web.settings"
    label = "web_settings"

    def ready(self) -> None:
        """Stand in the administrator's menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "settings",
            _("Settings of the office"),
            "settings:office",
            "settings",
            _administers,
            order=95,
        )


def _administers(actor: object) -> bool:
    from nithet.foundation.access.roles import Role  # noqa: PLC0415  apps must be loaded

    holds = getattr(actor, "holds", None)
    return bool(holds and holds(Role.ADMINISTRATOR))
