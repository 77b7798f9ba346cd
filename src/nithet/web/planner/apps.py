"""App registration."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nithet.foundation.access.actors import Actor


class PlannerPagesConfig(AppConfig):
    """Pages of the plan of visits."""

    name = "nithet.web.planner"
    label = "web_planner"

    def ready(self) -> None:
        """Stand in the tab bar of supervision, and say what waits."""
        from nithet.domain.overview import waiting  # noqa: PLC0415  apps must be loaded
        from nithet.foundation.ui.navigation import register_tab  # noqa: PLC0415
        from nithet.web.planner.waiting import (  # noqa: PLC0415
            plans_to_approve,
            plans_to_mend,
            school_answers,
            wishes_to_settle,
        )

        register_tab(
            "supervision", _("Plan and results"), "planner:standing", _reads_plan, order=20
        )
        register_tab(
            "supervision", _("Calendar of visits"), "planner:calendar", _sees_visits, order=30
        )
        register_tab("supervision", _("Days of visits"), "planner:dates", _answers, order=25)
        waiting.register(
            "planner.approve",
            _("Plan of visits waiting for approval"),
            plans_to_approve,
            icon="check",
            order=11,
        )
        waiting.register(
            "planner.mend",
            _("Mend the plan of visits that came back"),
            plans_to_mend,
            icon="edit",
            order=21,
        )
        waiting.register(
            "planner.answer",
            _("Answer about the day of a visit"),
            school_answers,
            icon="calendar",
            order=22,
        )
        waiting.register(
            "planner.settle",
            _("Answer schools that ask for another day"),
            wishes_to_settle,
            icon="calendar",
            order=46,
        )


def _answers(actor: "Actor") -> bool:
    """Planners reach these days from the plan; a school's people from here."""
    return bool(actor.school_ids)


def _reads_plan(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import may_read_supervision_plan  # noqa: PLC0415  apps must be loaded

    return bool(may_read_supervision_plan(actor))


def _sees_visits(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import READERS  # noqa: PLC0415  apps must be loaded

    return actor.holds(*READERS) or bool(actor.school_ids)
