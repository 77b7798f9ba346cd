"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryPagesConfig(AppConfig):
    """Pages of directory."""

    name = "nithet.web.directory"
    label = "web_directory"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("directory", _("Schools"), "directory:schools", "school", order=60)
