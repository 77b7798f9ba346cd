"""App registration."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Returns (แบบรายงานผลการดำเนินงาน)."""

    name = "nithet.domain.returns"
    label = "returns"
