"""The supervision cycle that the document tells of (ข้อ 5, 1.3.1 to 1.3.8), kept in the records of the product.

Nothing is added to what the document says: a step holds the words of its paragraph, the paragraph cites the step, and only the
steps for which the document names a piece of evidence are finished, on no day, because it states none. The manual stands with
the steps that it is said to describe; they stay unfinished, because no trace of their being done is named. No review is made
up, so the records cannot tell whether the system was reviewed.
"""

from nithet.domain.assessments.actions.narrative import edit_paragraph
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.evidence.models import Piece
from nithet.domain.supervision.actions.cycle import (
    choose_model,
    finish_step,
    link_record,
    write_step,
)
from nithet.domain.supervision.models.cycle import CycleStep, SupervisionCycle
from nithet.domain.supervision.queries.cycle import STEP
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.text import collapse

MODEL = "eight_steps"
ITEM = "5"
DOCUMENTS = {
    "plan": "แผนปฏิบัติการนิเทศ",
    "supervise": "สำเนาการนิเทศโรงเรียน",
    "report": "สรุปรายงานการนิเทศ",
}
"""Step -> the piece that the document names for it."""
MANUAL = "คู่มือการนิเทศ"
"""How the title of the manual begins; the document says that the steps were designed to make it."""


def keep_supervision_cycle(actor: Actor, reporting_round: Round) -> SupervisionCycle:
    """Keep the cycle that the round's narrative tells of, or find it as it was kept before."""
    year = reporting_round.fiscal_year
    kept = SupervisionCycle.objects.filter(fiscal_year=year).first()
    if kept is not None:
        return kept
    cycle = choose_model(actor=actor, fiscal_year=year, key=MODEL)
    told = _paragraphs(reporting_round)
    for step in cycle.steps.all():
        if paragraph := told.get(step.mark):
            _keep(actor, step, paragraph)
    return cycle


def _paragraphs(reporting_round: Round) -> dict[str, NarrativeParagraph]:
    """Return the paragraphs of the item's first narrative by their marks."""
    rows = NarrativeParagraph.objects.filter(
        group__answer__round=reporting_round, group__answer__item=ITEM, group__position=0
    )
    return {row.mark.strip(): row for row in rows.select_related("group__answer__round")}


def _keep(actor: Actor, step: CycleStep, paragraph: NarrativeParagraph) -> None:
    written = write_step(
        actor=actor, step=step, version=step.version, text=collapse(paragraph.text)
    )
    title = DOCUMENTS.get(step.code, MANUAL)
    piece = Piece.objects.filter(title__startswith=title, taken_back_at=None).order_by("pk").first()
    if piece is not None:
        link_record(actor=actor, step=written, ref=RecordRef("evidence.piece", str(piece.pk)))
        if step.code in DOCUMENTS:
            finish_step(actor=actor, step=written, version=written.version)
    cites = [RecordRef.parse(one) for one in paragraph.cites]
    edit_paragraph(
        actor=actor,
        round=paragraph.group.answer.round,
        paragraph=paragraph,
        version=paragraph.version,
        text=paragraph.text,
        cites=[*cites, RecordRef(STEP, str(step.pk))],
    )
