"""ลองดูว่าถ้า…: the choices of the what-if page, read from its address, and what the judge says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.rules.changes import changed
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.domain.frameworks.rules.efforts import Change, ChangeKind
from nithet.domain.frameworks.rules.facts import Answer, NamedTrace
from nithet.domain.frameworks.rules.judge import judge
from nithet.foundation.ui.shapes import LevelShown
from nithet.web.rounds.pages import language, trace_words


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that could be different: the name of its box, its words, and whether it is ticked."""

    name: str
    words: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class ItemChoices:
    """The choices of one item."""

    id: str
    title: str
    trace: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class TriedOut:
    """What stands now, what would follow, and the choices."""

    now: LevelShown
    then: LevelShown
    items: list[ItemChoices]
    report: Mapping[str, Any]
    anything: bool
    of: int


def tried_out(reporting_round: Round, asked: Mapping[str, str]) -> TriedOut:
    """Judge the round as it would be with the asked changes; box names are `test-ITEM-TEST` and `trace-ITEM`."""
    standing = standing_of(reporting_round)
    changes, items = [], []
    for node in standing.edition.items:
        choices = []
        facts = standing.facts.items[node.id]
        for test in node.tests:
            if facts.tests[test.id] is not Answer.DONE:
                name = f"test-{node.id}-{test.id}"
                if name in asked:
                    changes.append(Change(node.id, ChangeKind.TEST_DONE, test.id, ""))
                choices.append(Choice(name, test.name.say(language()), name in asked))
        trace = standing.traces[node.id]
        words, _tone = trace_words(trace.state.value, checkable=trace.checkable)
        if not trace.checkable:
            name = f"trace-{node.id}"
            if name in asked:
                changes.append(Change(node.id, ChangeKind.TRACE_TO, NamedTrace.CHECKABLE.value, ""))
            choices.append(
                Choice(name, gettext("its evidence were clear and checkable"), name in asked)
            )
        items.append(ItemChoices(node.id, node.title.say(language()), words, choices))
    facts_then = changed(standing.edition, standing.facts, changes)
    then = judge(standing.edition, facts_then)
    grading = standing.edition.root.levels
    return TriedOut(
        _shown(standing.judgement),
        _shown(then),
        items,
        to_contract_json(standing.edition, then, facts_then, language()),
        bool(changes),
        max(grading.numbers) if grading else 4,
    )


def _shown(judgement: Any) -> LevelShown:
    return LevelShown(
        judgement.level,
        text="" if judgement.reached else judgement.label_in(language()),
        possible=judgement.possible,
    )
