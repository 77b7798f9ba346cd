"""App registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidencePagesConfig(AppConfig):
    """Pages of evidence."""

    name = "nithet.web.evidence"
    label = "web_evidence"

    def ready(self) -> None:
        """Stand in the menu."""
        from nithet.foundation.ui import navigation  # noqa: PLC0415  apps must be loaded

        navigation.register(
            "evidence", _("Evidence"), "evidence:evidence_list", "evidence", _has_evidence, order=50
        )


def _has_evidence(actor: object) -> bool:
    return bool(getattr(actor, "is_of_staff", False) or getattr(actor, "school_ids", ()))
