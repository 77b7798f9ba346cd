"""How django-allauth serves an office: nobody signs up by themselves; accounts are given by invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from nithet.foundation.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, so sign-up is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self-registration."""
        return False


def display_name(user: User) -> str:
    """Return the name that pages show for an account."""
    return str(user)
