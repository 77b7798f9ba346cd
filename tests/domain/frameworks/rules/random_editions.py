"""Editions and facts made by chance, built as values so that odd rules need not pass the validator."""

from decimal import Decimal
from random import Random

from nithet.domain.frameworks.rules import conditions as c
from nithet.domain.frameworks.rules.edition import Edition, ItemTest, Node, Source
from nithet.domain.frameworks.rules.facts import (
    TRACE_OF_RANK,
    Answer,
    Facts,
    ItemFacts,
    TraceState,
)
from nithet.domain.frameworks.rules.grading import (
    Combination,
    Grading,
    Level,
    Rounding,
    RoundingMode,
    Rule,
    ScoreRule,
)
from nithet.domain.frameworks.rules.words import Text

from . import factories

WORDS = Text("ก", "a")
SCALE = tuple(Level(number) for number in (1, 2, 3, 4))


def random_trace_edition(chance: Random, items: int = 3) -> Edition:
    """Items with tests and traces under rules of any kind, also such that nobody would write."""
    nodes = tuple(
        Node(str(number), WORDS, tests=some_tests(chance, 2)) for number in range(1, items + 1)
    )
    names = [node.id for node in nodes]
    rules = tuple(
        Rule(level, any_condition(chance, names, 2))
        for level in (4, 3, 3, 2, 1)
        if chance.random() < 0.8
    )
    readings = tuple(
        Rule(chance.choice((1, 2, 3, 4)), any_condition(chance, names, 1))
        for _ in range(chance.randrange(3))
    )
    presumes = any_condition(chance, names, 1) if chance.random() < 0.5 else None
    grading = Grading(SCALE, WORDS, presumes=presumes, rules=rules, readings=readings)
    return edition_of(Node("", WORDS, children=nodes, levels=grading))


def random_scored_edition(chance: Random) -> Edition:
    """Items with levels, parts with scores, and rules that ask for levels and scores upwards."""
    parts = tuple(some_part(chance, f"P{number}") for number in range(1, 3))
    names = [leaf.id for part in parts for leaf in part.leaves()]
    rules = []
    for level in (4, 3, 2, 1):
        asked: list[c.Condition] = [c.ScoreAtLeast(Decimal(chance.randrange(2, 16)) / 4)]
        if chance.random() < 0.7:
            asked.append(upward(chance, c.Subject.ITEM, names))
        if chance.random() < 0.5:
            asked.append(upward(chance, c.Subject.PART, [part.id for part in parts]))
        rules.append(Rule(level, chance.choice((c.All, c.AnyOf))(tuple(asked))))
    rule = ScoreRule(
        chance.choice(tuple(Combination)), chance.choice(("level", "score")), rounding(chance)
    )
    grading = Grading(SCALE, WORDS, rules=tuple(rules), cumulative=chance.random() < 0.3)
    return edition_of(Node("", WORDS, children=parts, score=rule, levels=grading))


def some_part(chance: Random, name: str) -> Node:
    leaves = tuple(some_leaf(chance, f"{name}.{number}") for number in (1, 2))
    rule = ScoreRule(chance.choice(tuple(Combination)), "level", rounding(chance))
    rules = tuple(
        Rule(level, c.ScoreAtLeast(Decimal(chance.randrange(2, 4 * level + 2)) / 4))
        for level in (4, 3, 2, 1)
    )
    counts_as = Decimal(chance.choice((0, 1))) if chance.random() < 0.8 else None
    weight = Decimal(chance.randrange(1, 9)) / 2
    grading = Grading(SCALE, WORDS, rules=rules, counts_as=counts_as)
    return Node(
        name,
        WORDS,
        children=leaves,
        weight=weight,
        score=rule,
        levels=grading,
        may_not_apply=chance.random() < 0.2,
    )


def some_leaf(chance: Random, name: str) -> Node:
    counts_as = Decimal(chance.choice((0, 1))) if chance.random() < 0.8 else None
    weight = Decimal(chance.randrange(1, 9)) / 2
    if chance.random() < 0.25:
        chosen = Grading(SCALE, WORDS, by_person=True)
        return Node(name, WORDS, weight=weight, levels=chosen)
    tests = some_tests(chance, 3)
    names = [test.id for test in tests]
    rules = tuple(Rule(level, test_condition(chance, names)) for level in (4, 3, 2, 1))
    grading = Grading(
        SCALE, WORDS, rules=rules, counts_as=counts_as, cumulative=chance.random() < 0.4
    )
    return Node(name, WORDS, weight=weight, tests=tests, levels=grading)


def rounding(chance: Random) -> Rounding | None:
    if chance.random() < 0.5:
        return None
    return Rounding(chance.randrange(3), chance.choice(tuple(RoundingMode)))


def some_tests(chance: Random, most: int) -> tuple[ItemTest, ...]:
    return tuple(ItemTest(f"t{number}", WORDS) for number in range(chance.randrange(1, most + 1)))


def test_condition(chance: Random, names: list[str]) -> c.Condition:
    among = None if chance.random() < 0.5 else tuple(chance.sample(names, 1))
    total = len(among or names)
    quantifier = chance.choice((c.Quantifier.EVERY, c.Quantifier.SOME, c.Quantifier.AT_LEAST))
    count = chance.randrange(0, total + 1) if quantifier is c.Quantifier.AT_LEAST else 0
    own = c.Quantified(
        c.Quantifier.EVERY, c.Subject.OWN, c.State(traces=frozenset({TraceState.CLEAR}))
    )
    tests = c.Quantified(quantifier, c.Subject.TEST, c.State(done=True), count, among)
    return c.All((tests, own)) if chance.random() < 0.2 else tests


test_condition.__test__ = False  # type: ignore[attr-defined]


def upward(chance: Random, subject: c.Subject, names: list[str]) -> c.Condition:
    among = None if chance.random() < 0.6 else tuple(chance.sample(names, 1))
    quantifier = chance.choice((c.Quantifier.EVERY, c.Quantifier.SOME, c.Quantifier.AT_LEAST))
    count = (
        chance.randrange(0, len(among or names) + 1) if quantifier is c.Quantifier.AT_LEAST else 0
    )
    return c.Quantified(quantifier, subject, c.State(level=chance.randrange(1, 5)), count, among)


def any_condition(chance: Random, names: list[str], depth: int) -> c.Condition:
    roll = chance.random()
    if depth and roll < 0.2:
        return c.All(tuple(any_condition(chance, names, depth - 1) for _ in range(2)))
    if depth and roll < 0.4:
        return c.AnyOf(tuple(any_condition(chance, names, depth - 1) for _ in range(2)))
    if depth and roll < 0.5:
        return c.Not(any_condition(chance, names, depth - 1))
    among = (
        None
        if chance.random() < 0.7
        else tuple(sorted(chance.sample(names, chance.randrange(1, len(names)))))
    )
    quantifier = chance.choice(tuple(c.Quantifier))
    counted = quantifier in (c.Quantifier.EXACTLY, c.Quantifier.AT_LEAST, c.Quantifier.AT_MOST)
    count = chance.randrange(0, len(among or names) + 1) if counted else 0
    others = any_state(chance) if chance.random() < 0.3 else None
    return c.Quantified(quantifier, c.Subject.ITEM, any_state(chance), count, among, others)


def any_state(chance: Random) -> c.State:
    done = chance.choice((None, None, True, False))
    traces = chance.choice(
        (
            None,
            frozenset({TraceState.CLEAR}),
            frozenset({TraceState.UNCLEAR}),
            frozenset({TraceState.NONE}),
            frozenset({TraceState.NONE, TraceState.UNCLEAR}),
        )
    )
    checkable = chance.choice((None, None, True, False))
    if done is None and traces is None and checkable is None:
        return c.State(done=True)
    return c.State(done, traces, checkable)


def edition_of(root: Node) -> Edition:
    model = factories.return_2555()
    return Edition(
        urn="urn:nithet:edition:by-chance:one",
        version=1,
        title=WORDS,
        subject="office",
        calendar="fiscal",
        years=(2555,),
        source=Source(WORDS),
        root=root,
        trace=model.trace,
    )


def random_facts(chance: Random, edition: Edition, unanswered: float = 0.3) -> Facts:
    items = {}
    for node in edition.root.walk():
        if not node.id:
            continue
        applies = not (node.may_not_apply and chance.random() < 0.5)
        if node.children:
            items[node.id] = ItemFacts(applies=applies)
            continue
        tests = {
            test.id: Answer.UNANSWERED
            if chance.random() < unanswered
            else chance.choice((Answer.DONE, Answer.NOT_DONE))
            for test in node.tests
        }
        state, checkable = TRACE_OF_RANK[chance.randrange(4)]
        level = None
        if node.levels is not None and node.levels.by_person and chance.random() >= unanswered:
            level = chance.choice(node.levels.numbers)
        items[node.id] = ItemFacts(tests, state, checkable, level=level, applies=applies)
    return Facts(items)
