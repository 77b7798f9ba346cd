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
        """Stand in the tab bar of supervision."""
        from nithet.foundation.ui.navigation import register_tab  # noqa: PLC0415  apps must be loaded

        register_tab(
            "supervision", _("Plan and results"), "planner:standing", _reads_plan, order=20
        )
        register_tab(
            "supervision", _("Calendar of visits"), "planner:calendar", _sees_visits, order=30
        )


def _reads_plan(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import may_read_supervision_plan  # noqa: PLC0415  apps must be loaded

    return bool(may_read_supervision_plan(actor))


def _sees_visits(actor: "Actor") -> bool:
    from nithet.domain.supervision.policy import READERS  # noqa: PLC0415  apps must be loaded

    return actor.holds(*READERS) or bool(actor.school_ids)
