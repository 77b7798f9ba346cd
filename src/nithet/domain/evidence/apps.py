"""App registration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence (เอกสาร/หลักฐานอ้างอิง)."""

    name = "nithet.domain.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Make events, policies, measures and record kinds known."""
        from nithet.domain.evidence import events, measures, policy, refs  # noqa: F401, PLC0415  apps must be loaded
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        register(events.EVENTS)
        measures.register_all()
        refs.register_kinds()
