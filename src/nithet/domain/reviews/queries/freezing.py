"""What a frozen round holds: plain data, taken from the records at one moment.

{"edition", "title", "fiscal_year", "months", "office",
"computed": {"level", "label"}, "declared": {"level", "label", "by", "at", "reason"},
"items": [{"id", "title", "asks", "trace", "is_checkable", "done": true | false | null,
"tests": [{"id", "words", "is_done", "reason", "by", "measures": [{"words", "n", "of", "rows": [titles]}]}],
"narrative": [{"title", "paragraphs": [{"role", "section", "mark", "depth", "text"}]}],
"evidence": [{"piece", "title", "kind", "medium", "text", "custodian", "place", "link",
"sha256", "file_name", "media_type", "size", "is_withheld", "is_clear", "is_checkable",
"points": [{"words", "holds", "because"}]}]}]}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.models.rounds import Round, TestAnswer
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.narrative import narrative_of
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.assessments.queries.standing import Proposal, Standing, proposals_of, standing_of
from nithet.domain.evidence.queries.clarity import PieceView
from nithet.domain.frameworks.measures import Measured
from nithet.domain.frameworks.rules.edition import Edition, ItemTest, Node
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.domain.reviews.policy import visible_frozen
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import resolve

MOST_ROWS = 5_000
"""Rows named behind one figure; the largest office makes some thousand visits a year."""


def list_frozen(actor: Actor, round_id: int | None = None) -> QuerySet[FrozenRound]:
    """List the frozen copies an actor may read, newest first; without their content."""
    rows = visible_frozen(actor).select_related("round__edition", "round__office").defer("content")
    return rows if round_id is None else rows.filter(round_id=round_id)


def find_frozen(actor: Actor, frozen_id: int) -> FrozenRound | None:
    """Return a frozen copy the actor may read; None where there is none or it is not theirs to see."""
    return visible_frozen(actor).select_related("round__edition", "round__office").filter(pk=frozen_id).first()


def content_of(actor: Actor, reporting_round: Round) -> dict[str, Any]:
    """Return a round as plain data, in Thai: what an assessor sees of it."""
    standing = standing_of(reporting_round)
    proposals, narrative = proposals_of(reporting_round), narrative_of(reporting_round)
    signed = declared_of(reporting_round)
    return {
        "edition": standing.edition.urn,
        "title": standing.edition.title.th,
        "fiscal_year": reporting_round.fiscal_year,
        "months": reporting_round.months,
        "office": reporting_round.office.name,
        "computed": {"level": standing.judgement.level, "label": standing.report.get("label", "")},
        "declared": _declared(signed, standing.edition),
        "items": [
            _item(actor, node, standing, proposals, narrative.get(node.id, ())) for node in standing.edition.items
        ],
    }


def level_label(edition: Edition, level: int | None) -> str:
    """Return how an edition calls a level in Thai; None is what it says when no level is reached."""
    levels = edition.root.levels
    if levels is None:
        return "" if level is None else str(level)
    if level is None:
        return levels.otherwise.th
    name = next((one.name for one in levels.scale if one.number == level), None)
    return name.th if name else f"{edition.word('level').th} {level}"


def _declared(signed: SignOff | None, edition: Edition) -> dict[str, Any] | None:
    if signed is None:
        return None
    return {
        "level": signed.declared_level,
        "label": level_label(edition, signed.declared_level),
        "by": signed.signed_by,
        "at": signed.signed_at.isoformat(),
        "reason": signed.reason,
    }


def _item(
    actor: Actor,
    node: Node,
    standing: Standing,
    proposals: Mapping[tuple[str, str], Proposal],
    groups: Sequence[NarrativeGroup],
) -> dict[str, Any]:
    answer, trace = standing.answers.get(node.id), standing.traces[node.id]
    given = {row.test: row for row in answer.given} if answer else {}
    return {
        "id": node.id,
        "title": node.title.th,
        "asks": node.asks.th if node.asks else "",
        "trace": str(trace.state.value),
        "is_checkable": trace.checkable,
        "tests": [_test(actor, test, given.get(test.id), proposals.get((node.id, test.id))) for test in node.tests],
        "narrative": [
            {
                "title": group.title,
                "paragraphs": [
                    {"role": p.role, "section": p.section, "mark": p.mark, "depth": p.depth, "text": p.text}
                    for p in group.paragraphs.all()
                ],
            }
            for group in groups
        ],
        "evidence": [_evidence(view) for view in standing.pieces.get(node.id, ())],
    }


def _test(actor: Actor, test: ItemTest, given: TestAnswer | None, proposal: Proposal | None) -> dict[str, Any]:
    return {
        "id": test.id,
        "words": test.name.th,
        "is_done": given.is_done if given else None,
        "reason": given.reason if given else "",
        "by": given.answered_by if given else "",
        "measures": [_measure(actor, one) for one in proposal.measured.values()] if proposal else [],
    }


def _measure(actor: Actor, measured: Measured) -> dict[str, Any]:
    behind = measured.behind()[:MOST_ROWS]
    named = resolve(actor, behind)
    return {
        "words": measured.sentence.words,
        "n": measured.n,
        "of": measured.of,
        "rows": sorted(named[ref].title for ref in behind if ref in named),
    }


def _evidence(view: PieceView) -> dict[str, Any]:
    piece = view.piece
    # What children can be recognised in does not leave the office until somebody has confirmed that it may.
    is_withheld = piece.shows_children and piece.sharing_confirmed_at is None
    return {
        "piece": piece.pk,
        "title": view.use.printed_title or piece.title,
        "kind": view.kind.name.th if view.kind else piece.kind,
        "medium": piece.medium,
        "text": piece.body,
        "custodian": piece.custodian,
        "place": piece.place,
        "link": "" if is_withheld else piece.link,
        "sha256": "" if is_withheld else piece.file_sha256,
        "file_name": piece.file_name,
        "media_type": piece.media_type,
        "size": piece.file_size,
        "is_withheld": is_withheld,
        "is_clear": view.is_clear,
        "is_checkable": view.is_checkable,
        "points": [
            {"words": point.criterion.name.th, "holds": point.holds, "because": point.because.words}
            for point in view.clarity
        ],
    }
