"""App registration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access (สิทธิและอำนาจหน้าที่)."""

    name = "nithet.foundation.access"
    label = "access"
