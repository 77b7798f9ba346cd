"""App registration."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Commitments (สิ่งที่ตกลงจะดำเนินการ)."""

    name = "nithet.domain.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Make events, policies, notices and record kinds known."""
        from nithet.domain.commitments import actions, events, handover, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.commitments.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.notices import kinds  # noqa: PLC0415
        from nithet.kernel.messages import msgid  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        refs.register_kinds()
        handover.register()
        search.register_kinds()
        kinds.register(actions.GIVEN, msgid("%(actor)s gave you something to do: %(title)s"))
