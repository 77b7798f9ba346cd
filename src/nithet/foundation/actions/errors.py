"""What the door answers when it stays shut."""

from collections.abc import Mapping
from dataclasses import dataclass

from nithet.foundation.access.verdicts import Verdict
from nithet.kernel.errors import RuleBroken


class Refused(Exception):
    """The policy said no; carries the verdict with its reason."""

    def __init__(self, action_name: str, verdict: Verdict) -> None:
        """Keep what was asked and the answer."""
        super().__init__(f"{action_name}: {verdict.reason}")
        self.action_name = action_name
        self.verdict = verdict


class SpeakerWanted(Refused):
    """A shared desk has not said who sits there; what it sent can be kept until it has."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a record that two people changed: what stands now and what the later one wrote."""

    label: str
    theirs: str
    yours: str

    @property
    def differs(self) -> bool:
        """Say whether the two wrote different things."""
        return self.theirs != self.yours


class Conflict(RuleBroken):
    """Somebody else changed the record meanwhile; both versions are kept for the page to show (HTTP 409).

    `params` may hold `theirs` and `yours`: texts, or values by field name, then with `labels` by field name.
    """

    @property
    def compared(self) -> list[Compared]:
        """Return both versions field by field, in the order of the writer's form; empty where there is nothing to compare."""
        theirs, yours = self.params.get("theirs"), self.params.get("yours")
        if not isinstance(yours, Mapping) or not isinstance(theirs, Mapping):
            return [] if yours is None else [Compared("", _words(theirs), _words(yours))]
        labels = self.params.get("labels")
        named = labels if isinstance(labels, Mapping) else {}
        return [
            Compared(str(named.get(name, name)), _words(theirs.get(name)), _words(value)) for name, value in yours.items()
        ]


def _words(value: object) -> str:
    return "" if value is None else str(value)
