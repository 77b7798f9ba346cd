"""App registration."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision (การนิเทศการศึกษา)."""

    name = "nithet.domain.supervision"
    label = "supervision"
