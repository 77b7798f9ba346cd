"""App registration."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Transfer (การย้ายข้อมูลทั้งสำนักงาน)."""

    name = "nithet.foundation.transfer"
    label = "transfer"

    def ready(self) -> None:
        """Make events, policies, the foundation's own references and the clearing of old files known."""
        from nithet.foundation.audit.events import register  # noqa: PLC0415  apps must be loaded
        from nithet.foundation.transfer import events, jobs, own, policy  # noqa: F401, PLC0415

        register(events.EVENTS)
        own.declare_references()
        jobs.register_schedules()
