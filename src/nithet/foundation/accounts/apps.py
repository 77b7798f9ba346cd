"""App registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts (ผู้ใช้งาน)."""

    name = "nithet.foundation.accounts"
    label = "accounts"
