"""Editions and facts for the tests of the judge."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import nithet.domain.frameworks
from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.facts import TRACE_OF_RANK, Answer, Facts, ItemFacts
from nithet.domain.frameworks.rules.loading.edition import load_edition

EDITIONS = Path(nithet.domain.frameworks.__file__).parent / "editions"
RETURN_2555 = EDITIONS / "obec-return-2555-5.4.yaml"
NUMERIC = Path(__file__).with_name("numeric.yaml")
ACCREDITATION = Path(__file__).with_name("accreditation.yaml")

RANKS = (0, 1, 2, 3)  # no trace, unclear, clear, clear and checkable


@cache
def edition_from(path: Path) -> Edition:
    return loaded(path.read_text("utf-8"))


def loaded(text: str) -> Edition:
    edition = load_edition(text)
    assert isinstance(edition, Edition), "\n".join(map(str, edition))
    return edition


def return_2555() -> Edition:
    return edition_from(RETURN_2555)


def numeric() -> Edition:
    return edition_from(NUMERIC)


def item(edition: Edition, name: str, answer: Answer, rank: int) -> ItemFacts:
    """One item whose tests all have the same answer."""
    state, checkable = TRACE_OF_RANK[rank]
    tests = {test.id: answer for test in edition.nodes[name].tests}
    return ItemFacts(tests=tests, trace=state, checkable=checkable)


def with_trace(rank: int, **tests: Answer) -> ItemFacts:
    state, checkable = TRACE_OF_RANK[rank]
    return ItemFacts(tests=tests, trace=state, checkable=checkable)


def facts(edition: Edition, states: Iterable[tuple[Answer, int]]) -> Facts:
    """Facts of every item in order: the answer to all its tests, and the rank of its trace."""
    pairs = zip(edition.items, states, strict=True)
    return Facts({node.id: item(edition, node.id, answer, rank) for node, (answer, rank) in pairs})


def all_done(edition: Edition, *ranks: int) -> Facts:
    """Everything done, with traces of these ranks."""
    return facts(edition, ((Answer.DONE, rank) for rank in ranks))


def flat_edition(count: int, levels: str, tests_each: int = 1) -> Edition:
    """An edition of `count` items with tests and traces, graded by `levels` (YAML under `levels:`)."""
    tests = ", ".join(f"{{id: t{n}, th: ก, answer: person}}" for n in range(tests_each))
    items = "\n".join(
        f'  - {{id: "{n}", title: {{th: ข}}, tests: [{tests}], expects: [{{kind: any}}]}}'
        for n in range(1, count + 1)
    )
    return loaded(f"{HEAD}\nitems:\n{items}\nlevels:\n{levels}\ncases: []\n")


HEAD = """
urn: urn:nithet:edition:made-up:flat
version: 1
subject: office
period: {calendar: fiscal, years: [2555]}
title: {th: ตัวอย่าง}
source: {th: แต่งขึ้น}
kinds: [{id: any, th: ใด ๆ}]
clarity: [{id: good, th: ดี, answer: person, for: clear}, {id: found, th: พบ, answer: person, for: checkable}]
trace:
  none: {no: piece}
  clear: {every: expectation, met_by: clear}
  checkable: {every: expectation, met_by: [clear, checkable]}
  otherwise: unclear
"""


def measured(**values: object) -> Mapping[str, object]:
    return {name.replace("__", "."): value for name, value in values.items()}


def decimal(text: str) -> Decimal:
    return Decimal(text)
