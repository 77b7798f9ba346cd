"""App registration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit (ประวัติการใช้งาน)."""

    name = "nithet.foundation.audit"
    label = "audit"
