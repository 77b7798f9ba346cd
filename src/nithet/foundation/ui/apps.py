"""App registration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layout and components (หน้าจอ)."""

    name = "nithet.foundation.ui"
    label = "ui"
