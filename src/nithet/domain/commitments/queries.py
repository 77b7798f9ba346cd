"""Reading commitments. Fixed numbers of queries, whatever the rows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown, standing
from nithet.foundation.refs.registry import RecordRef

COMMITMENT = "commitments.commitment"
"""The kind under which references name a commitment."""


def list_commitments(actor: Actor) -> QuerySet[Commitment]:
    """List the commitments an actor may read, by due date, those without one last; what was taken back in a day is hidden."""
    return shown(visible_to(actor))


def find_commitment(actor: Actor, commitment_id: int) -> Commitment | None:
    """Return a commitment the actor may read; None where there is none or it is not theirs to see."""
    return shown(visible_to(actor)).filter(pk=commitment_id).first()


def open_for(actor: Actor) -> QuerySet[Commitment]:
    """List what the actor has to do: theirs by account, or by the title of a post that they hold.

    What was agreed with a school names posts that every school has, so only the account tells whose it is.
    """
    titles = [held.title for held in actor.held if held.title]
    mine = Q(owner_user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=())
    if titles:
        by_post = Q(owner_user_id__isnull=True, owner_title__in=titles)
        mine |= by_post & ~Q(kind=Commitment.Kind.PROMISE)
    return standing(Commitment.objects.filter(office_id=actor.office_id)).filter(
        mine, state=Commitment.State.OPEN
    )


def of_record(actor: Actor, record: RecordRef) -> QuerySet[Commitment]:
    """List the commitments that concern a record or arose from it."""
    return list_commitments(actor).filter(Q(about=str(record)) | Q(arose_from=str(record)))


def of_records(actor: Actor, records: Iterable[RecordRef]) -> list[Commitment]:
    """List the commitments that concern some records or arose from them; one query."""
    names = [str(record) for record in records]
    return list(list_commitments(actor).filter(Q(about__in=names) | Q(arose_from__in=names)))


def overdue(actor: Actor, day: date) -> QuerySet[Commitment]:
    """List what is still to do although its day has passed."""
    return standing(visible_to(actor)).filter(state=Commitment.State.OPEN, due_on__lt=day)
