"""App registration."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Frameworks (มาตรฐานและแบบรายงาน)."""

    name = "nithet.domain.frameworks"
    label = "frameworks"

    def ready(self) -> None:
        """Make events, policies, awaited measures and record kinds known."""
        from nithet.domain.frameworks import awaited, events, policy, refs  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.frameworks.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        awaited.register_all()
        refs.register_kinds()
