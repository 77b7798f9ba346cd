"""What people are told."""

from nithet.foundation.notices import kinds
from nithet.kernel.messages import msgid

FOLDER_WAITING = "reviews.folder_waiting"
FOLDER_APPROVED = "reviews.folder_approved"
FOLDER_RETURNED = "reviews.folder_returned"
ASSESSOR_JUDGED = "reviews.assessor_judged"


def register_kinds() -> None:
    """Register the kinds of this package."""
    kinds.register(FOLDER_WAITING, msgid("%(actor)s put %(title)s before you to be signed."))
    kinds.register(FOLDER_APPROVED, msgid("%(actor)s approved and signed %(title)s."))
    kinds.register(FOLDER_RETURNED, msgid("%(actor)s sent %(title)s back: %(answer)s"))
    kinds.register(ASSESSOR_JUDGED, msgid("%(actor)s gave %(title)s the assessor's level."))
