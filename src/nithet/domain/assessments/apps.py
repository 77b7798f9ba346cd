"""App registration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments (รอบการรายงาน)."""

    name = "nithet.domain.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Make events, policies and record kinds known."""
        from nithet.domain.assessments import events, handover, policy, refs, search  # noqa: F401, PLC0415  apps must be loaded
        from nithet.domain.assessments.actions import assigning, commenting  # noqa: PLC0415
        from nithet.domain.assessments.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.notices import kinds  # noqa: PLC0415
        from nithet.kernel.messages import msgid  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        refs.register_kinds()
        handover.register()
        search.register_kinds()
        kinds.register(assigning.GIVEN, msgid("%(actor)s gave you %(title)s to work on"))
        kinds.register(commenting.SAID, msgid("%(actor)s wrote about %(title)s: %(text)s"))
