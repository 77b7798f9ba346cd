"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersPagesConfig(AppConfig):
    """Pages of papers."""

    name = "nithet.web.papers"
    label = "web_papers"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("papers", _("Papers"), "papers:papers", "file", _is_of_staff, order=55)


def _is_of_staff(actor: object) -> bool:
    return bool(getattr(actor, "is_of_staff", False))
