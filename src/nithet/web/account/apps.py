"""App registration."""

from django.apps import AppConfig

from nithet.foundation.ui import frame


class AccountPagesConfig(AppConfig):
    """Pages: the ways in and a person's own settings."""

    name = "nithet.web.account"
    label = "web_account"

    def ready(self) -> None:
        """Say who reads a page and for which office."""
        from nithet.web.account.reader import describe  # noqa: PLC0415  models must be loaded first

        frame.describe_with(describe)
