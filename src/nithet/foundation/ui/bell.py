"""How many things the reader has not read yet, for the top bar.

This package may not know notices, so a face of the product says once, in its `apps.ready()`, how they are counted.
"""

from collections.abc import Callable

from django.http import HttpRequest

Count = Callable[[HttpRequest], int]

_count: list[Count] = []


def count_with(count: Count) -> None:
    """Register the one function that counts for a request; the last registration holds."""
    _count[:] = [count]


def unread_of(request: HttpRequest) -> int:
    """Count what the reader of a request has not read; 0 where nobody counts."""
    return _count[0](request) if _count else 0
