"""What every template of a request may use, under the one name `ui`."""

from functools import cached_property

from django.http import HttpRequest

from nithet import __version__
from nithet.foundation.ui import navigation
from nithet.foundation.ui.bell import unread_of
from nithet.foundation.ui.display import current_numerals
from nithet.foundation.ui.frame import Frame, frame_of
from nithet.kernel.numerals import Numerals


class PageContext:
    """The surroundings of a page, worked out only where a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self._request = request

    @cached_property
    def frame(self) -> Frame:
        """Who reads, for which office."""
        return frame_of(self._request)

    @cached_property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind the request."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def navigation(self) -> list[navigation.Line]:
        """The menu as this person sees it; empty for a visitor."""
        if not self.is_signed_in:
            return []
        match = self._request.resolver_match
        area = match.namespaces[0] if match and match.namespaces else ""
        return navigation.lines_for(getattr(self._request, "actor", None), area, self._request.path)

    @cached_property
    def unread(self) -> int:
        """How many notices the reader has not read; one query."""
        return unread_of(self._request)

    @property
    def numerals(self) -> Numerals:
        """The digits of this view."""
        return current_numerals()

    @property
    def version(self) -> str:
        """The version of the product."""
        return __version__

    @property
    def address(self) -> str:
        """The address of this page with its query, to come back to."""
        return self._request.get_full_path()


def page(request: HttpRequest) -> dict[str, PageContext]:
    """Context processor."""
    return {"ui": PageContext(request)}
