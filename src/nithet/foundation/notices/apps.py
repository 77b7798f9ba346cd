"""App registration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices (การแจ้งเตือน)."""

    name = "nithet.foundation.notices"
    label = "notices"
