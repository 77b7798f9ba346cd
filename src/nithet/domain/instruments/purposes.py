"""What a complete submission becomes: the one hook by which packages above learn of it.

A package registers its purpose in `apps.ready`: `purposes.register("supervision.visit", take_visit)`. Soon after a submission
to an instrument of that purpose is complete, a job calls `take_visit(submission)` in the office's scope, inside a
transaction of an action of the system. What the handler raises as `RuleBroken` or `Refused` undoes what it wrote and lets the
submission wait for a person, with the reason; when that person accepts it, the handler is asked again. `submission.replaces`
is set where it is an edit of one that the handler has had before, and `submission.entities` holds what it says of open
agreements. A handler must stand being called twice with the same submission. Files that reach a submission after it was taken
are told to whoever the purpose named for `late_files`, so that none stays without its record.
"""

from collections.abc import Callable
from typing import Any

Handler = Callable[[Any], object]

_handlers: dict[str, Handler] = {}
_late_files: dict[str, Handler] = {}


def register(purpose: str, handler: Handler, *, late_files: Handler | None = None) -> None:
    """Say who takes the complete submissions of a purpose, and who is told of files that reach one afterwards."""
    if late_files is not None:
        _late_files[purpose] = late_files
    if purpose in _handlers and _handlers[purpose] is not handler:
        raise ValueError(f"the purpose {purpose!r} is registered twice")
    _handlers[purpose] = handler


def handler_of(purpose: str) -> Handler | None:
    """Return who takes the submissions of a purpose; None where nobody does."""
    return _handlers.get(purpose)


def tell_of_late_files(purpose: str, submission: Any) -> None:
    """Tell whoever takes the submissions of a purpose that one which was taken has got further files."""
    if (handler := _late_files.get(purpose)) is not None:
        handler(submission)


def known() -> frozenset[str]:
    """Return every purpose that somebody takes."""
    return frozenset(_handlers)
