"""A folder is put before somebody, and decided."""

import secrets
from datetime import timedelta

from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.reviews import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.notices import FOLDER_APPROVED, FOLDER_RETURNED, FOLDER_WAITING
from nithet.domain.reviews.queries.folders import signers_of
from nithet.domain.reviews.refs import FOLDER
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

WAITS_FOR = timedelta(days=14)
LONGEST_NOTE = 1000


def token_digest(token: str) -> str:
    """Return what is kept of the word in a link."""
    return sha256_hex(token.encode())


@action("folder.propose", event="folder.proposed", on="round")
def propose_folder(
    *,
    actor: Actor,
    round: Round,
    declared_level: int | None,
    shown: str,
    addressee_id: int,
    reason: str = "",
    words: str = "",
) -> tuple[Folder, str]:
    """Put a level of a round before somebody to be signed; return the folder and the word of its link, shown this once.

    `shown` is the digest of the standing that the proposer saw; `Conflict` where the records differ by now. A folder of the same
    round that still waits is withdrawn. Raises `RuleBroken` where the addressee may not sign for the office, where the form has
    no such level, or where a level that the records do not show comes without a reason.
    """
    held = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    standing = standing_of(held)
    if standing.digest != shown:
        raise Conflict(
            "round.changed_since_shown",
            "The records have changed since this page was opened. Look at them again before you put it forward.",
        )
    _refuse_level(standing.edition, declared_level)
    why = collapse(reason)[:500]
    if (declared_level != standing.judgement.level or not standing.judgement.settled) and not why:
        raise RuleBroken(
            "level.reason",
            "The proposed level is not the one that the records show. Please say why.",
            field="reason",
        )
    signer = next((one for one in signers_of(round.office_id) if one.user_id == addressee_id), None)
    if signer is None:
        raise RuleBroken("folder.addressee", "Choose somebody who signs for the office.", field="addressee")
    for older in Folder.objects.filter(round=round, state=Folder.State.WAITING):
        withdraw_folder(actor=actor, folder=older)
    token = secrets.token_urlsafe(24)
    made = Folder.objects.create(
        office_id=round.office_id,
        round=round,
        declared_level=declared_level,
        reason=why,
        note=words.strip()[:LONGEST_NOTE],
        shown_digest=shown,
        token_digest=token_digest(token),
        addressee_id=signer.user_id,
        addressee=signer.name,
        proposed_by=actor.signature,
        proposed_by_id=actor.user_id,
        proposed_at=clock.now(),
        expires_at=clock.now() + WAITS_FOR,
    )
    about(made)
    note(addressee=signer.name, declared_level=declared_level, shown=shown)
    tell(actor=actor, to=[signer.user_id], kind=FOLDER_WAITING, ref=RecordRef(FOLDER, str(made.pk)), title=str(made))
    return made, token


def _refuse_level(edition: object, level: int | None) -> None:
    levels = edition.root.levels  # type: ignore[attr-defined]
    scale = {one.number for one in levels.scale} if levels else set()
    if level is not None and level not in scale:
        raise RuleBroken("level.unknown", "This form has no level %(level)s.", field="declared_level", level=level)


def _waiting(folder: Folder) -> Folder:
    fresh = Folder.objects.select_for_update(of=("self",)).select_related("round__edition").get(pk=folder.pk)
    if fresh.state != Folder.State.WAITING:
        raise Conflict("folder.decided_already", "This folder was decided already by %(who)s.", who=fresh.decided_by)
    return fresh


@action("folder.approve", event="folder.approved", on="folder")
def approve_folder(*, actor: Actor, folder: Folder, answer: str = "") -> Folder:
    """Approve a folder and sign its level, for exactly what its proposer saw.

    Raises `Conflict` where it was decided meanwhile or the records have changed since, `RuleBroken` where its time has passed.
    """
    fresh = _waiting(folder)
    if not fresh.is_open_at(clock.now()):
        raise RuleBroken("folder.expired", "The time for this folder has passed. It must be put forward again.")
    signed = sign_off(
        actor=actor,
        round=fresh.round,
        declared_level=fresh.declared_level,
        shown=fresh.shown_digest,
        request_key=f"folder-{fresh.pk}",
        reason=fresh.reason,
    )
    note(declared_level=fresh.declared_level)
    _decide(fresh, actor, Folder.State.APPROVED, answer, sign_off_id=signed.pk)
    _tell_proposer(fresh, actor, FOLDER_APPROVED)
    return fresh


@action("folder.return", event="folder.returned", on="folder")
def return_folder(*, actor: Actor, folder: Folder, answer: str) -> Folder:
    """Send a folder back with what is to be mended; nothing is signed."""
    if not answer.strip():
        raise RuleBroken("folder.answer", "Please write what is to be mended.", field="answer")
    fresh = _waiting(folder)
    _decide(fresh, actor, Folder.State.RETURNED, answer)
    _tell_proposer(fresh, actor, FOLDER_RETURNED)
    return fresh


@action("folder.withdraw", event="folder.withdrawn", on="folder")
def withdraw_folder(*, actor: Actor, folder: Folder) -> Folder:
    """Take a waiting folder back; its link opens nothing any more."""
    fresh = _waiting(folder)
    _decide(fresh, actor, Folder.State.WITHDRAWN, "")
    return fresh


def _decide(folder: Folder, actor: Actor, state: Folder.State, answer: str, sign_off_id: int | None = None) -> None:
    change(
        folder,
        state=state,
        answer=answer.strip()[:LONGEST_NOTE],
        decided_by=actor.signature,
        decided_at=clock.now(),
        sign_off_id=sign_off_id,
    )


def _tell_proposer(folder: Folder, actor: Actor, kind: str) -> None:
    if folder.proposed_by_id is not None:
        ref = RecordRef(FOLDER, str(folder.pk))
        tell(actor=actor, to=[folder.proposed_by_id], kind=kind, ref=ref, title=str(folder), answer=folder.answer)
