"""Every write to commitments."""

from datetime import date

from nithet.domain.commitments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.queries import COMMITMENT
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

GIVEN = "commitments.given"
"""The kind of notice: something is yours to do."""


def _words(text: str) -> str:
    if not (tidy := collapse(text)):
        raise RuleBroken("commitment.words", "Say what will be done.", field="text")
    if len(tidy) > 1000:
        raise RuleBroken(
            "commitment.long",
            "Please say it in at most %(limit)s characters.",
            field="text",
            limit=1000,
        )
    return tidy


def _owner(user_id: int | None, title: str) -> tuple[int | None, str]:
    """Return account and words of who does it; the words of a person are the display name."""
    if user_id is None:
        if not (tidy := collapse(title)):
            raise RuleBroken("commitment.owner", "Say who will do it.", field="owner")
        return None, tidy[:200]
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        raise RuleBroken("commitment.owner_unknown", "There is no such person.", field="owner")
    return person.pk, (collapse(title) or person.display_name or person.username)[:200]


def _tell_owner(actor: Actor, commitment: Commitment) -> None:
    if commitment.owner_user_id is not None:
        ref = RecordRef(COMMITMENT, str(commitment.pk))
        tell(actor=actor, to=[commitment.owner_user_id], kind=GIVEN, ref=ref, title=str(commitment))


@action("commitment.make", event="commitment.made")
def make_commitment(
    *,
    actor: Actor,
    text: str,
    owner_user_id: int | None = None,
    owner_title: str = "",
    due_on: date | None = None,
    kind: Commitment.Kind | str = Commitment.Kind.TASK,
    about: RecordRef | None = None,
    arose_from: RecordRef | None = None,
    point: str = "",
) -> Commitment:
    """Note what will be done, by whom and by when; whose it is is told.

    Where the same point of the same record has an open commitment already, that one is returned unchanged. Accounts are
    those of people the caller has found among the office's own.
    """
    words = _words(text)
    user_id, title = _owner(owner_user_id, owner_title)
    if point and (kept := _open_of(arose_from, point)):
        nothing_changed()
        return kept
    made = Commitment.objects.create(
        office_id=actor.writes_in,
        kind=Commitment.Kind(kind),
        text=words,
        owner_user_id=user_id,
        owner_title=title,
        due_on=due_on,
        about=str(about or ""),
        arose_from=str(arose_from or ""),
        point=point,
        **made_by(actor),
    )
    note(owner=title, due_on=due_on, about=made.about, arose_from=made.arose_from)
    _tell_owner(actor, made)
    return made


def _open_of(arose_from: RecordRef | None, point: str) -> Commitment | None:
    return Commitment.objects.filter(
        arose_from=str(arose_from or ""),
        point=point,
        state=Commitment.State.OPEN,
        taken_back_at__isnull=True,
    ).first()


def _fresh(commitment: Commitment) -> Commitment:
    fresh = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if not fresh.stands:
        raise Conflict("commitment.gone", "Somebody took this back meanwhile.")
    return fresh


@action("commitment.edit", event="commitment.edited", on="commitment")
def edit_commitment(
    *, actor: Actor, commitment: Commitment, version: int, text: str, due_on: date | None
) -> Commitment:
    """Change the words and the day; `Conflict` where somebody else changed it since `version`."""
    fresh = _fresh(commitment)
    new = {"text": _words(text), "due_on": due_on}
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("commitment.close", event="commitment.closed", on="commitment")
def close_commitment(
    *, actor: Actor, commitment: Commitment, version: int, closed_by: RecordRef | None = None
) -> Commitment:
    """Say that it is done; `closed_by` is the record that shows it."""
    fresh = _fresh(commitment)
    if fresh.state == Commitment.State.DONE:
        nothing_changed()
        return fresh
    refuse_if_changed(fresh, version=version, new={"state": Commitment.State.DONE})
    change(
        fresh,
        version=version + 1,
        state=Commitment.State.DONE,
        reason="",
        closed_by_ref=str(closed_by or ""),
        closed_by=actor.signature,
        closed_at=clock.now(),
    )
    return fresh


@action("commitment.drop", event="commitment.dropped", on="commitment")
def drop_commitment(
    *, actor: Actor, commitment: Commitment, version: int, reason: str
) -> Commitment:
    """Say that it will not be done, and why."""
    if not (why := collapse(reason)[:500]):
        raise RuleBroken("commitment.reason", "Please say why it is dropped.", field="reason")
    fresh = _fresh(commitment)
    refuse_if_changed(fresh, version=version, new={"state": Commitment.State.DROPPED})
    change(
        fresh,
        version=version + 1,
        state=Commitment.State.DROPPED,
        reason=why,
        closed_by=actor.signature,
        closed_at=clock.now(),
    )
    return fresh


@action("commitment.reopen", event="commitment.reopened", on="commitment")
def reopen_commitment(*, actor: Actor, commitment: Commitment, version: int) -> Commitment:
    """Open again what was closed; where its point has another open commitment by now, that one stands."""
    fresh = _fresh(commitment)
    refuse_if_changed(fresh, version=version, new={"state": Commitment.State.OPEN})
    if fresh.state == Commitment.State.OPEN:
        nothing_changed()
        return fresh
    same = Commitment.objects.filter(
        arose_from=fresh.arose_from,
        point=fresh.point,
        state=Commitment.State.OPEN,
        taken_back_at__isnull=True,
    )
    if fresh.point and same.exists():
        raise RuleBroken("commitment.open_already", "There is another one open for the same point.")
    change(
        fresh,
        version=version + 1,
        state=Commitment.State.OPEN,
        reason="",
        closed_by_ref="",
        closed_by="",
        closed_at=None,
    )
    return fresh


@action("commitment.hand_over", event="commitment.handed_over", on="commitment")
def hand_over(
    *,
    actor: Actor,
    commitment: Commitment,
    version: int,
    owner_user_id: int | None = None,
    owner_title: str = "",
) -> Commitment:
    """Give it to somebody else, who is told."""
    user_id, title = _owner(owner_user_id, owner_title)
    fresh = _fresh(commitment)
    refuse_if_changed(fresh, version=version, new={"owner_title": title})
    if (fresh.owner_user_id, fresh.owner_title) == (user_id, title):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, owner_user_id=user_id, owner_title=title)
    note(owner=title)
    _tell_owner(actor, fresh)
    return fresh


@action("commitment.take_back", event="commitment.taken_back", on="commitment")
def take_back_commitment(*, actor: Actor, commitment: Commitment, reason: str = "") -> Commitment:
    """Take back what was noted by mistake: within a day it vanishes, later it is cancelled with a reason."""
    take_back(commitment, actor=actor, reason=reason)
    return commitment
