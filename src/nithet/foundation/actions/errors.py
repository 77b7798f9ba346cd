"""What the door answers when it stays shut."""

from nithet.foundation.access.verdicts import Verdict
from nithet.kernel.errors import RuleBroken


class Refused(Exception):
    """The policy said no; carries the verdict with its reason."""

    def __init__(self, action_name: str, verdict: Verdict) -> None:
        """Keep what was asked and the answer."""
        super().__init__(f"{action_name}: {verdict.reason}")
        self.action_name = action_name
        self.verdict = verdict


class Conflict(RuleBroken):
    """Somebody else changed the record meanwhile; both versions are kept for the page to show (HTTP 409)."""
