"""App registration."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans (แผนปฏิบัติการ)."""

    name = "nithet.domain.plans"
    label = "plans"

    def ready(self) -> None:
        """Make events, policies, measures and record kinds known."""
        from nithet.domain.plans import events, measures, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.plans.queries.importing import kept_digests  # noqa: PLC0415
        from nithet.domain.plans.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        measures.register_all()
        refs.register_kinds()
        search.register_kinds()
        keepers.register("plans", kept_digests)
