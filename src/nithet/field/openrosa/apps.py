"""App registration."""

from django.apps import AppConfig


class OpenRosaConfig(AppConfig):
    """What devices talk to (การรับส่งกับแอปบันทึกข้อมูล)."""

    name = "nithet.field.openrosa"
    label = "openrosa"
