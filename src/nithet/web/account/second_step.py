"""Administrators are led to set up the second step before anything else; everybody else is offered it on their own page."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]
OPEN = ("/account/", "/static/", "/display/", "/health", "/join/")
"""Addresses that open without it: the ways in themselves, how pages are shown, the health of the server."""


def lead_to_second_step(get_response: Answer) -> Answer:
    """Send an administrator without a second step to its set-up (NITHET_ADMIN_SECOND_FACTOR; not in a demo)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.ADMIN_SECOND_FACTOR or request.path.startswith(OPEN) or not _owes(request):
            return get_response(request)
        messages.info(
            request,
            gettext(
                "Whoever administers the office signs in with a second step. Set it up first; it takes a minute."
            ),
        )
        return redirect("mfa_activate_totp")

    return middleware


def _owes(request: HttpRequest) -> bool:
    actor: Actor | None = getattr(request, "actor", None)
    user = request.user
    if actor is None or not isinstance(user, User) or not actor.holds(Role.ADMINISTRATOR):
        return False
    return not is_mfa_enabled(user)
