"""What was said about an item, and what happened to it. Fixed numbers of queries, whatever the rows."""

from dataclasses import dataclass

from django.db.models import Q

from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import history

HISTORY = 50
"""How many events of an item are shown."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers."""

    first: Comment
    answers: list[Comment]


def threads_of(reporting_round: Round, item: str, paragraph_id: int | None = None) -> list[Thread]:
    """List the threads about an item (about one paragraph where it is named), the open ones first; one query."""
    rows = shown(Comment.objects.filter(round=reporting_round, item=item)).order_by("pk")
    if paragraph_id is not None:
        rows = rows.filter(paragraph_id=paragraph_id)
    kept = list(rows)
    answers: dict[int, list[Comment]] = {}
    for row in kept:
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(row)
    threads = [Thread(row, answers.get(row.pk, [])) for row in kept if row.answers_id is None]
    return sorted(threads, key=lambda one: one.first.resolved_at is not None)


def find_comment(reporting_round: Round, comment_id: int) -> Comment | None:
    """Return a comment of this round; None where it has none of that number."""
    rows = shown(Comment.objects.filter(round=reporting_round)).select_related("round")
    return rows.filter(pk=comment_id).first()


def item_history(reporting_round: Round, answer: ItemAnswer) -> list[AuditEvent]:
    """List what happened to an item, newest first, at most `HISTORY` events; one query."""
    of_answer = Q(target_kind="assessments.itemanswer", target_id=str(answer.pk))
    of_round = Q(
        target_kind="assessments.round",
        target_id=str(reporting_round.pk),
        after__item=answer.item,
    )
    return list(history(reporting_round.office_id).filter(of_answer | of_round)[:HISTORY])
