"""How the reader wants a page shown: Thai or Arabic digits, the same everywhere in one view."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from nithet.kernel.numerals import Numerals, in_numerals

NUMERALS_COOKIE = "nithet_numerals"
"""Name of the cookie that keeps a person's own choice; absent means as the office has chosen."""

_numerals: ContextVar[Callable[[], Numerals]] = ContextVar(
    "nithet_numerals", default=lambda: "arabic"
)


def current_numerals() -> Numerals:
    """Return the digits that the present view shows; Arabic outside a request."""
    return _numerals.get()()


@contextmanager
def show_in(numerals: Numerals | Callable[[], Numerals]) -> Iterator[None]:
    """Show every number in these digits inside the block; a callable is asked once, and only when a number is shown."""
    token = _numerals.set(cache(numerals) if callable(numerals) else lambda: numerals)
    try:
        yield
    finally:
        _numerals.reset(token)


def shown(text: str) -> str:
    """Return the text with every digit in the kind of the present view."""
    return in_numerals(text, current_numerals())


def as_numerals(value: str | None) -> Numerals | None:
    """Read a kept choice; None where nothing (or nothing sensible) was chosen."""
    if value == "thai":
        return "thai"
    return "arabic" if value == "arabic" else None
