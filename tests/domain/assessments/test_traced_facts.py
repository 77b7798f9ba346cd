"""The judge is given traces instead of pieces, which must never change what it says."""

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.domain.frameworks.rules.judge import judge
from tests.web.conftest import taken_over  # noqa: F401


def test_judging_by_traces_says_what_judging_by_pieces_says(taken_over: Round) -> None:  # noqa: F811
    standing = standing_of(taken_over)
    assert any(item.pieces for item in standing.facts.items.values())
    assert not any(item.pieces for item in standing.judged.items.values())
    by_pieces = judge(standing.edition, standing.facts)
    said = standing.judgement
    assert (said.level, said.possible, said.settled, said.flags) == (
        by_pieces.level,
        by_pieces.possible,
        by_pieces.settled,
        by_pieces.flags,
    )
    assert standing.report == to_contract_json(standing.edition, by_pieces, standing.facts)
