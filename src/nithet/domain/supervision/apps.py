"""App registration."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision (การนิเทศการศึกษา)."""

    name = "nithet.domain.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Make events, policies, measures and record kinds known."""
        from nithet.domain.instruments import purposes  # noqa: PLC0415  apps must be loaded
        from nithet.domain.supervision import (  # noqa: PLC0415
            events,
            jobs,
            measures,
            planning_measures,
            planning_notices,
            planning_refs,
            policy,  # noqa: F401
            refs,
            search,
            study_events,
            study_policy,  # noqa: F401
            study_refs,
            visit_notices,
        )
        from nithet.domain.supervision.queries import paper_kinds, visit_papers  # noqa: PLC0415
        from nithet.domain.supervision.references import declare_references  # noqa: PLC0415
        from nithet.foundation.audit.events import register  # noqa: PLC0415

        declare_references()
        register(events.EVENTS)
        register(study_events.EVENTS)
        measures.register_all()
        planning_measures.register_all()
        refs.register_kinds()
        search.register_kinds()
        planning_refs.register_kinds()
        planning_notices.register_kinds()
        visit_notices.register_kinds()
        paper_kinds.register_all()
        visit_papers.register_all()
        study_refs.register_kinds()
        late = jobs.take_late_files
        purposes.register("supervision.visit", jobs.take_submitted_visit, late_files=late)
        purposes.register(
            "supervision.committee_visit", jobs.take_submitted_committee_visit, late_files=late
        )
