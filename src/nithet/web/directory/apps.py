"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class DirectoryPagesConfig(AppConfig):
    """Pages of directory."""

    name = "nithet.web.directory"
    label = "web_directory"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "directory", _("Schools"), "directory:schools", "school", _reads_schools, order=60
        )


def _reads_schools(actor: "Actor") -> bool:
    from nithet.domain.directory.policy.schools import may_see_whole  # noqa: PLC0415  apps must be loaded

    return bool(may_see_whole(actor)) or bool(actor.school_ids)
