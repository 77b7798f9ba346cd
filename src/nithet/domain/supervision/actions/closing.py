"""Closing a visit: it is frozen, and its copy becomes evidence for the items it proves."""

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.files import record_file
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import KeptFile, keep_file
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.holding import hold, refuse_closed
from nithet.domain.supervision.models.visits import Visit, VisitClosing
from nithet.domain.supervision.queries.content import content_of, visit_ref
from nithet.domain.supervision.rules.copy_paper import CopyPrint, copy_document
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date

COPY = "visit_copy"
"""The kind of evidence that the copy of a visit is."""
COPY_TITLES = {"supervision": "สำเนาการนิเทศโรงเรียน", "committee": "สำเนาการตรวจเยี่ยมโรงเรียน"}
"""Official Thai, whatever the reader's language."""


def close_visit(*, actor: Actor, visit: Visit, version: int) -> VisitClosing:
    """Set the copy of a visit, keep its file, and close the visit through the door.

    The copy is set before the transaction opens, because setting takes time. Raises what `record_closing` raises.
    """
    if not (verdict := ask("visit.close", actor, visit)):
        raise Refused("visit.close", verdict)
    content = content_of(visit)
    number = visit.closings.count() + 1
    printed = CopyPrint(
        office=Unit.objects.get(pk=visit.office_id).name,
        number=number,
        digest=digest_of(content),
        dated=clock.today(),
    )
    data = write_pdf(copy_document(content, printed))
    kept = keep_file(f"visit-{visit.pk}-{number}.pdf", data, "application/pdf")
    return record_closing(
        actor=actor, visit=visit, version=version, content_digest=printed.digest, kept=kept
    )


@action("visit.close", event="visit.closed", on="visit")
def record_closing(
    *, actor: Actor, visit: Visit, version: int, content_digest: str, kept: KeptFile
) -> VisitClosing:
    """Freeze a visit as it stands: its values with their digest, and its copy as a piece of evidence.

    The piece is used for every item of an open round of its year that expects a copy of a visit, and for those that its project
    serves. Raises `Conflict` where the record is not the one of the copy any more.
    """
    fresh = hold(visit)
    refuse_closed(fresh)
    if fresh.state != Visit.State.DONE:
        raise RuleBroken("visit.not_done", "There is nothing to close before the visit was made.")
    refuse_if_changed(fresh, version=version, new={})
    content = content_of(fresh)
    if digest_of(content) != content_digest:
        raise Conflict(
            "visit.changed_before_closing",
            "The record changed meanwhile. Look at it again and close.",
        )
    about(fresh)
    now = clock.now()
    last = fresh.closings.first()
    number = last.number + 1 if last else 1
    piece = _piece(actor, fresh, kept, last)
    items = _use(actor, fresh, piece)
    note(number=number, content_digest=content_digest, items=items)
    made = VisitClosing.objects.create(
        office_id=fresh.office_id,
        visit=fresh,
        number=number,
        content=content,
        content_digest=content_digest,
        evidence=f"evidence.piece:{piece.pk}",
        closed_by=actor.signature,
        closed_at=now,
    )
    change(fresh, closed_at=now, closed_by_id=actor.user_id, version=version + 1)
    return made


def _piece(actor: Actor, visit: Visit, kept: KeptFile, last: VisitClosing | None) -> Piece:
    """Return the piece that the copy is: the one of an earlier closing gets a further version of its file."""
    held = _piece_of(last)
    if held is not None:
        why = last.reopened_because if last else ""
        return record_file(actor=actor, piece=held, kept=kept, why=why)
    day = visit.visited_on
    return bring_piece(
        actor=actor,
        title=f"{COPY_TITLES[visit.kind]} {visit.school} {format_date(day, 'full')}",
        kind=COPY,
        period=Period(day, day, ""),
        about=str(visit_ref(visit)),
        kept=kept,
    )


def _piece_of(closing: VisitClosing | None) -> Piece | None:
    if closing is None or not closing.evidence:
        return None
    key = RecordRef.parse(closing.evidence).id
    return Piece.objects.filter(pk=key, taken_back_at__isnull=True).first()


def _use(actor: Actor, visit: Visit, piece: Piece) -> list[str]:
    """Use the copy for the items that it proves, in every open round of the year of the visit."""
    year = fiscal_year(visit.visited_on)
    served = _served(visit)
    found = []
    for one in Round.objects.filter(state=Round.State.OPEN, fiscal_year=year).select_related(
        "edition"
    ):
        for item in rules_of(one.edition).items:
            wishes_copy = any(COPY in wish.kinds for wish in item.expects)
            if wishes_copy or (one.edition_id, item.id) in served:
                use_piece(
                    actor=actor, piece=piece, edition=one.edition, fiscal_year=year, item=item.id
                )
                found.append(item.id)
    return found


def _served(visit: Visit) -> set[tuple[int, str]]:
    if visit.project is None:
        return set()
    return set(visit.project.services.values_list("edition_id", "item"))


@action("visit.reopen", event="visit.reopened", on="visit")
def reopen_visit(*, actor: Actor, visit: Visit, version: int, reason: str) -> Visit:
    """Open a closed visit again with a reason; what was frozen stays as it was."""
    why = collapse(reason)[:500]
    if not why:
        raise RuleBroken(
            "visit.reopen_reason", "Please say why it is opened again.", field="reason"
        )
    fresh = hold(visit)
    refuse_if_changed(fresh, version=version, new={})
    if fresh.closed_at is None:
        raise RuleBroken("visit.not_closed", "This visit is not closed.")
    last = fresh.closings.first()
    if last is not None:
        last.reopened_by, last.reopened_at, last.reopened_because = (
            actor.signature,
            clock.now(),
            why,
        )
        last.save(update_fields=["reopened_by", "reopened_at", "reopened_because"])
    note(reason=why)
    change(fresh, closed_at=None, closed_by_id=None, version=version + 1)
    return fresh
