"""Agreements with a school after a visit: made, and looked at again on the next visit, whoever makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.commitments.actions import (
    close_commitment,
    edit_commitment,
    hand_over,
    make_commitment,
    reopen_commitment,
    take_back_commitment,
)
from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.models.findings import AgreementCheck
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import agreements_of, visit_ref
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

REMOVED = "ตัดออกเมื่อแก้ไขบันทึกการนิเทศ"


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What is agreed: words, who does it, by when; `key` is the id of an agreement of this visit that it changes."""

    text: str
    owner_title: str
    due_on: date | None = None
    owner_user_id: int | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What a visit found of an agreement: an `AgreementCheck.Answer`, "" where nobody looked."""

    agreement: Commitment
    answer: str
    note: str = ""


def keep_agreements(actor: Actor, visit: Visit, drafts: Sequence[AgreementDraft]) -> None:
    """Make the agreements of a visit those of its form; what the form no longer has is taken back."""
    kept = {one.pk: one for one in agreements_of(visit)}
    named = {draft.key for draft in drafts if draft.key and collapse(draft.text)}
    for key, one in kept.items():
        if key not in named:
            take_back_commitment(actor=actor, commitment=one, reason=REMOVED)
    for draft in drafts:
        if not collapse(draft.text):
            continue
        if (there := kept.get(draft.key or 0)) is not None:
            _mend(actor, there, draft)
            continue
        make_commitment(
            actor=actor,
            kind=Commitment.Kind.PROMISE,
            text=draft.text,
            owner_title=draft.owner_title,
            owner_user_id=draft.owner_user_id,
            due_on=draft.due_on,
            about=RecordRef("directory.school", str(visit.school_id)),
            arose_from=visit_ref(visit),
        )


def _mend(actor: Actor, there: Commitment, draft: AgreementDraft) -> None:
    """Give an agreement the words, the day and the owner of a form; a form without an owner leaves whose it is."""
    edited = edit_commitment(
        actor=actor,
        commitment=there,
        version=there.version,
        text=draft.text,
        due_on=draft.due_on,
    )
    owner = collapse(draft.owner_title)[:200]
    if owner and owner != edited.owner_title:
        hand_over(
            actor=actor,
            commitment=edited,
            version=edited.version,
            owner_user_id=draft.owner_user_id,
            owner_title=owner,
        )


def keep_checks(actor: Actor, visit: Visit, checks: Sequence[Check]) -> None:
    """Keep what a visit found of earlier agreements; one that is done is closed by this visit, and opened again where it is not."""
    for one in checks:
        if one.agreement.about != f"directory.school:{visit.school_id}":
            raise RuleBroken(
                "agreement.other_school", "This agreement is another school's.", field="checks"
            )
        there = AgreementCheck.objects.filter(visit=visit, agreement=one.agreement).first()
        if not one.answer:
            if there is not None:
                there.delete()
                _open_again(actor, visit, one.agreement)
            continue
        answer = AgreementCheck.Answer(one.answer)
        AgreementCheck.objects.update_or_create(
            visit=visit,
            agreement=one.agreement,
            defaults={
                "office_id": visit.office_id,
                "answer": answer,
                "note": collapse(one.note)[:500],
            },
        )
        if answer is AgreementCheck.Answer.DONE:
            fresh = Commitment.objects.get(pk=one.agreement.pk)
            if fresh.state == Commitment.State.OPEN:
                close_commitment(
                    actor=actor,
                    commitment=fresh,
                    version=fresh.version,
                    closed_by=visit_ref(visit),
                )
        else:
            _open_again(actor, visit, one.agreement)


def undo_checks(actor: Actor, visit: Visit) -> None:
    """Remove what a visit found of earlier agreements, and open again what it had closed."""
    checks = list(AgreementCheck.objects.filter(visit=visit).select_related("agreement"))
    for one in checks:
        one.delete()
        if one.agreement.stands:
            _open_again(actor, visit, one.agreement)


def _open_again(actor: Actor, visit: Visit, agreement: Commitment) -> None:
    """Open an agreement that this very visit had closed."""
    fresh = Commitment.objects.get(pk=agreement.pk)
    if fresh.state == Commitment.State.DONE and fresh.closed_by_ref == str(visit_ref(visit)):
        reopen_commitment(actor=actor, commitment=fresh, version=fresh.version)
