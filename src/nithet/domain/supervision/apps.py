"""App registration."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision (การนิเทศการศึกษา)."""

    name = "nithet.domain.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Make events, policies, measures and record kinds known."""
        from nithet.domain.supervision import events, measures, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.supervision import planning_notices, planning_refs  # noqa: PLC0415
        from nithet.domain.supervision.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        measures.register_all()
        refs.register_kinds()
        search.register_kinds()
        planning_refs.register_kinds()
        planning_notices.register_kinds()
