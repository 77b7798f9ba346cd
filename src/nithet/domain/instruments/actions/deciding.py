"""What a person decides about submissions that wait."""

from nithet.domain.instruments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.instruments.actions.handing_over import due, queue_work
from nithet.domain.instruments.actions.places import give_back, is_superseded, take_place
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.shapes import version_sent
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

State = Submission.State
LONGEST = 500


@action("submission.accept", event="submission.accepted", on="submission")
def accept_submission(*, actor: Actor, submission: Submission, decision: str = "") -> Submission:
    """Let a submission that waits count; where it changes another or stands against one, it takes that one's place.

    One that was itself changed by what counts already counts as changed, and no record is made of it any more.
    One whose version the office did not have is looked up again, and refused (`RuleBroken`) while there is none.
    """
    fresh = _fresh(submission)
    if fresh.state == State.ACCEPTED:
        nothing_changed()
        return fresh
    _refuse_unless_waiting(fresh)
    if fresh.version_id is None:
        fresh.version = version_sent(fresh.office_id, fresh.form_id, fresh.form_version)
    if fresh.version is None:
        raise RuleBroken(
            "submission.no_version",
            "The office has no version %(version)s of the form %(form)s. Import that form first, or set this aside.",
            version=fresh.form_version or "–",
            form=fresh.form_id,
        )
    fresh.is_current = _takes_place(fresh)
    _decide(fresh, actor, State.ACCEPTED, decision)
    fresh.hand_over_after = due(fresh, is_last=True) if fresh.is_current else None
    fresh.save()
    queue_work([fresh], has_files=False)
    return fresh


@action("submission.set_aside", event="submission.set_aside", on="submission")
def set_aside_submission(*, actor: Actor, submission: Submission, decision: str) -> Submission:
    """Let a submission that waits not count, and say why; it is kept."""
    if not collapse(decision):
        raise RuleBroken("submission.decision", "Please say why it is set aside.", field="decision")
    fresh = _fresh(submission)
    if fresh.state == State.SET_ASIDE:
        nothing_changed()
        return fresh
    _refuse_unless_waiting(fresh)
    _decide(fresh, actor, State.SET_ASIDE, decision)
    fresh.is_current = False
    fresh.save()
    give_back(fresh)
    return fresh


def _fresh(submission: Submission) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("version__instrument", "replaces", "rival_of")
        .get(pk=submission.pk)
    )


def _refuse_unless_waiting(fresh: Submission) -> None:
    if fresh.state != State.WAITING:
        raise Conflict(
            "submission.decided",
            "Somebody else has decided about this meanwhile (%(by)s).",
            by=fresh.decided_by,
        )


def _takes_place(fresh: Submission) -> bool:
    """Let it stand in the place of what stood, unless that already changes it; return whether it stands."""
    if fresh.replaces is None and fresh.deprecated_id:
        fresh.replaces = Submission.objects.filter(
            office_id=fresh.office_id, instance_id=fresh.deprecated_id, rival_of__isnull=True
        ).first()
    if is_superseded(fresh):
        return False
    take_place(fresh)
    return True


def _decide(fresh: Submission, actor: Actor, state: Submission.State, decision: str) -> None:
    fresh.state = state
    fresh.decided_at, fresh.decided_by = clock.now(), actor.signature
    fresh.decision = collapse(decision)[:LONGEST]
    note(state=state, reason=fresh.reason, decision=fresh.decision)
