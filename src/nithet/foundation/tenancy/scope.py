"""The office whose rows are in reach just now. Fails closed: no scope, no rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class OutsideScopeError(RuntimeError):
    """An owned row was asked for while no office's scope was open: always a fault of the program."""


class _EveryOffice:
    """The mark of a question that crosses offices on purpose."""


EVERY_OFFICE = _EveryOffice()
_scope: ContextVar[int | _EveryOffice | None] = ContextVar("nithet_scope", default=None)


@contextmanager
def scope(office_id: int | None) -> Iterator[None]:
    """Open the scope of one office; None closes all (for a page that belongs to no office)."""
    token = _scope.set(office_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def unscoped() -> Iterator[None]:
    """Open all offices at once: for measures over all offices and for upkeep. Each use says why in a comment."""
    token = _scope.set(EVERY_OFFICE)
    try:
        yield
    finally:
        _scope.reset(token)


def current_office_id() -> int | None:
    """Return the id of the office in scope, None where none or all are."""
    value = _scope.get()
    return value if isinstance(value, int) else None


def required_office_id() -> int | None:
    """Return the office id to filter by, None when all offices are open.

    Raises `OutsideScopeError` where no scope is open.
    """
    value = _scope.get()
    if value is None:
        raise OutsideScopeError("an office's records were asked for outside the scope of an office")
    return None if isinstance(value, _EveryOffice) else value
