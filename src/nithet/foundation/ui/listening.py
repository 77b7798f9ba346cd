"""Pages on which a person may dictate: the only ones that let the browser ask for the microphone."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

LISTENING = "camera=(self), geolocation=(self), microphone=(self)"


def may_listen(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let the page of a view use the microphone, once the person has touched it and the browser has asked."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = LISTENING
        return response

    return answer
