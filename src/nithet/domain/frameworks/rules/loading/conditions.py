"""Reading conditions: what may be asked, of whom, where."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from nithet.domain.frameworks.rules.conditions import (
    All,
    AnyOf,
    Condition,
    EvidenceCondition,
    EvidenceSubject,
    Not,
    Quality,
    Quantified,
    Quantifier,
    Reaches,
    ScoreAtLeast,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import TraceState
from nithet.domain.frameworks.rules.loading.fields import Fields, Report, listed, open_fields
from nithet.domain.frameworks.rules.yaml_tree import Tree

_PLAIN = (Quantifier.EVERY, Quantifier.SOME, Quantifier.NO)
_COUNTED = (Quantifier.EXACTLY, Quantifier.AT_LEAST, Quantifier.AT_MOST)
_STATE_KEYS = ("is", "trace", "checkable", "level")
_KEYS = (
    *(one.value for one in Quantifier),
    *("of", "item", "part", "test", "among", "others", "all", "any", "not", "score", "reaches"),
    *_STATE_KEYS,
)
# Asking these for a level keeps better work from lowering a result: see `only_upwards`.
_UPWARDS = (Quantifier.EVERY, Quantifier.SOME, Quantifier.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who and what a condition may speak of, in the place where it stands.

    `items`, `parts` and `tests` are the subjects by id; a test has no node. `own`: bare states are
    about the item itself. `reachable`: the lower levels that “reaches” may name. `upwards`: levels
    and scores may only be asked for upwards (everywhere but in flags).
    """

    report: Report
    traces: bool
    items: Mapping[str, Node] = field(default_factory=dict)
    parts: Mapping[str, Node] = field(default_factory=dict)
    tests: Collection[str] = ()
    own: bool = False
    score: bool = False
    reachable: tuple[int, ...] = ()
    level: int | None = None
    upwards: bool = True

    def subjects(self, subject: Subject) -> Collection[str]:
        """The ids of all subjects of one kind."""
        if subject is Subject.ITEM:
            return self.items.keys()
        if subject is Subject.PART:
            return self.parts.keys()
        return self.tests if subject is Subject.TEST else ()


def read_condition(node: Tree, path: str, scope: Scope) -> Condition | None:
    """The condition that stands at `node`; None after reporting what is wrong with it."""
    fields = open_fields(scope.report, node, path, _KEYS)
    if fields is None:
        return None
    joined = [key for key in ("all", "any", "not", "score", "reaches") if fields.has(key)]
    if joined:
        others = [key for key in fields.node.entries if key != joined[0] and key in _KEYS]
        if others:
            fields.fault("not_together", others[0], one=joined[0], other=others[0])
        return _joined(joined[0], fields, scope)
    return _quantified(fields, scope)


def _joined(key: str, fields: Fields, scope: Scope) -> Condition | None:
    if key in ("all", "any"):
        read = [
            read_condition(node, path, scope)
            for node, path in fields.sequence(key, 50, empty=False)
        ]
        parts = tuple(part for part in read if part is not None)
        if not parts or len(parts) < len(read):
            return None
        return All(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        inner = read_condition(fields.place(key), fields.at(key), scope)
        if scope.upwards and inner is not None and asks_upwards(inner):
            fields.fault("only_upwards", key)
        return None if inner is None else Not(inner)
    if key == "score":
        return _score(fields, scope)
    level = fields.integer(key)
    if level is None:
        return None
    if level not in scope.reachable:
        fields.fault("reaches_not_lower", key, level=scope.level)
        return None
    return Reaches(level)


def _score(fields: Fields, scope: Scope) -> Condition | None:
    inner = fields.fields("score", known=("at_least",), required=("at_least",))
    least = None if inner is None else inner.number("at_least")
    if not scope.score:
        fields.fault("no_score_here", "score")
        return None
    return None if least is None else ScoreAtLeast(least)


def _quantified(fields: Fields, scope: Scope) -> Condition | None:
    found = _quantifier(fields, scope)
    if found is None:
        return None
    quantifier, subject, count, among = found
    asked = tuple(among if among is not None else scope.subjects(subject))
    state = _state(fields, subject, asked, scope)
    others = None
    if fields.has("others"):
        inner = fields.fields("others", known=_STATE_KEYS)
        others = None if inner is None else _state(inner, subject, asked, scope)
        if others is None:
            return None
    if state is None:
        return None
    if not 0 <= count <= len(asked) and subject is not Subject.OWN:
        fields.fault("count_impossible", quantifier.value, count=count, total=len(asked))
        return None
    upwards = quantifier in _UPWARDS and others is None
    if scope.upwards and not upwards and (state.level or (others and others.level)):
        fields.fault("only_upwards", "level")
        return None
    return Quantified(quantifier, subject, state, count, among, others)


_Found = tuple[Quantifier, Subject, int, tuple[str, ...] | None]


def _quantifier(fields: Fields, scope: Scope) -> _Found | None:
    there = [one for one in Quantifier if fields.has(one.value)]
    named = [one for one in ("item", "part", "test") if fields.has(one)]
    if len(there) + len(named) > 1:
        both = [*(one.value for one in there), *named]
        fields.fault("not_together", both[1], one=both[0], other=both[1])
        return None
    if named:
        return _named(fields, named[0], scope)
    if not there:
        if scope.own and not fields.has("is"):
            return Quantifier.EVERY, Subject.OWN, 0, None
        known = listed([*(one.value for one in Quantifier), "item", "part", "test"])
        fields.report.add("one_of_needed", fields.node, fields.path, known=known)
        return None
    quantifier = there[0]
    subject = _subject(fields, quantifier, scope)
    count = fields.integer(quantifier.value) if quantifier in _COUNTED else 0
    if subject is None or count is None:
        return None
    if not fields.has("among"):
        return quantifier, subject, count, None
    among = tuple(dict.fromkeys(fields.strings("among")))
    if not among or not _known(fields, "among", among, subject, scope):
        return None
    return quantifier, subject, count, among


def _named(fields: Fields, noun: str, scope: Scope) -> _Found | None:
    name = fields.string(noun)
    subject = Subject(noun)
    for key in ("among", "others", "of"):
        if fields.has(key):
            fields.fault("not_together", key, one=noun, other=key)
            return None
    if name is None or not _known(fields, noun, [name], subject, scope):
        return None
    return Quantifier.EVERY, subject, 0, (name,)


def _subject(fields: Fields, quantifier: Quantifier, scope: Scope) -> Subject | None:
    possible = [one for one in (Subject.ITEM, Subject.PART, Subject.TEST) if scope.subjects(one)]
    key = quantifier.value if quantifier in _PLAIN else "of"
    if not fields.has(key):
        fields.report.add("missing_key", fields.node, fields.path, key=key)
        return None
    word = fields.word(key, [one.value for one in possible])
    return None if word is None else Subject(word)


def _known(fields: Fields, key: str, names: Iterable[str], subject: Subject, scope: Scope) -> bool:
    known = scope.subjects(subject)
    for name in names:
        if name not in known:
            under = "tests" if subject is Subject.TEST else "items"
            fields.fault("unknown_id", key, under=under, id=name[:60])
            return False
    return True


def _state(fields: Fields, subject: Subject, asked: Iterable[str], scope: Scope) -> State | None:
    if not any(fields.has(key) for key in _STATE_KEYS):
        fields.report.add("one_of_needed", fields.node, fields.path, known=listed(_STATE_KEYS))
        return None
    problems_before = len(fields.report.problems)
    done = _asked_done(fields, subject, asked, scope) if fields.has("is") else None
    traces = _asked_traces(fields, subject, scope) if fields.has("trace") else None
    checkable = fields.boolean("checkable")
    if fields.has("checkable"):
        _may_ask_trace(fields, "checkable", subject, scope)
    level = _asked_level(fields, subject, asked, scope) if fields.has("level") else None
    if len(fields.report.problems) > problems_before:
        return None
    return State(done, traces, checkable, level)


def _asked_done(
    fields: Fields, subject: Subject, asked: Iterable[str], scope: Scope
) -> bool | None:
    word = fields.word("is", ("done", "not_done"))
    if subject is Subject.PART:
        fields.fault("cannot_ask", "is", asked="is", subject=subject.value)
    if subject is Subject.ITEM:
        for name in asked:
            if not scope.items[name].tests:
                fields.fault("no_tests_to_ask", "is", id=name)
                break
    return None if word is None else word == "done"


def _asked_traces(fields: Fields, subject: Subject, scope: Scope) -> frozenset[TraceState] | None:
    if not _may_ask_trace(fields, "trace", subject, scope):
        return None
    states = []
    for word in fields.strings("trace"):
        if word not in [one.value for one in TraceState]:
            known = listed(one.value for one in TraceState)
            fields.fault("not_one_of", "trace", value=word[:60], known=known)
            return None
        states.append(TraceState(word))
    return frozenset(states) or None


def _may_ask_trace(fields: Fields, key: str, subject: Subject, scope: Scope) -> bool:
    if subject not in (Subject.ITEM, Subject.OWN):
        fields.fault("cannot_ask", key, asked=key, subject=subject.value)
        return False
    if not scope.traces:
        fields.fault("no_trace_rule", key)
        return False
    return True


def _asked_level(
    fields: Fields, subject: Subject, asked: Iterable[str], scope: Scope
) -> int | None:
    inner = fields.fields("level", known=("at_least",), required=("at_least",))
    level = None if inner is None else inner.integer("at_least")
    if subject not in (Subject.ITEM, Subject.PART):
        fields.fault("cannot_ask", "level", asked="level", subject=subject.value)
        return None
    nodes = scope.items if subject is Subject.ITEM else scope.parts
    for name in asked:
        grading = nodes[name].levels
        if grading is None:
            fields.fault("no_levels_to_ask", "level", id=name)
            return None
        if level is not None and level not in grading.numbers:
            scale = listed(str(number) for number in grading.numbers)
            fields.fault("level_not_in_scale", "level", level=level, scale=scale)
            return None
    return level


def asks_upwards(condition: Condition) -> bool:
    """Whether the condition asks for a level or a score anywhere."""
    match condition:
        case Quantified():
            return condition.state.level is not None or (
                condition.others is not None and condition.others.level is not None
            )
        case ScoreAtLeast():
            return True
        case All() | AnyOf():
            return any(asks_upwards(part) for part in condition.parts)
        case Not():
            return asks_upwards(condition.part)
        case Reaches():
            return False


_EVIDENCE_KEYS = (*(one.value for one in Quantifier), "of", "is", "met_by")


def read_evidence_condition(node: Tree, path: str, report: Report) -> EvidenceCondition | None:
    """A condition of the trace rule, over pieces and expectations."""
    fields = open_fields(report, node, path, _EVIDENCE_KEYS)
    if fields is None:
        return None
    name = fields.only_one_of(*(one.value for one in Quantifier))
    if name is None:
        return None
    quantifier = Quantifier(name)
    count = fields.integer(name, 0, 1000) if quantifier in _COUNTED else 0
    subject = fields.choice("of" if quantifier in _COUNTED else name, EvidenceSubject)
    if subject is None and not fields.has("of") and quantifier in _COUNTED:
        report.add("missing_key", node, path, key="of")
    key, wrong = ("is", "met_by") if subject is EvidenceSubject.PIECE else ("met_by", "is")
    if subject is not None and fields.has(wrong):
        fields.fault("cannot_ask", wrong, asked=wrong, subject=subject.value)
    if subject is EvidenceSubject.EXPECTATION and not fields.has("met_by"):
        report.add("missing_key", node, path, key="met_by")
    qualities = set()
    for word in fields.strings(key) if fields.has(key) else ():
        if word not in [one.value for one in Quality]:
            fields.fault("not_one_of", key, value=word[:60], known=listed(Quality))
            return None
        qualities.add(Quality(word))
    if subject is None or count is None:
        return None
    return EvidenceCondition(quantifier, subject, frozenset(qualities), count)
