"""App registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The one door (การกระทำ)."""

    name = "nithet.foundation.actions"
    label = "actions"
