"""The judgement as the JSON of `judge --json`, on which others build."""

from typing import Any

from nithet.domain.frameworks.rules.changes import smallest_changes
from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.efforts import Change
from nithet.domain.frameworks.rules.facts import Facts
from nithet.domain.frameworks.rules.judge import Judgement
from nithet.domain.frameworks.rules.speech import say_change, say_findings, say_rule, say_why
from nithet.domain.frameworks.rules.words import Language
from nithet.kernel.errors import RuleBroken


def to_contract_json(
    edition: Edition, judgement: Judgement, facts: Facts, language: Language = "th"
) -> dict[str, Any]:
    """`level`, `possible`, `reached`, `label`, `clauses`, `unanswered`, `flags` and `to_next`.

    Sentences are in `language`. `to_next` holds the smallest set of changes to the level above (to
    the lowest level while none is reached); it is empty at the top of the scale, and where no change
    of the known kinds leads further.
    """
    return {
        "level": judgement.level,
        "possible": list(judgement.possible),
        "reached": judgement.reached,
        "label": judgement.label_in(language),
        "clauses": [
            {
                "level": clause.level,
                "clause": say_rule(edition, clause, language),
                "holds": clause.holds,
                "because": say_findings(edition, clause.because, language),
            }
            for clause in judgement.clauses
        ],
        "unanswered": [{"item": one.item, "test": one.test} for one in judgement.unanswered],
        "flags": list(judgement.flags),
        "to_next": [
            {
                "item": change.item,
                "change": say_change(edition, change, language),
                "because": say_why(change, language),
            }
            for change in to_next(edition, judgement, facts)
        ],
    }


def to_next(edition: Edition, judgement: Judgement, facts: Facts) -> tuple[Change, ...]:
    """The smallest set of changes to the next level up; empty where there is none to be had."""
    numbers = edition.root.levels.numbers if edition.root.levels else ()
    higher = [number for number in numbers if judgement.level is None or number > judgement.level]
    if not higher:
        return ()
    try:
        return smallest_changes(edition, facts, higher[0])
    except RuleBroken:
        return ()
