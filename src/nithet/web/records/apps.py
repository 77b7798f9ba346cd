"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Pages of records."""

    name = "nithet.web.records"
    label = "web_records"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register("records", _("Projects"), "records:projects", "project", _is_of_office, order=30)
        navigation.register("visits", _("Visits to schools"), "records:visits", "visit", order=40)
        navigation.register("evidence", _("Evidence"), "records:evidence_list", "evidence", _is_of_office, order=50)
        navigation.register("schools", _("Schools"), "records:schools", "school", order=60)


def _is_of_office(actor: object) -> bool:
    return bool(getattr(actor, "is_of_office", False))
