"""A return edited in Word comes back: compared paragraph by paragraph, decided one by one."""

from django.db import IntegrityError

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.returns import files
from nithet.domain.returns.actions.differences import rows_of
from nithet.domain.returns.actions.taking import Taker
from nithet.domain.returns.builder import built
from nithet.domain.returns.models import EditedFile, EditedParagraph
from nithet.domain.returns.policy import may_bring_edited
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.rules import fitting
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.files.store import StoredBlob
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken


def bring_edited_file(*, actor: Actor, round: Round, data: bytes, file_name: str) -> EditedFile:
    """Read a return that was edited in Word and keep how it differs from the records; the records stay as they are.

    The same file waits for decisions once. Raises `Refused`, `BadInput` for what cannot be read, and `RuleBroken` where
    the file is another office's, another year's or another issue's.
    """
    if not (verdict := may_bring_edited(actor, round)):
        raise Refused("return.bring_edited", verdict)
    digest = sha256_hex(data)
    if kept := _waiting(round, digest):
        return kept
    edited = read_return(data, file_name).document
    whole = built(round)
    names = (round.office.name, round.office.short_name)
    fitting.check_owner(edited, names, round.fiscal_year)
    fitting.check_issue(edited, whole.document.issue)
    rows = rows_of(round, whole, edited)
    file = EditedFile(
        office_id=round.office_id,
        round=round,
        file_name=fitting.tidy_file_name(file_name),
        state=EditedFile.State.OPEN if rows else EditedFile.State.DONE,
        brought_by=actor.signature,
        brought_at=clock.now(),
    )
    try:
        return _keep_edited(actor=actor, round=round, file=file, rows=rows, blob=files.keep(data))
    except IntegrityError:
        # Somebody brought the same file at the same moment.
        if kept := _waiting(round, digest):
            return kept
        raise


def _waiting(reporting_round: Round, digest: str) -> EditedFile | None:
    return EditedFile.objects.filter(
        round=reporting_round, file_sha256=digest, state=EditedFile.State.OPEN
    ).first()


@action("return.bring_edited", event="return.edited_brought", on="round")
def _keep_edited(
    *, actor: Actor, round: Round, file: EditedFile, rows: list[EditedParagraph], blob: StoredBlob
) -> EditedFile:
    file.file_sha256, file.file_size = blob.sha256, blob.size
    file.save(force_insert=True)
    for row in rows:
        row.file = file
    EditedParagraph.objects.bulk_create(rows, batch_size=500)
    note(differences=len(rows), round=round.pk, file=blob.sha256)
    return file


def decide_paragraph(*, actor: Actor, paragraph: EditedParagraph, take: bool) -> EditedParagraph:
    """Take a difference over into the records, or keep what they say; the file is done when none is open.

    Raises `Conflict` with both versions where the record no longer reads as it did when the file was compared, and
    `RuleBroken` where it was decided otherwise before, or belongs to the form.
    """
    decide = _take_paragraph if take else _keep_paragraph
    return decide(actor=actor, paragraph=paragraph)


@action("return.take_paragraph", event="return.paragraph_taken", on="paragraph")
def _take_paragraph(*, actor: Actor, paragraph: EditedParagraph) -> EditedParagraph:
    fresh = _locked(paragraph)
    if _is_decided(fresh, EditedParagraph.Decision.TAKEN):
        return fresh
    if not fresh.can_take:
        raise RuleBroken("edited.cannot_take", fresh.why_not_message)
    fresh.record = Taker(actor, fresh.file).take(fresh)
    return _decided(actor, fresh, EditedParagraph.Decision.TAKEN)


@action("return.keep_paragraph", event="return.paragraph_kept", on="paragraph")
def _keep_paragraph(*, actor: Actor, paragraph: EditedParagraph) -> EditedParagraph:
    fresh = _locked(paragraph)
    if _is_decided(fresh, EditedParagraph.Decision.KEPT):
        return fresh
    return _decided(actor, fresh, EditedParagraph.Decision.KEPT)


def _locked(paragraph: EditedParagraph) -> EditedParagraph:
    """Return the difference as it stands, with its file locked: decisions of a file go one by one.

    The round is locked with it, before any of its answers: everybody who writes in a round takes them in this order.
    """
    files_of_rounds = EditedFile.objects.select_for_update(of=("self", "round"))
    file = files_of_rounds.select_related("round__edition").get(pk=paragraph.file_id)
    fresh: EditedParagraph = file.paragraphs.get(pk=paragraph.pk)
    fresh.file = file
    return fresh


def _is_decided(fresh: EditedParagraph, decision: EditedParagraph.Decision) -> bool:
    """Say whether it was decided so before; raises where it was decided otherwise."""
    if fresh.decision == decision:
        nothing_changed()
        return True
    if fresh.decision != EditedParagraph.Decision.OPEN:
        raise RuleBroken(
            "edited.decided", "This difference has been decided already. Edit the return itself."
        )
    return False


def _decided(
    actor: Actor, fresh: EditedParagraph, decision: EditedParagraph.Decision
) -> EditedParagraph:
    file = fresh.file
    about(file)
    note(item=fresh.item or "–", before_words=fresh.before, after_words=fresh.after)
    change(fresh, decision=decision)
    fresh.decided_by = actor.signature
    fresh.save(update_fields=["decided_by", "record"])
    if not file.paragraphs.filter(decision=EditedParagraph.Decision.OPEN).exists():
        file.state = EditedFile.State.DONE
        file.save(update_fields=["state"])
    return fresh
