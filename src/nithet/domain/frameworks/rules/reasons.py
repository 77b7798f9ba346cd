"""Why a condition holds, fails or is still open: the facts that decide it, grouped for a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from nithet.domain.frameworks.rules.conditions import (
    All,
    AnyOf,
    Condition,
    Not,
    Quantified,
    Quantifier,
    Reaches,
    ScoreAtLeast,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.facts import TRACE_OF_RANK, Answer
from nithet.domain.frameworks.rules.grading import Grading
from nithet.domain.frameworks.rules.numbers import shown
from nithet.domain.frameworks.rules.outcomes import ItemView, Levels, NodeOutcome, Views
from nithet.domain.frameworks.rules.words import Text

Verdict = bool | None
"""Holds, does not hold, or (None) depends on what is unanswered."""


class Found(StrEnum):
    """What was found about some subjects."""

    DONE = "done"
    NOT_DONE = "not_done"
    OPEN = "open"  # depends on unanswered tests
    TRACE_NONE = "trace_none"
    TRACE_UNCLEAR = "trace_unclear"
    TRACE_CLEAR = "trace_clear"
    TRACE_NOT_CHECKABLE = "trace_not_checkable"  # clear, where checkable was asked too
    TRACE_CHECKABLE = "trace_checkable"
    LEVEL = "level"
    LEVEL_BELOW = "level_below"  # below its scale
    LEVEL_OPEN = "level_open"
    SCORE = "score"
    SCORE_NONE = "score_none"
    SCORE_OPEN = "score_open"
    CHOSEN = "chosen"  # by a person
    NOT_CHOSEN = "not_chosen"
    NOTHING_APPLIES = "nothing_applies"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about subjects of one sort, by id in the order of the form.

    `detail` is the level or the score where the fact has one.
    """

    found: Found
    subject: Subject
    ids: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of the levels, held against the facts.

    `text`: the source's own words for the level, where the rule is the source's; None for a reading
    and where the source has none (then `condition` is read aloud). `holds` is None while it depends
    on what is unanswered; it includes what is presumed. `because` names what decides.
    """

    level: int
    text: Text | None
    condition: Condition | None
    holds: Verdict
    because: tuple[Finding, ...]
    reading: bool = False
    flag: str | None = None
    band: tuple[str, str] | None = None


def verdict_of(condition: Condition, views: Views, grading: Grading | None = None) -> Verdict:
    """Whether a condition holds by what is certain about each subject.

    Where several open subjects hang together this may say "open" although an exact look at every
    way of answering decides; the judge itself looks at every way.
    """
    match condition:
        case Quantified():
            return _quantified(condition, views)
        case ScoreAtLeast(score):
            return _score_reaches(views.score, Fraction(score))
        case Reaches(level):
            rules = _rules_of(grading, level)
            return _any(verdict_of(part, views, grading) for part in rules)
        case Not(part):
            inner = verdict_of(part, views, grading)
            return None if inner is None else not inner
        case All(parts):
            return _all(verdict_of(part, views, grading) for part in parts)
        case AnyOf(parts):
            return _any(verdict_of(part, views, grading) for part in parts)


def findings(
    condition: Condition, views: Views, verdict: Verdict, grading: Grading | None = None
) -> tuple[Finding, ...]:
    """What makes `condition` come out as `verdict`."""
    match condition:
        case Quantified():
            return _deciding(condition, views, verdict)
        case ScoreAtLeast():
            return (score_finding(views.score),)
        case Not(part):
            return findings(part, views, None if verdict is None else not verdict, grading)
        case Reaches(level):
            parts = tuple(_rules_of(grading, level))
        case All(parts) | AnyOf(parts):
            pass
    verdicts = [(part, verdict_of(part, views, grading)) for part in parts]
    deciding = [part for part, one in verdicts if one is verdict] or [part for part, _ in verdicts]
    every = [one for part in deciding for one in findings(part, views, verdict, grading)]
    return merged(every)


def merged(every: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings, each said once."""
    return tuple(dict.fromkeys(every))


def _rules_of(grading: Grading | None, level: int) -> list[Condition]:
    return [rule.when for rule in grading.rules if rule.level == level] if grading else []


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    listed = list(verdicts)
    return False if False in listed else (None if None in listed else True)


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    listed = list(verdicts)
    return True if True in listed else (None if None in listed else False)


# Subjects


def _asked(condition: Quantified, views: Views) -> list[str]:
    if condition.subject is Subject.OWN:
        return [views.own.node.id] if views.own else []
    known: Iterable[str]
    if condition.subject is Subject.ITEM:
        known = [name for name, view in views.items.items() if view.applies]
    else:
        known = views.parts if condition.subject is Subject.PART else views.tests
    return [name for name in known if condition.among is None or name in condition.among]


def _state_of(state: State, subject: Subject, name: str, views: Views) -> Verdict:
    if subject is Subject.TEST:
        answer = views.tests[name]
        if answer == Answer.UNANSWERED:
            return None
        return state.done is None or state.done == (answer == Answer.DONE)
    if subject is Subject.PART:
        return _level_reaches(views.parts[name].levels, state.level)
    view = views.own if subject is Subject.OWN else views.items[name]
    if view is None:
        return None
    return _all(_item_verdicts(state, view))


def _item_verdicts(state: State, view: ItemView) -> Iterable[Verdict]:
    if state.done is not None:
        yield None if view.done is None else view.done == state.done
    if state.traces is not None:
        yield TRACE_OF_RANK[view.rank][0] in state.traces
    if state.checkable is not None:
        yield state.checkable == (view.rank == 3)
    yield _level_reaches(view.levels, state.level)


def _level_reaches(levels: Levels, least: int | None) -> Verdict:
    if least is None:
        return True
    found = {level is not None and level >= least for level in levels}
    return found.pop() if len(found) == 1 else None


def _score_reaches(score: NodeOutcome | None, least: Fraction) -> Verdict:
    if score is None or score.low is None or score.high is None:
        return False
    if score.low >= least:
        return True
    return False if score.high < least else None


def _quantified(condition: Quantified, views: Views) -> Verdict:
    names = _asked(condition, views)
    states = [_state_of(condition.state, condition.subject, name, views) for name in names]
    main = _counted(condition.quantifier, condition.count, states)
    if condition.others is None:
        return main
    rest: list[Verdict] = []
    for name, state in zip(names, states, strict=True):
        other = _state_of(condition.others, condition.subject, name, views)
        rest.append(_any((state, other)))
    somebody = _any(None if state is None else not state for state in states)
    return _all((main, somebody, _all(rest)))


def _counted(quantifier: Quantifier, count: int, states: Sequence[Verdict]) -> Verdict:
    surely = sum(1 for state in states if state is True)
    perhaps = surely + sum(1 for state in states if state is None)
    match quantifier:
        case Quantifier.EVERY:
            return _all(states)
        case Quantifier.SOME:
            return _any(states)
        case Quantifier.NO:
            some = _any(states)
            return None if some is None else not some
        case Quantifier.AT_LEAST:
            return True if surely >= count else (None if perhaps >= count else False)
        case Quantifier.AT_MOST:
            return True if perhaps <= count else (None if surely <= count else False)
        case Quantifier.EXACTLY:
            if surely == perhaps == count:
                return True
            return None if surely <= count <= perhaps else False


# What decides


def _deciding(condition: Quantified, views: Views, verdict: Verdict) -> tuple[Finding, ...]:
    names = _asked(condition, views)
    if not names:
        return (Finding(Found.NOTHING_APPLIES, condition.subject, ()),)
    states = {name: _state_of(condition.state, condition.subject, name, views) for name in names}
    told = [name for name in names if _worth_telling(condition, states[name], verdict)] or names
    asked = condition.state
    if condition.others is not None and verdict is not None:
        told = names  # the mix as a whole decides
        asked = _both(condition.state, condition.others)
    return _grouped(asked, condition.subject, told, views)


def _worth_telling(condition: Quantified, state: Verdict, verdict: Verdict) -> bool:
    if verdict is None:
        return state is None
    match condition.quantifier:
        case Quantifier.EVERY:
            return verdict or state is not True
        case Quantifier.SOME | Quantifier.AT_LEAST:
            return (state is True) if verdict else (state is not True)
        case Quantifier.NO:
            return verdict or state is not False
        case Quantifier.AT_MOST | Quantifier.EXACTLY:
            return state is not False


def _both(one: State, other: State) -> State:
    """A state that asks everything that either asks, for wording only."""
    return State(
        done=one.done if one.done is not None else other.done,
        traces=(one.traces or frozenset()) | (other.traces or frozenset()) or None,
        checkable=one.checkable if one.checkable is not None else other.checkable,
        level=one.level or other.level,
    )


def _grouped(
    state: State, subject: Subject, names: Iterable[str], views: Views
) -> tuple[Finding, ...]:
    groups: dict[tuple[Found, str], list[str]] = {}
    for name in names:
        for found, detail in _facts_of(state, subject, name, views):
            groups.setdefault((found, detail), []).append(name)
    return tuple(
        Finding(found, subject, tuple(ids), detail) for (found, detail), ids in groups.items()
    )


def _facts_of(
    state: State, subject: Subject, name: str, views: Views
) -> Iterable[tuple[Found, str]]:
    if subject is Subject.TEST:
        yield _TEST_FOUND[Answer(views.tests[name])], ""
        return
    if subject is Subject.PART:
        yield _level_found(views.parts[name].levels)
        return
    view = views.own if subject is Subject.OWN else views.items[name]
    if view is None:
        return
    if state.done is not None:
        yield {True: Found.DONE, False: Found.NOT_DONE, None: Found.OPEN}[view.done], ""
    if state.traces is not None or state.checkable is not None:
        yield _trace_found(state, view.rank), ""
    if state.level is not None:
        yield _level_found(view.levels)


_TEST_FOUND = {
    Answer.DONE: Found.DONE,
    Answer.NOT_DONE: Found.NOT_DONE,
    Answer.UNANSWERED: Found.OPEN,
}


def _trace_found(state: State, rank: int) -> Found:
    if rank < 2:
        return Found.TRACE_UNCLEAR if rank else Found.TRACE_NONE
    if state.checkable is None:
        return Found.TRACE_CLEAR
    return Found.TRACE_CHECKABLE if rank == 3 else Found.TRACE_NOT_CHECKABLE


def _level_found(levels: Levels) -> tuple[Found, str]:
    if len(levels) != 1:
        return Found.LEVEL_OPEN, ""
    return (Found.LEVEL_BELOW, "") if levels[0] is None else (Found.LEVEL, str(levels[0]))


def score_finding(score: NodeOutcome | None) -> Finding:
    """The score itself as a reason."""
    if score is None or score.low is None or score.high is None:
        return Finding(Found.SCORE_NONE, Subject.OWN, ())
    if score.score is not None:
        return Finding(Found.SCORE, Subject.OWN, (), shown(score.score))
    return Finding(Found.SCORE_OPEN, Subject.OWN, (), f"{shown(score.low)}–{shown(score.high)}")
