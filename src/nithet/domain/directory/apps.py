"""App registration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Directory (ทำเนียบ)."""

    name = "nithet.domain.directory"
    label = "directory"

    def ready(self) -> None:
        """Make events, policies and record kinds known."""
        from nithet.domain.directory import (  # noqa: F401, PLC0415  apps must be loaded
            events,
            invitations,
            office_settings,
            people,
            refs,
            search,
        )
        from nithet.domain.directory.actions import handover  # noqa: PLC0415
        from nithet.domain.directory.policy import committees, figures, schools, staff  # noqa: F401, PLC0415
        from nithet.domain.directory.queries import school_lists  # noqa: PLC0415
        from nithet.domain.directory.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415
        from nithet.foundation.files import keepers  # noqa: PLC0415

        declare_references()
        register(
            (
                *events.EVENTS,
                *events.STAFF_EVENTS,
                *people.PEOPLE_EVENTS,
                *invitations.INVITATION_EVENTS,
            )
        )
        refs.register_kinds()
        search.register_kinds()
        handover.register_own()
        keepers.register(school_lists.LISTS, school_lists.kept_digests)
