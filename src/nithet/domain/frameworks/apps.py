"""App registration."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Frameworks (มาตรฐานและแบบรายงาน)."""

    name = "nithet.domain.frameworks"
    label = "frameworks"
