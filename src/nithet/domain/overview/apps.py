"""App registration."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """Overview (ภาพรวม)."""

    name = "nithet.domain.overview"
    label = "overview"
