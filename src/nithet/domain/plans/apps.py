"""App registration."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans (แผนปฏิบัติการ)."""

    name = "nithet.domain.plans"
    label = "plans"
