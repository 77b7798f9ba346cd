"""What leads to the next level, as points that somebody can promise, and whether a promised change is there. No queries."""

from nithet.domain.assessments.queries.standing import Standing
from nithet.domain.frameworks.rules.efforts import Change, ChangeKind
from nithet.domain.frameworks.rules.facts import NAMED_TRACES, Answer, NamedTrace
from nithet.domain.frameworks.rules.trace import Trace


def point_of(change: Change) -> str:
    """Return the code of a change, as a commitment keeps it: "test_done/4/on_time", "trace_to/3/clear"."""
    return f"{change.kind.value}/{change.item}/{change.detail}"


def is_there(judged: Standing, point: str) -> bool | None:
    """Say whether the facts show a promised change by now; None where they cannot tell."""
    kind, _slash, rest = point.partition("/")
    item, _slash, detail = rest.rpartition("/")
    facts = judged.facts.items.get(item)
    if facts is None:
        return None
    if kind == ChangeKind.TEST_DONE.value and detail in facts.tests:
        return facts.tests[detail] is Answer.DONE
    if kind == ChangeKind.TRACE_TO.value and detail in set(NamedTrace):
        return _rank(judged.traces[item]) >= NAMED_TRACES.index(NamedTrace(detail))
    return None


def _rank(trace: Trace) -> int:
    if trace.state.value == NamedTrace.CLEAR.value and trace.checkable:
        return NAMED_TRACES.index(NamedTrace.CHECKABLE)
    return NAMED_TRACES.index(NamedTrace(trace.state.value))
