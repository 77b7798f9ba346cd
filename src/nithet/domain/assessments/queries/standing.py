"""Where a round stands: facts, judgement, proposals. Fixed numbers of queries, whatever the rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from nithet.domain.assessments.models.rounds import ItemAnswer, Reading, Round, TestAnswer
from nithet.domain.assessments.rules import shown_digest
from nithet.domain.evidence.queries.clarity import PieceView, pieces_for
from nithet.domain.frameworks import measures
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.contract import to_contract_json, to_next
from nithet.domain.frameworks.rules.edition import Edition as EditionRules
from nithet.domain.frameworks.rules.edition import ItemTest
from nithet.domain.frameworks.rules.efforts import Change
from nithet.domain.frameworks.rules.facts import Answer, Facts, ItemFacts
from nithet.domain.frameworks.rules.judge import Judgement, judge
from nithet.domain.frameworks.rules.trace import Trace, trace_of
from nithet.domain.frameworks.rules.words import Language
from nithet.kernel.school_years import fiscal_year_period

_GIVEN: str = "given"
"""`ItemAnswer.given`; named here since the type checker would take the literal for a second definition."""


def answers_of(reporting_round: Round) -> dict[str, ItemAnswer]:
    """Return item id -> its answer, with what was answered to its tests as `given`; two queries."""
    # A list on the row, not a manager's cache: making a manager for each row costs more than reading all of them.
    rows = reporting_round.answers.prefetch_related(
        Prefetch("tests", queryset=TestAnswer.objects.all(), to_attr=_GIVEN)
    )
    return {row.item: row for row in rows}


def _facts(
    edition: EditionRules,
    answers: Mapping[str, ItemAnswer],
    pieces: Mapping[str, Sequence[PieceView]],
) -> Facts:
    """What the judge is given. A test without an answer is unanswered, and never counts as done."""
    return Facts(
        items={
            item.id: ItemFacts(
                tests=_test_facts(item.tests, answers.get(item.id)),
                pieces=tuple(view.facts for view in pieces.get(item.id, ())),
            )
            for item in edition.items
        }
    )


def _test_facts(tests: Sequence[ItemTest], answer: ItemAnswer | None) -> dict[str, Answer]:
    given = {row.test: row.is_done for row in answer.given} if answer else {}
    words = {True: Answer.DONE, False: Answer.NOT_DONE, None: Answer.UNANSWERED}
    return {test.id: words[given.get(test.id)] for test in tests}


@dataclass(frozen=True)
class Standing:
    """Where a round stands: the facts, and what the judge makes of them.

    `judged` are the same facts with each trace worked out. `answers` and `pieces` are the rows, by item, that the facts were taken from. What is only told to people (sentences, the
    next step, the digest) is worked out when it is asked for: a list of levels asks for none of it.
    """

    edition: EditionRules
    facts: Facts
    judged: Facts
    traces: Mapping[str, Trace]
    judgement: Judgement
    edition_digest: str
    answers: Mapping[str, ItemAnswer]
    pieces: Mapping[str, Sequence[PieceView]]
    readings: Sequence[Reading]

    @cached_property
    def report(self) -> Mapping[str, Any]:
        """Return the judgement as `judge --json` prints it, in Thai."""
        return to_contract_json(self.edition, self.judgement, self.judged)

    @cached_property
    def digest(self) -> str:
        """Return the digest that a signer signs: of everything that is shown."""
        said = [
            [row.item, row.test, row.measure, f"{row.value:f}", row.reason] for row in self.readings
        ]
        return shown_digest(self.edition_digest, self.facts, self.report, said)

    @cached_property
    def to_next(self) -> tuple[Change, ...]:
        """Return the smallest set of changes to the next level, in the order of the report's `to_next`."""
        return to_next(self.edition, self.judgement, self.judged)

    def report_in(self, language: Language) -> Mapping[str, Any]:
        """Return the judgement with its sentences in a language."""
        if language == "th":
            return self.report
        return to_contract_json(self.edition, self.judgement, self.judged, language)


def _with_traces(facts: Facts, traces: Mapping[str, Trace]) -> Facts:
    """The same facts with each trace worked out, so that judging and telling do not work it out again and again."""
    return Facts(
        items={
            name: replace(item, trace=traces[name].state, checkable=traces[name].checkable, pieces=None)
            for name, item in facts.items.items()
        }
    )


def readings_of(reporting_round: Round) -> list[Reading]:
    """List the thresholds that the office reads otherwise in this round; one query."""
    return list(reporting_round.readings.all())


def standing_of(reporting_round: Round) -> Standing:
    """Judge a round on what is recorded now; a fixed number of queries."""
    edition = rules_of(reporting_round.edition)
    answers = answers_of(reporting_round)
    pieces = pieces_for(reporting_round.edition, reporting_round.fiscal_year)
    facts = _facts(edition, answers, pieces)
    traces = {
        item.id: trace_of(edition, item.id, facts.items[item.id].pieces or ())
        for item in edition.items
    }
    judged = _with_traces(facts, traces)
    judgement = judge(edition, judged)
    readings = readings_of(reporting_round)
    digest = reporting_round.edition.digest
    return Standing(edition, facts, judged, traces, judgement, digest, answers, pieces, readings)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the records say about a test: `is_done` None where they cannot tell; `measured` says why, by measure."""

    item: str
    test: str
    is_done: bool | None
    measured: Mapping[str, measures.Measured]


def proposals_of(
    reporting_round: Round, items: Collection[str] | None = None
) -> dict[tuple[str, str], Proposal]:
    """Ask the measures of the edition about this office and year; a person ticks, whatever they say.

    `items` narrows the question to some items (None: all). A fixed number of queries for each measure of an item.
    """
    edition = rules_of(reporting_round.edition)
    asked = [item for item in edition.items if items is None or item.id in items]
    own: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in readings_of(reporting_round):
        own.setdefault((row.item, row.test), {})[row.measure] = row.value
    found: dict[tuple[str, str], Proposal] = {}
    for item in asked:
        for test in item.tests:
            measured = _measured(reporting_round, item.id, test)
            if measured:
                holds = measures.holds(test, measured, own.get((item.id, test.id)))
                found[item.id, test.id] = Proposal(item.id, test.id, holds, measured)
    return found


def _measured(reporting_round: Round, item: str, test: ItemTest) -> dict[str, measures.Measured]:
    office = reporting_round.office_id
    question = measures.Question(
        (office,), fiscal_year_period(reporting_round.fiscal_year), reporting_round.edition_id, item
    )
    names = dict.fromkeys(threshold.measure for threshold in test.thresholds)
    return {name: measures.ask(name, question)[office] for name in names}
