"""The one thing that belongs to no area: how this browser shows pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nithet.foundation.ui.display import NUMERALS_COOKIE, as_numerals

A_YEAR = 365 * 24 * 60 * 60
OFFICE_CHOICE = "office"


@require_POST
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep the language and the digits a person chose in this browser, and go back to where they were.

    Cookies and not the account: on a shared desk each browser shows what its reader needs, and nothing of the office changes.
    """
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if is_ours else "/")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    numerals = request.POST.get("numerals", "")
    if as_numerals(numerals):
        _keep(response, NUMERALS_COOKIE, numerals)
    elif numerals == OFFICE_CHOICE:
        response.delete_cookie(NUMERALS_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
