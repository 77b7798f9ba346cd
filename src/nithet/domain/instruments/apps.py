"""App registration."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Instruments (เครื่องมือนิเทศ)."""

    name = "nithet.domain.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Make events, policies and record kinds known."""
        from nithet.domain.instruments import (  # noqa: PLC0415  apps must be loaded
            events,
            measures,
            policy,  # noqa: F401
            refs,
            search,
        )
        from nithet.domain.instruments.queries.entity_lists import register_lists  # noqa: PLC0415
        from nithet.domain.instruments.queries.kept import attachment_digests, kept_digests  # noqa: PLC0415
        from nithet.domain.instruments.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        measures.register_all()
        refs.register_kinds()
        search.register_kinds()
        register_lists()
        keepers.register("instruments", kept_digests)
        keepers.register("instruments.attachments", attachment_digests)
