"""The one error type for a rule that was broken, and its two kinds that the console tells apart."""

from typing import Any


class RuleBroken(Exception):
    """A rule of the field was broken, said so that a person can act on it.

    `code` is stable and for machines; `message` is the English message id with ``%(name)s`` places
    and is what the catalogues translate; `params` fill the places; `field` names the input at fault
    where there is one. An edge shows ``gettext(error.message) % error.params``. A literal per cent
    sign in a message is written ``%%``.

    >>> error = RuleBroken("closed", "The round closed on %(day)s.", field="date", day="1 October")
    >>> str(error)
    'The round closed on 1 October.'
    >>> error.code, error.field, error.params
    ('closed', 'date', {'day': '1 October'})
    """

    # Both positional only, so that a message may speak of a %(code)s or a %(message)s of its own.
    def __init__(
        self, code: str, message: str, /, *, field: str | None = None, **params: Any
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.field = field
        self.params: dict[str, Any] = params

    def __str__(self) -> str:
        # An error that fails while it is being told would hide what it has to say.
        try:
            return self.message % self.params
        except (KeyError, TypeError, ValueError):
            return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions lose their keyword arguments when pickled, and worker processes pickle them.
        return _rebuild, (type(self), self.code, self.message, self.field, self.params)


class BadInput(RuleBroken):
    """What came from outside cannot be used; the console exits with 2."""


class Busy(RuleBroken):
    """It cannot be done safely just now, though the request is right; the console exits with 3."""


def _rebuild(
    kind: type[RuleBroken], code: str, message: str, field: str | None, params: dict[str, Any]
) -> RuleBroken:
    return kind(code, message, field=field, **params)
