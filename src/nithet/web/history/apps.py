"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryPagesConfig(AppConfig):
    """Pages of the history."""

    name = "nithet.web.history"
    label = "web_history"

    def ready(self) -> None:
        """Stand in the menu of those who may read it."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "history", _("History of use"), "history:history", "history", _may_read, order=95
        )


def _may_read(actor: object) -> bool:
    from nithet.foundation.access.actors import Actor  # noqa: PLC0415  apps must be loaded
    from nithet.foundation.actions.reading_history import may_read_history  # noqa: PLC0415

    return isinstance(actor, Actor) and bool(may_read_history(actor))
