"""App registration."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers (แม่แบบและเอกสาร)."""

    name = "nithet.domain.papers"
    label = "papers"

    def ready(self) -> None:
        """Make events, policies, record kinds and the kinds of paper known."""
        from nithet.domain.papers import events, kinds, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.papers.queries import kept_digests  # noqa: PLC0415
        from nithet.domain.papers.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        refs.register_kinds()
        keepers.register("papers", kept_digests)
        search.register_kinds()
        for kind in kinds.OWN:
            kinds.register(kind)
