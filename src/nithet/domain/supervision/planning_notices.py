"""What people are told about the days of visits."""

from nithet.foundation.notices import kinds
from nithet.kernel.messages import msgid

DATE_ASKED = "supervision.date_asked"
DATE_AGREED = "supervision.date_agreed"
OTHER_DATE_ASKED = "supervision.other_date_asked"
DATE_SETTLED = "supervision.date_settled"


def register_kinds() -> None:
    """Register the kinds about days."""
    kinds.register(
        DATE_ASKED, msgid("%(actor)s asks whether %(day)s suits for a visit to %(title)s.")
    )
    kinds.register(DATE_AGREED, msgid("%(title)s agrees to the visit on %(day)s."))
    kinds.register(
        OTHER_DATE_ASKED, msgid("%(title)s asks for another day than %(day)s: %(reason)s")
    )
    kinds.register(
        DATE_SETTLED,
        msgid("%(actor)s answered about the day of the visit to %(title)s: %(answer)s"),
    )
