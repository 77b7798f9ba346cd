"""App registration."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Returns (แบบรายงาน)."""

    name = "nithet.domain.returns"
    label = "returns"

    def ready(self) -> None:
        """Make events, policies and record kinds known."""
        from nithet.domain.returns import events, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.returns.papers import sources  # noqa: PLC0415
        from nithet.domain.returns.queries import kept_digests  # noqa: PLC0415
        from nithet.domain.returns.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        refs.register_kinds()
        keepers.register("returns", kept_digests)
        search.register_kinds()
        sources.register_all()
