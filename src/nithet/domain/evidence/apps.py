"""App registration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence (เอกสาร/หลักฐานอ้างอิง)."""

    name = "nithet.domain.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Make events, policies, measures and record kinds known."""
        from nithet.domain.evidence import events, handover, measures, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.evidence.queries.pieces import digests_in_use  # noqa: PLC0415
        from nithet.domain.evidence.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415
        from nithet.foundation.notices import kinds  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        measures.register_all()
        refs.register_kinds()
        handover.register()
        search.register_kinds()
        keepers.register("evidence", digests_in_use)
        for kind, sentence in events.NOTICES.items():
            kinds.register(kind, sentence)
