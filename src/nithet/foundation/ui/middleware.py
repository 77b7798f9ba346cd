"""Language and digits of a request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from nithet.foundation.ui.display import NUMERALS_COOKIE, as_numerals, show_in
from nithet.foundation.ui.frame import frame_of
from nithet.kernel.numerals import Numerals

Answer = Callable[[HttpRequest], HttpResponse]


def chosen_language(get_response: Answer) -> Answer:
    """Answer in the language the person has chosen, else in Thai.

    Browsers in offices often announce English although nobody there reads it, so what the browser announces is not asked.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def chosen_numerals(get_response: Answer) -> Answer:
    """Show digits as the person has chosen, else as their office has; stands below what knows the actor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def numerals() -> Numerals:
            return as_numerals(request.COOKIES.get(NUMERALS_COOKIE)) or frame_of(request).numerals

        with show_in(numerals):
            return get_response(request)

    return middleware
