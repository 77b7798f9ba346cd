"""An issued return is handed in to a central system."""

from datetime import date

from django.db import IntegrityError, transaction

from nithet.domain.returns.models import IssuedReturn, SentMark
from nithet.domain.returns.policy import may_mark_sent, may_take_back_sent  # noqa: F401  registers the policies
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, note
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@action("return.mark_sent", event="return.sent", on="issued")
def mark_sent(
    *, actor: Actor, issued: IssuedReturn, system: str, sent_on: date, number: str = ""
) -> SentMark:
    """Say that an issued return was handed in: to which system, on which day, under which number of receipt.

    Raises `RuleBroken` "sent.already" where it stands as sent to that system, and "sent.day" for a day before its issue
    or after today.
    """
    if not clock.day_of(issued.issued_at) <= sent_on <= clock.today():
        raise RuleBroken(
            "sent.day",
            "It was sent after it was issued and not later than today.",
            field="sent_on",
        )
    about(issued)
    try:
        with transaction.atomic():
            mark = SentMark.objects.create(
                office_id=issued.office_id,
                issued=issued,
                system=SentMark.System(system),
                sent_on=sent_on,
                number=collapse(number)[:80],
                sent_by=actor.signature,
                **made_by(actor),
            )
    except IntegrityError as error:
        raise RuleBroken(
            "sent.already", "This return stands as sent to that system already.", field="system"
        ) from error
    note(system=str(mark.get_system_display()), sent_on=sent_on, number=mark.number)
    return mark


@action("return.take_back_sent", event="return.sent_taken_back", on="mark")
def take_back_sent(*, actor: Actor, mark: SentMark, reason: str = "") -> SentMark:
    """Take back that a return was handed in."""
    about(mark.issued)
    take_back(mark, actor=actor, reason=reason)
    return mark
