"""What people are told about the plan of visits and its days."""

from nithet.foundation.notices import kinds
from nithet.kernel.messages import msgid

PLAN_SUBMITTED = "supervision.plan_submitted"
PLAN_APPROVED = "supervision.plan_approved"
PLAN_SENT_BACK = "supervision.plan_sent_back"
PLAN_TAKEN_BACK = "supervision.plan_taken_back"
DATE_ASKED = "supervision.date_asked"
DATE_AGREED = "supervision.date_agreed"
OTHER_DATE_ASKED = "supervision.other_date_asked"
DATE_SETTLED = "supervision.date_settled"


def register_kinds() -> None:
    """Register the kinds about the plan and its days."""
    kinds.register(
        PLAN_SUBMITTED,
        msgid("%(actor)s puts %(title)s to you for approval: %(visits)s visits."),
    )
    kinds.register(PLAN_APPROVED, msgid("%(actor)s approved %(title)s as version %(number)s."))
    kinds.register(PLAN_SENT_BACK, msgid("%(actor)s sent %(title)s back to be mended: %(words)s"))
    kinds.register(
        PLAN_TAKEN_BACK, msgid("%(title)s does not wait for the director any more: %(words)s")
    )
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
