"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansPagesConfig(AppConfig):
    """Pages of plans."""

    name = "nithet.web.plans"
    label = "web_plans"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("plans", _("Plan"), "plans:plans", "plan", _is_of_staff, order=30)


def _is_of_staff(actor: object) -> bool:
    return bool(getattr(actor, "is_of_staff", False))
