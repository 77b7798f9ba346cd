"""App registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The one door (การกระทำ)."""

    name = "nithet.foundation.actions"
    label = "actions"

    def ready(self) -> None:
        """Queue the linking of audit events behind every action; make the foundation's own actions known."""
        from nithet.foundation.actions import follow_ups, indexing, reading_notices, sequencing  # noqa: PLC0415  apps must be loaded
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        register(reading_notices.EVENTS)
        follow_ups.after_every_action(sequencing.queue_linking)
        indexing.register_schedules()
        sequencing.register_schedules()
