"""What people are told about records of visits."""

from nithet.foundation.notices import kinds
from nithet.kernel.messages import msgid

ANSWERED = "supervision.visit_answered"


def register_kinds() -> None:
    """Register the kind: whoever wrote a record is told that the school has answered."""
    kinds.register(ANSWERED, msgid("%(title)s answered about the visit."))
