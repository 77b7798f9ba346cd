"""App registration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments (รอบการรายงาน)."""

    name = "nithet.domain.assessments"
    label = "assessments"
