"""The edition of the return of 2555 against an oracle that knows nothing of editions."""

from itertools import product

from nithet.domain.frameworks.rules.changes import smallest_changes
from nithet.domain.frameworks.rules.facts import Answer, Facts, TraceState
from nithet.domain.frameworks.rules.judge import judge

from . import factories

NONE, UNCLEAR, CLEAR, CHECKABLE = factories.RANKS
DONE, NOT_DONE, UNANSWERED = Answer
STATES = tuple(product(Answer, factories.RANKS))


def level_of_traces(ranks: tuple[int, ...]) -> tuple[int, list[str]]:
    """The paper's four rules and its gaps, written straight down: for five items that are all done."""
    if ranks == (CHECKABLE,) * 5:
        return 4, []
    clear = [rank for rank in ranks if rank in (CLEAR, CHECKABLE)]
    if clear:
        nothing_else = len(clear) == 1 and ranks.count(NONE) == 4
        return 3, ["one_clear_rest_none"] if nothing_else else []
    if ranks == (UNCLEAR,) * 5:
        return 2, []
    if ranks == (NONE,) * 5:
        return 1, []
    return 1, ["between_1_and_2"]


def test_every_combination_of_five_items_is_judged_as_the_paper_says():
    edition = factories.return_2555()
    names = [item.id for item in edition.items]
    options = [
        [factories.item(edition, name, answer, rank) for answer, rank in STATES] for name in names
    ]
    judged = {"level": 0, "not reached": 0, "open": 0}
    by_level = dict.fromkeys((1, 2, 3, 4), 0)
    oracle = {ranks: level_of_traces(ranks) for ranks in product(factories.RANKS, repeat=5)}
    for states, items in zip(product(STATES, repeat=5), product(*options), strict=True):
        judgement = judge(edition, Facts(dict(zip(names, items, strict=True))))
        answers = [answer for answer, _ in states]
        level, flags = oracle[tuple(rank for _, rank in states)]
        if NOT_DONE in answers:
            judged["not reached"] += 1
            expected = (None, (), True, (), "ไม่ถึงระดับ 1")
        elif UNANSWERED in answers:
            judged["open"] += 1
            certain = tuple(flag for flag in flags if flag != "between_1_and_2")
            expected = (None, (level,), False, certain, "ยังระบุระดับไม่ได้")
        else:
            judged["level"] += 1
            by_level[level] += 1
            expected = (level, (level,), True, tuple(flags), f"ระดับ {level}")
        found = (
            judgement.level,
            judgement.possible,
            judgement.settled,
            judgement.flags,
            judgement.label,
        )
        assert found == expected, states
    assert sum(judged.values()) == 12**5 == 248_832
    assert judged == {"level": 4**5, "not reached": 12**5 - 8**5, "open": 8**5 - 4**5}
    assert by_level == {4: 1, 3: 4**5 - 2**5 - 1, 2: 1, 1: 2**5 - 1}


def test_the_clauses_that_hold_are_the_papers_rules_exactly_where_they_apply():
    edition = factories.return_2555()
    for ranks in product(factories.RANKS, repeat=5):
        judgement = judge(edition, factories.all_done(edition, *ranks))
        expected = {
            (4, False): set(ranks) == {CHECKABLE},
            (3, False): bool({CLEAR, CHECKABLE} & set(ranks)),
            (2, False): set(ranks) == {UNCLEAR},
            (1, False): set(ranks) == {NONE},
            (1, True): set(ranks) == {NONE, UNCLEAR},
        }
        found = {(clause.level, clause.reading): clause.holds for clause in judgement.clauses}
        assert found == expected, ranks


def test_more_never_gives_a_lower_level():
    """Raising any one fact of any item never lowers the level, nor unmakes a level that was reached."""
    edition = factories.return_2555()
    certain = [(answer, rank) for answer, rank in STATES if answer is not UNANSWERED]

    def level(states: list[tuple[Answer, int]]) -> int:
        return judge(edition, factories.facts(edition, states)).level or 0

    levels = {states: level(list(states)) for states in product(certain, repeat=5)}
    steps = 0
    for states, reached in levels.items():
        for position, (answer, rank) in enumerate(states):
            higher = [(DONE, rank)] if answer is NOT_DONE else []
            higher += [(answer, rank + 1)] if rank < CHECKABLE else []
            for better in higher:
                raised = (*states[:position], better, *states[position + 1 :])
                assert levels[raised] >= reached, (states, raised)
                steps += 1
    assert steps == 5 * 8**4 * (4 + 6)


def test_the_items_and_their_order_are_those_of_the_form():
    edition = factories.return_2555()
    assert [item.id for item in edition.items] == ["1", "2", "3", "4", "5"]
    assert [len(item.tests) for item in edition.items] == [1, 1, 1, 3, 3]
    assert [column.id for column in edition.form.columns] == [
        "level",
        "description",
        "information",
        "narrative",
        "evidence",
    ]
    assert [one.id for one in edition.form.headings_of("2")] == [
        "factors",
        "results",
        "problems",
        "to_develop",
        "way_forward",
    ]
    assert [one.id for one in edition.form.headings_of("1")] == [
        "factors",
        "problems",
        "to_develop",
        "way_forward",
    ]
    assert edition.form.continuation.th == "(ต่อ)"


def test_what_the_source_does_not_say_is_said_to_be_unconfirmed():
    edition = factories.return_2555()
    assert len(edition.source.unconfirmed) >= 8
    assert all(one.what.en and one.why.en for one in edition.source.unconfirmed)
    readings = [test.id for item in edition.items for test in item.tests if test.reading]
    assert readings == [
        "every_school",
        "on_time",
        "fitting",
        "answers_needs",
        "as_planned",
        "improved",
    ]


def test_the_edition_carries_at_least_twelve_cases_of_its_own():
    edition = factories.return_2555()
    assert len(edition.cases) >= 12
    raised = {flag for case in edition.cases for flag in case.flags or ()}
    assert raised == {flag.id for flag in edition.root.levels.flags}


def demo_office() -> Facts:
    """The ticks of items 4 and 5 are lost in the file; nobody has reviewed any evidence."""
    edition = factories.return_2555()
    states = [(DONE, UNCLEAR)] * 3 + [(UNANSWERED, UNCLEAR)] * 2
    return factories.facts(edition, states)


def test_the_demo_office_is_open_and_names_its_six_unanswered_tests():
    edition = factories.return_2555()
    judgement = judge(edition, demo_office())
    assert judgement.level is None
    assert not judgement.reached
    assert judgement.possible == (2,)
    assert [(one.item, one.test) for one in judgement.unanswered] == [
        ("4", "every_school"),
        ("4", "on_time"),
        ("4", "fitting"),
        ("5", "answers_needs"),
        ("5", "as_planned"),
        ("5", "improved"),
    ]
    assert judgement.missing == ()


def test_the_smallest_step_of_the_demo_office_is_to_get_its_six_tests_done():
    changes = smallest_changes(factories.return_2555(), demo_office(), 1)
    assert [change.kind.value for change in changes] == ["test_done"] * 6
    assert {change.because for change in changes} == {"unanswered"}


def test_an_item_that_nobody_mentions_is_unanswered_and_without_a_trace():
    judgement = judge(factories.return_2555(), Facts())
    assert judgement.level is None
    assert judgement.possible == (1,)
    assert len(judgement.unanswered) == 9
    assert all(view.rank == 0 for view in judgement.items.values())
    assert TraceState.NONE == "none"


SEED = factories.EDITIONS.parents[1] / "returns" / "demo_data" / "000_0bf55f414089a6b9.txt"


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_the_words_of_the_edition_are_the_words_of_the_form():
    edition = factories.return_2555()
    form = edition.form
    words = [item.title for item in edition.items] + [item.asks for item in edition.items]
    words += [item.list_caption for item in edition.items if item.list_caption]
    words += [test.name for item in edition.items for test in item.tests if item.id != "2"]
    words += [level.text for level in edition.root.levels.scale]
    words += [column.name for column in form.columns] + [one.name for one in form.narrative]
    words += [*form.captions[:2], *form.heading, form.continuation, form.none_stated]
    seed = without_spaces(SEED.read_text("utf-8"))
    assert len(words) == 43
    for text in words:
        assert without_spaces(text.th) in seed, text.th
