"""App registration."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers (แม่แบบและเอกสาร)."""

    name = "nithet.domain.papers"
    label = "papers"

    def ready(self) -> None:
        """Make events, policies, record kinds and the kinds of paper known."""
        from nithet.domain.papers import events, kinds, policy, refs  # noqa: F401, PLC0415  apps must be loaded
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        register(events.EVENTS)
        refs.register_kinds()
        for kind in kinds.OWN:
            kinds.register(kind)
