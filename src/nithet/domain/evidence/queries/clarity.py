"""How clear a piece is for what it is used for: the checklist of its editions, point by point, with reasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from nithet.domain.evidence.models import ClarityAnswer, Piece, Use
from nithet.domain.frameworks.measures import Measured, Sentence, ask_of_pieces
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.conditions import Quality
from nithet.domain.frameworks.rules.edition import Criterion, Kind
from nithet.domain.frameworks.rules.edition import Edition as Rules
from nithet.domain.frameworks.rules.facts import PieceFacts
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period
from nithet.kernel.school_years import academic_year_period, fiscal_year_period

PIECE = "evidence.piece"
"""The kind under which references name a piece."""

NOT_REVIEWED = msgid("Nobody has reviewed this yet.")
REVIEWED = msgid("%(by)s reviewed it.")
REVIEWED_BECAUSE = msgid("%(by)s reviewed it: %(reason)s")
REOPENED = msgid(
    "%(by)s reviewed it before it was changed; somebody has to look at what is there now."
)

IN_PERIOD = "evidence.in_period"
"""The measure whose answer follows from the time stated, not from the content."""


@dataclass(frozen=True, slots=True)
class ClarityPoint:
    """One point of the clarity checklist of a piece: `holds` None means that it is open; `because` says why."""

    criterion: Criterion
    holds: bool | None
    because: Sentence
    is_computed: bool
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether a person may answer: what the records decide is not open."""
        return not (self.is_computed and self.holds is not None)

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
            edition=edition,
            fiscal_year=fiscal_year,
            taken_back_at__isnull=True,
            piece__taken_back_at__isnull=True,
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
        piece.uses.filter(taken_back_at__isnull=True)
        .select_related("piece", "edition")
        .order_by("-fiscal_year", "edition_id", "item", "pk")
    )
    return views_for(uses, list(piece.clarity_answers.all()))


def views_for(uses: Iterable[Use], answers: Iterable[ClarityAnswer]) -> list[PieceView]:
    """Return uses (their piece and edition fetched) with their checklists, in the order given; no query."""
    given, found = list(answers), {}
    grouped: dict[tuple[int, int], list[Use]] = {}
    for use in (listed := list(uses)):
        grouped.setdefault((use.edition_id, use.fiscal_year), []).append(use)
    for (_, year), group in grouped.items():
        for view in _views(rules_of(group[0].edition), year, group, given):
            found[view.use.pk] = view
    return [found[use.pk] for use in listed]


def views_of_pieces(pieces: Iterable[Piece]) -> dict[int, list[PieceView]]:
    """Return piece id -> its uses with their checklists, for many pieces at once; three queries."""
    ids = [piece.pk for piece in pieces]
    uses = list(
        Use.objects.filter(piece__in=ids, taken_back_at__isnull=True)
        .select_related("piece")
        .order_by("-fiscal_year", "edition_id", "item", "pk")
    )
    editions = Edition.objects.in_bulk({use.edition_id for use in uses})
    for use in uses:
        use.edition = editions[use.edition_id]
    answers = ClarityAnswer.objects.filter(piece__in=ids)
    found: dict[int, list[PieceView]] = {}
    for view in views_for(uses, answers):
        found.setdefault(view.piece.pk, []).append(view)
    return found


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
    if answer is not None and answer.reopened_at is not None:
        return ClarityPoint(
            criterion,
            None,
            Sentence(REOPENED, {"by": answer.answered_by}),
            is_computed=False,
        )
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
            if point.is_open:
                found.setdefault(point.criterion.id, point.criterion)
    return found


def content_points(piece: Piece) -> frozenset[str]:
    """Return the points of a piece's editions whose answer depends on what the piece is or holds."""
    return _points_where(piece, lambda one: one.measure != IN_PERIOD)


def period_points(piece: Piece) -> frozenset[str]:
    """Return the points of a piece's editions whose answer depends on the time it speaks of."""
    return _points_where(piece, lambda one: one.measure == IN_PERIOD)


def _points_where(piece: Piece, fits: Callable[[Criterion], bool]) -> frozenset[str]:
    editions = Edition.objects.filter(
        Exists(Use.objects.filter(edition=OuterRef("pk"), piece=piece))
    )
    return frozenset(
        one.id for edition in editions for one in rules_of(edition).clarity if fits(one)
    )
