"""Two rounds of one office beside each other: last year's and this year's, or six and twelve months."""

from dataclasses import dataclass

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import assessor_level_of, declared_of, visible_rounds
from nithet.domain.assessments.queries.standing import Standing, standing_of
from nithet.domain.frameworks.rules.facts import Answer
from nithet.foundation.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Side:
    """One round in a comparison. Levels are None where not reached or not given; `has_*` tells the two apart."""

    round: Round
    standing: Standing
    computed: int | None
    declared: int | None
    has_declared: bool
    assessor: int | None
    has_assessor: bool


@dataclass(frozen=True, slots=True)
class ItemSide:
    """One item of one round: tests done of how many, its trace of evidence, and how many pieces are clear of how many."""

    done: int
    tests: int
    trace: str
    is_checkable: bool
    clear: int
    pieces: int


@dataclass(frozen=True, slots=True)
class ItemCompared:
    """One item in both rounds; None where a round's form does not have it. `moved` says whether anything differs."""

    item: str
    title: str
    earlier: ItemSide | None
    later: ItemSide | None

    @property
    def moved(self) -> bool:
        """Say whether anything differs."""
        return self.earlier != self.later


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds, the earlier first, item by item in the order of the later form."""

    earlier: Side
    later: Side
    items: tuple[ItemCompared, ...]
    same_form: bool


def others_of(actor: Actor, reporting_round: Round) -> list[Round]:
    """List the rounds with which one can be compared: every other round of the office, the nearest in time first."""
    rows = visible_rounds(actor).exclude(pk=reporting_round.pk)
    here = (reporting_round.fiscal_year, reporting_round.months)
    return sorted(rows, key=lambda row: (_framework(row) != _framework(reporting_round), abs(here[0] - row.fiscal_year), -row.months))


def _framework(reporting_round: Round) -> str:
    return reporting_round.edition.urn.rpartition(":")[2]


def compare(first: Round, second: Round) -> Comparison:
    """Compare two rounds as they stand; a fixed number of queries."""
    earlier, later = sorted((first, second), key=lambda row: (row.fiscal_year, row.months, row.pk))
    before, after = _side(earlier), _side(later)
    old = {node.id: node for node in before.standing.edition.items}
    new = {node.id: node for node in after.standing.edition.items}
    order = [*new, *(key for key in old if key not in new)]
    items = tuple(
        ItemCompared(
            key,
            (new.get(key) or old[key]).title.th,
            _item(before.standing, key) if key in old else None,
            _item(after.standing, key) if key in new else None,
        )
        for key in order
    )
    return Comparison(before, after, items, earlier.edition_id == later.edition_id)


def _side(reporting_round: Round) -> Side:
    standing = standing_of(reporting_round)
    declared, assessor = declared_of(reporting_round), assessor_level_of(reporting_round)
    return Side(
        round=reporting_round,
        standing=standing,
        computed=standing.judgement.level,
        declared=declared.declared_level if declared else None,
        has_declared=declared is not None,
        assessor=assessor.level if assessor else None,
        has_assessor=assessor is not None,
    )


def _item(standing: Standing, key: str) -> ItemSide:
    answers = standing.facts.items[key].tests or {}
    trace, pieces = standing.traces[key], standing.pieces.get(key, ())
    return ItemSide(
        done=sum(answer is Answer.DONE for answer in answers.values()),
        tests=len(standing.edition.nodes[key].tests),
        trace=str(trace.state.value),
        is_checkable=trace.checkable,
        clear=sum(view.is_clear for view in pieces),
        pieces=len(pieces),
    )
