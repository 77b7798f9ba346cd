"""Answers of a policy: yes or no, and always why."""

from dataclasses import dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, with the reason as an English message id and its values."""

    allowed: bool
    reason: str
    params: dict[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Let a verdict stand in a condition."""
        return self.allowed

    @property
    def words(self) -> str:
        """Return the reason in the language of the reader."""
        return gettext(self.reason) % self.params


def allow(reason: str, **params: object) -> Verdict:
    """Answer yes, because."""
    return Verdict(allowed=True, reason=reason, params=params)


def deny(reason: str, **params: object) -> Verdict:
    """Answer no, because."""
    return Verdict(allowed=False, reason=reason, params=params)
