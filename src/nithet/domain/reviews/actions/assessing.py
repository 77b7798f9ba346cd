"""A closed round is frozen, assessors are invited to it, and write what they think."""

from datetime import date, timedelta

from nithet.domain.assessments.actions.signing import give_assessor_level
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import AssessorLevel
from nithet.domain.directory.invitations import invite_person, withdraw_invitation
from nithet.domain.reviews import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.reviews.models.frozen import AssessorNote, FrozenRound
from nithet.domain.reviews.notices import ASSESSOR_JUDGED
from nithet.domain.reviews.policy import FROZEN
from nithet.domain.reviews.queries.assessors import invitation_of, posting_of
from nithet.domain.reviews.queries.folders import signers_of
from nithet.domain.reviews.queries.freezing import content_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Invitation
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

LONGEST_NOTE = 4000
LONGEST_INVITATION = timedelta(days=366)


@action("round.freeze", event="round.frozen", on="round")
def freeze_round(*, actor: Actor, round: Round) -> FrozenRound:
    """Make the copy of a closed round that assessors see, or return the newest where nothing has changed since it."""
    held = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    content = content_of(actor, held)
    digest = digest_of(content)
    newest = FrozenRound.objects.filter(round=held).first()
    if newest is not None and newest.digest == digest:
        nothing_changed()
        return newest
    number = newest.number + 1 if newest else 1
    note(number=number, digest=digest)
    return FrozenRound.objects.create(
        office_id=held.office_id,
        round=held,
        number=number,
        content=content,
        digest=digest,
        made_by=actor.signature,
        made_at=clock.now(),
    )


@action("assessor.invite", event="assessor.invited", on="round")
def invite_assessor(*, actor: Actor, round: Round, title: str, until: date) -> tuple[FrozenRound, Invitation, str]:
    """Invite an assessor to the frozen copy of a round, until a day; return the copy, the invitation and the word of its link.

    Raises `RuleBroken` for an empty title, a day in the past or one more than a year away.
    """
    words = collapse(title)
    if not words:
        raise RuleBroken("assessor.title", "Write who is invited, by position.", field="title")
    if not clock.today() < until <= clock.today() + LONGEST_INVITATION:
        raise RuleBroken("assessor.until", "Choose a day after today and within a year.", field="until")
    frozen = freeze_round(actor=actor, round=round)
    invitation, token = invite_person(
        actor=actor,
        unit=round.office,
        role=Role.ASSESSOR,
        title=words,
        display_name=words,
        expires_on=until,
        limited_to=f"{FROZEN}:{frozen.pk}",
        posting_ends_on=until,
    )
    about(frozen)
    note(title=words, ends_on=until.isoformat())
    return frozen, invitation, token


@action("assessor.withdraw", event="assessor.withdrawn", on="frozen")
def withdraw_assessor(*, actor: Actor, frozen: FrozenRound, invitation_id: int) -> None:
    """End an invitation to a frozen copy: its link opens nothing, and who came by it sees nothing from their next request on."""
    invitation = invitation_of(frozen, invitation_id)
    if invitation is None:
        raise RuleBroken("assessor.unknown", "There is no such invitation to this copy.")
    about(frozen)
    note(title=invitation.title)
    if invitation.accepted_at is None:
        withdraw_invitation(actor=actor, invitation=invitation)
        return
    posting = posting_of(frozen, invitation)
    if posting is None:
        raise Conflict("assessor.ended_already", "This invitation has ended already.")
    posting.delete()


@action("assessor.note", event="assessor.noted", on="frozen")
def write_note(
    *, actor: Actor, frozen: FrozenRound, item: str, text: str, level: int | None = None, version: int = 0
) -> AssessorNote:
    """Write what an assessor thinks of one item, with a level where they give one; `version` 0 where there was no note yet.

    Raises `RuleBroken` for an item or level that the round does not have, or for a note without words, `Conflict` where the
    note was changed meanwhile (in another window).
    """
    if item not in {one["id"] for one in frozen.content["items"]}:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    words = text.strip()
    if not words:
        raise RuleBroken("assessor.words", "Please write a few words.", field="text")
    if len(words) > LONGEST_NOTE:
        raise RuleBroken(
            "reason.long", "Please say it in at most %(limit)s characters.", field="text", limit=LONGEST_NOTE
        )
    if actor.user_id is None:
        raise RuleBroken("assessor.person", "Only an invited assessor writes here.")
    note(item=item, level=level)
    about(frozen)
    kept = (
        AssessorNote.objects.select_for_update(of=("self",))
        .filter(frozen=frozen, item=item, written_by_id=actor.user_id)
        .first()
    )
    if kept is None:
        return AssessorNote.objects.create(
            office_id=frozen.office_id,
            frozen=frozen,
            item=item,
            level=level,
            text=words,
            written_by=actor.signature,
            written_by_id=actor.user_id,
            written_at=clock.now(),
        )
    refuse_if_changed(kept, version=version, new={"text": words, "level": level})
    change(kept, text=words, level=level, written_at=clock.now(), version=kept.version + 1)
    return kept


@action("assessor.judge", event="assessor.judged", on="frozen")
def judge_frozen(*, actor: Actor, frozen: FrozenRound, level: int | None, reason: str) -> AssessorLevel:
    """Give the round the assessor's level with the reason, beside the computed and the declared one."""
    given = give_assessor_level(actor=actor, round=frozen.round, level=level, reason=reason)
    about(frozen)
    note(level=level)
    tell(
        actor=actor,
        to=[one.user_id for one in signers_of(frozen.office_id)],
        kind=ASSESSOR_JUDGED,
        ref=RecordRef(FROZEN, str(frozen.pk)),
        title=str(frozen),
    )
    return given
