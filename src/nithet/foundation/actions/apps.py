"""App registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The one door (การกระทำ)."""

    name = "nithet.foundation.actions"
    label = "actions"

    def ready(self) -> None:
        """Queue the linking of audit events behind every action."""
        from nithet.foundation.actions import follow_ups, sequencing  # noqa: PLC0415  apps must be loaded

        follow_ups.after_every_action(sequencing.queue_linking)
