"""What each item of an edition expects as evidence, and what is still missing."""

from dataclasses import dataclass

from nithet.domain.evidence.queries.clarity import PieceView, pieces_for
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Kind


@dataclass(frozen=True, slots=True)
class Expected:
    """An item expects at least `wanted` pieces of any of these kinds: so many are here, so many of them clear."""

    item: str
    kinds: tuple[Kind, ...]
    wanted: int
    here: int
    clear: int

    @property
    def missing(self) -> int:
        """Return how many pieces have still to be brought."""
        return max(0, self.wanted - self.here)

    @property
    def unclear(self) -> int:
        """Return how many of the pieces that are needed are here and not clear yet."""
        return max(0, min(self.wanted, self.here) - self.clear)


def expected_of(edition: Edition, fiscal_year: int) -> dict[str, list[Expected]]:
    """Return item -> what it expects, in the order of the form; two queries. An item that expects nothing has an empty list."""
    rules, pieces = rules_of(edition), pieces_for(edition, fiscal_year)
    kinds = {kind.id: kind for kind in rules.kinds}
    return {
        item.id: [
            _expected(
                item.id,
                tuple(kinds[one] for one in wish.kinds),
                wish.count,
                pieces.get(item.id, []),
            )
            for wish in item.expects
        ]
        for item in rules.items
    }


def _expected(item: str, kinds: tuple[Kind, ...], wanted: int, views: list[PieceView]) -> Expected:
    named = {kind.id for kind in kinds}
    fitting = [view for view in views if view.piece.kind in named]
    return Expected(item, kinds, wanted, len(fitting), sum(view.is_clear for view in fitting))


def missing_of(edition: Edition, fiscal_year: int) -> list[Expected]:
    """List what is still missing, in the order of the form; two queries."""
    found = expected_of(edition, fiscal_year)
    return [one for wishes in found.values() for one in wishes if one.missing]
