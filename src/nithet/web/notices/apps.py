"""App registration."""

from django.apps import AppConfig
from django.http import HttpRequest


class NoticesPagesConfig(AppConfig):
    """The page of notices. The bell stands in the top bar, so there is no entry in the menu."""

    name = "nithet.web.notices"
    label = "web_notices"

    def ready(self) -> None:
        """Count for the bell."""
        from nithet.foundation.ui import bell  # noqa: PLC0415  apps must be loaded

        bell.count_with(_unread)


def _unread(request: HttpRequest) -> int:
    from nithet.foundation.notices.queries import unread_count  # noqa: PLC0415  apps must be loaded

    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None or actor.office_id is None:
        return 0
    return unread_count(actor.user_id)
