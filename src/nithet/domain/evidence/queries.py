"""Reading evidence. Fixed numbers of queries, whatever the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from nithet.domain.evidence.models import ClarityAnswer, Piece, Use
from nithet.domain.evidence.policy import visible_to
from nithet.domain.frameworks.measures import Measured, Sentence, ask_of_pieces
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.conditions import Quality
from nithet.domain.frameworks.rules.edition import Criterion, Kind
from nithet.domain.frameworks.rules.edition import Edition as Rules
from nithet.domain.frameworks.rules.facts import PieceFacts
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period
from nithet.kernel.school_years import academic_year_period, fiscal_year_period

PIECE = "evidence.piece"
"""The kind under which references name a piece."""

NOT_REVIEWED = msgid("Nobody has reviewed this yet.")
REVIEWED = msgid("%(by)s reviewed it.")
REVIEWED_BECAUSE = msgid("%(by)s reviewed it: %(reason)s")


@dataclass(frozen=True, slots=True)
class ClarityPoint:
    """One point of the clarity checklist of a piece: `holds` None means that it is open; `because` says why."""

    criterion: Criterion
    holds: bool | None
    because: Sentence
    is_computed: bool
    answered_at: datetime | None = None

    @property
    def words(self) -> str:
        """Return the point in the language of the reader."""
        return self.criterion.name.say("en" if (get_language() or "th").startswith("en") else "th")


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece as it is used for an item in a year, with its clarity checklist in the order of the edition.

    `kind` is None where the edition does not name the piece's kind.
    """

    piece: Piece
    use: Use
    kind: Kind | None
    clarity: tuple[ClarityPoint, ...]

    @property
    def is_clear(self) -> bool:
        """Say whether every point that is asked for clarity holds."""
        return self._all(Quality.CLEAR)

    @property
    def is_checkable(self) -> bool:
        """Say whether every point that is asked for checking holds."""
        return self._all(Quality.CHECKABLE)

    @property
    def facts(self) -> PieceFacts:
        """Return the piece as the judge sees it."""
        return PieceFacts(
            self.piece.kind,
            {point.criterion.id: point.holds for point in self.clarity},
            self.piece.title,
        )

    def _all(self, quality: Quality) -> bool:
        return all(
            point.holds is True for point in self.clarity if point.criterion.serves is quality
        )


def pieces_for(edition: Edition, fiscal_year: int) -> dict[str, list[PieceView]]:
    """Return item -> the office's pieces used for it in a year, in the order of the form; two queries.

    Withdrawn pieces are left out; an item without pieces is not in the answer.
    """
    uses = (
        Use.objects.filter(
            edition=edition, fiscal_year=fiscal_year, piece__withdrawn_at__isnull=True
        )
        .select_related("piece")
        .order_by("item", "sheet", "position", "pk")
    )
    answers = ClarityAnswer.objects.filter(
        Exists(
            Use.objects.filter(piece=OuterRef("piece"), edition=edition, fiscal_year=fiscal_year)
        )
    )
    found: dict[str, list[PieceView]] = {}
    for view in _views(rules_of(edition), fiscal_year, list(uses), answers):
        found.setdefault(view.use.item, []).append(view)
    return found


def facts_for(edition: Edition, fiscal_year: int) -> dict[str, tuple[PieceFacts, ...]]:
    """Return item -> what the judge is told of its pieces; two queries. An item without pieces is not in the answer."""
    return {
        item: tuple(view.facts for view in views)
        for item, views in pieces_for(edition, fiscal_year).items()
    }


def views_of(piece: Piece) -> list[PieceView]:
    """Return every use of one piece with its checklist, the newest year first; two queries and one for each edition."""
    uses = list(
        piece.uses.select_related("piece", "edition").order_by(
            "-fiscal_year", "edition_id", "item", "pk"
        )
    )
    answers = list(piece.clarity_answers.all())
    return [
        view
        for use in uses
        for view in _views(rules_of(use.edition), use.fiscal_year, [use], answers)
    ]


def _views(
    rules: Rules, fiscal_year: int, uses: list[Use], answers: Iterable[ClarityAnswer]
) -> list[PieceView]:
    given = {(answer.piece_id, answer.criterion): answer for answer in answers}
    pieces = list({use.piece_id: use.piece for use in uses}.values())
    period = _reported(rules, fiscal_year)
    computed = {
        one.id: ask_of_pieces(one.measure, pieces, period) for one in rules.clarity if one.measure
    }
    kinds = {kind.id: kind for kind in rules.kinds}
    return [
        PieceView(
            use.piece,
            use,
            kinds.get(use.piece.kind),
            tuple(
                _point(
                    one,
                    computed.get(one.id, {}).get(use.piece_id),
                    given.get((use.piece_id, one.id)),
                )
                for one in rules.clarity
            ),
        )
        for use in uses
    ]


def _reported(rules: Rules, year: int) -> Period:
    return academic_year_period(year) if rules.calendar == "academic" else fiscal_year_period(year)


def _point(
    criterion: Criterion, found: Measured | None, answer: ClarityAnswer | None
) -> ClarityPoint:
    """What is computed stands; a person answers what is not, or what the records could not tell."""
    if found is not None and found.value is not None:
        return ClarityPoint(criterion, bool(found.value), found.sentence, is_computed=True)
    if answer is not None:
        message = REVIEWED_BECAUSE if answer.reason else REVIEWED
        because = Sentence(message, {"by": answer.answered_by, "reason": answer.reason})
        return ClarityPoint(
            criterion, answer.holds, because, is_computed=False, answered_at=answer.answered_at
        )
    because = found.sentence if found is not None else Sentence(NOT_REVIEWED)
    return ClarityPoint(criterion, None, because, is_computed=found is not None)


def open_criteria(piece: Piece) -> dict[str, Criterion]:
    """Return the points that a person may answer for a piece, by id, from every edition that it is used for."""
    found: dict[str, Criterion] = {}
    for view in views_of(piece):
        for point in view.clarity:
            decided = point.is_computed and point.holds is not None
            if not decided:
                found.setdefault(point.criterion.id, point.criterion)
    return found


def list_pieces(actor: Actor, fiscal_year: int | None = None) -> QuerySet[Piece]:
    """List the pieces an actor may read by title, with their uses fetched; withdrawn ones are left out.

    A year keeps the pieces that are used in it or that speak of it.
    """
    rows = visible_to(actor).filter(withdrawn_at__isnull=True)
    if fiscal_year is not None:
        period = fiscal_year_period(fiscal_year)
        used = Exists(Use.objects.filter(piece=OuterRef("pk"), fiscal_year=fiscal_year))
        rows = rows.filter(used | Q(period_start__lte=period.end, period_end__gte=period.start))
    return rows.prefetch_related(_uses()).order_by("title", "pk")


def find_piece(actor: Actor, piece_id: int) -> Piece | None:
    """Return a piece the actor may read (a withdrawn one too); None where it is gone or not theirs to see."""
    return visible_to(actor).prefetch_related(_uses()).filter(pk=piece_id).first()


def _uses() -> Prefetch[str]:
    return Prefetch("uses", queryset=Use.objects.select_related("edition").defer("edition__text"))


def pieces_about(actor: Actor, *records: RecordRef) -> dict[RecordRef, list[Piece]]:
    """Return record -> the pieces that speak about it and that the actor may read; one query."""
    rows = visible_to(actor).filter(
        withdrawn_at__isnull=True, about__in=[str(record) for record in records]
    )
    found: dict[RecordRef, list[Piece]] = {record: [] for record in records}
    for row in rows.order_by("title", "pk"):
        found[RecordRef.parse(row.about)].append(row)
    return found


def record_ids_with_evidence(kind: str) -> frozenset[str]:
    """Return the ids of the office's records of a kind that some piece speaks about; one query."""
    abouts = Piece.objects.filter(
        withdrawn_at__isnull=True, about__startswith=f"{kind}:"
    ).values_list("about", flat=True)
    return frozenset(RecordRef.parse(about).id for about in abouts.distinct())


def pieces_by_title(source: str) -> Mapping[str, Piece]:
    """Return title -> the piece that a source brought, so that an import finds what it has brought before; one query."""
    return {
        row.title: row for row in Piece.objects.filter(source=source, withdrawn_at__isnull=True)
    }
