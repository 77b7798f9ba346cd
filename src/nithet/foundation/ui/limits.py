"""Pages that a word in their address opens: whoever guesses words is asked to wait."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GUESSES = "30/m/ip"
"""So many words that open nothing may come from an address of the network in a minute."""


def asked_to_wait(request: HttpRequest, what: str, rate: str = GUESSES) -> HttpResponse | None:
    """Count a request for `what`; return the page that asks to wait once there were too many, else None.

    Counted in the database, so that the limit holds for every process. Count only what opened nothing: links that are good
    are opened by many people behind one address, as a school is.
    """
    if ratelimit.consume(request, app="nithet", action=what, config={what: rate}, limit_get=True):
        return None
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = "60"
    return answer
