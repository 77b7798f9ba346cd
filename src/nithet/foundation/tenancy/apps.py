"""App registration."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Tenancy (หน่วยงานและขอบเขตข้อมูล)."""

    name = "nithet.foundation.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Guard every save of an owned row."""
        from nithet.foundation.tenancy import guard  # noqa: PLC0415  models must be loaded first

        guard.connect()
