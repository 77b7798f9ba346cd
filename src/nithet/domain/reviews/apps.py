"""App registration."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews (การเสนอแฟ้มและการประเมินโดยผู้ประเมิน)."""

    name = "nithet.domain.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Make events, policies, notices and record kinds known."""
        from nithet.domain.reviews import events, notices, policy, refs  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.reviews.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        notices.register_kinds()
        refs.register_kinds()
