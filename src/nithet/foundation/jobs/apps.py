"""The Django application of background jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Foundation package ``jobs``."""

    name = "nithet.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Declare the foundation's own recurring jobs."""
        from nithet.foundation.jobs.housekeeping import register_schedules  # noqa: PLC0415

        register_schedules()
