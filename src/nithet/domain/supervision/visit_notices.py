"""What people are told about records of visits."""

from nithet.foundation.notices import kinds
from nithet.kernel.messages import msgid

ANSWERED = "supervision.visit_answered"
ANSWER_CHANGED = "supervision.visit_answer_changed"
ANSWER_ADDED = "supervision.visit_answer_added"


def register_kinds() -> None:
    """Register the kind: whoever wrote a record is told that the school has answered."""
    kinds.register(ANSWERED, msgid("%(title)s answered about the visit."))
    kinds.register(ANSWER_CHANGED, msgid("%(title)s changed its answer about the visit."))
    kinds.register(ANSWER_ADDED, msgid("%(title)s added something after the visit was closed."))
