"""Freezing the information on which a year's supervision was planned."""

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import keep_file
from nithet.domain.evidence.models import Piece
from nithet.domain.supervision import cycle_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.domain.supervision.queries.cycle import NEEDS_MEASURE, items_asking
from nithet.domain.supervision.queries.information import PACK, information_of
from nithet.domain.supervision.rules.information import digest_of
from nithet.domain.supervision.rules.information_paper import (
    PackPrint,
    information_document,
    title_of,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import format_date

PIECE_KIND = "report"


@action("information_pack.freeze", event="information_pack.frozen")
def freeze_information_pack(
    *, actor: Actor, year: int, plan: RecordRef | None = None
) -> InformationPack:
    """Freeze the information for planning a fiscal year as it is now, or return the newest pack where nothing differs.

    The pack is copied with its digest and printed as a Word file, which becomes evidence for the items of open rounds that ask
    whether visits answer the needs of schools. `plan` is the approved plan that it was frozen for
    ("supervision.supervisionplanversion:3").
    """
    content = information_of(actor, year)
    digest = digest_of(content)
    last = InformationPack.objects.select_for_update(of=("self",)).filter(fiscal_year=year).first()
    if last is not None and last.digest == digest:
        nothing_changed()
        return last
    made = InformationPack.objects.create(
        office_id=actor.writes_in,
        fiscal_year=year,
        number=last.number + 1 if last else 1,
        digest=digest,
        content=content,
        plan=str(plan or ""),
        frozen_at=clock.now(),
        frozen_by=actor.signature,
    )
    piece = _piece_of(actor, made)
    change(made, piece=f"evidence.piece:{piece.pk}")
    note(number=made.number, digest=digest, plan=made.plan)
    for asked in items_asking(year, frozenset({NEEDS_MEASURE})):
        use_piece(
            actor=actor,
            piece=piece,
            edition=asked.edition,
            fiscal_year=asked.fiscal_year,
            item=asked.item,
        )
    return made


def frozen_words(pack: InformationPack) -> str:
    """Return who froze a pack and when, as its paper says it."""
    day = format_date(clock.day_of(pack.frozen_at))
    because = "เมื่ออนุมัติแผนการนิเทศ" if pack.plan else "บันทึกไว้"
    return f"ฉบับที่ {pack.number} {because} วันที่ {day} โดย {pack.frozen_by}"


def _piece_of(actor: Actor, pack: InformationPack) -> Piece:
    printed = PackPrint(
        number=pack.number,
        frozen=frozen_words(pack),
        digest=pack.digest,
        dated=clock.day_of(pack.frozen_at),
    )
    title = f"{title_of(pack.content)} ฉบับที่ {pack.number}"
    data = write_docx(information_document(pack.content, printed))
    return bring_piece(
        actor=actor,
        title=title,
        kind=PIECE_KIND,
        kept=keep_file(f"{title}.docx", data),
        period=fiscal_year_period(pack.fiscal_year),
        about=f"{PACK}:{pack.pk}",
        source=f"information_pack:{pack.fiscal_year}:{pack.number}",
    )
