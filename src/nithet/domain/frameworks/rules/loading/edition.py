"""Reading a whole edition file; the two entrances are `load_edition` and `check_edition`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from nithet.domain.frameworks.rules.conditions import EvidenceSubject, Quality
from nithet.domain.frameworks.rules.edition import (
    DEFAULT_WORDS,
    ROOT,
    Code,
    Criterion,
    Edition,
    Kind,
    Node,
    Source,
    TraceRule,
    Unconfirmed,
)
from nithet.domain.frameworks.rules.loading.cases import read_cases
from nithet.domain.frameworks.rules.loading.conditions import read_evidence_condition
from nithet.domain.frameworks.rules.loading.fields import Fields, Ids, Report, open_fields
from nithet.domain.frameworks.rules.loading.form import read_form
from nithet.domain.frameworks.rules.loading.items import read_branch
from nithet.domain.frameworks.rules.loading.proof import prove
from nithet.domain.frameworks.rules.loading.shelf import Shelf
from nithet.domain.frameworks.rules.problems import Problem
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.frameworks.rules.yaml_tree import read_tree

_URN = re.compile(r"urn:nithet:edition:[a-z0-9][a-z0-9-]{0,59}:[a-z0-9][a-z0-9.-]{0,59}\Z")
_KEYS = (
    *("urn", "version", "subject", "period", "title", "source", "codes", "words", "kinds"),
    *("clarity", "trace", "items", "score", "levels", "form", "cases"),
)
_REQUIRED = ("urn", "version", "subject", "period", "title", "source", "items", "levels", "cases")


def load_edition(
    text: str, *, known_measures: Collection[str] | None = None
) -> Edition | list[Problem]:
    """The edition that `text` describes, or everything that is wrong with it (never an empty list).

    `known_measures`: the names of all measures there are; given as a mapping to their MeasureSpec,
    thresholds are held against what a measure gives. None leaves measures unchecked. The edition's
    own cases are run too, so an Edition that comes back has passed them.
    """
    tree, found = read_tree(text)
    if tree is None:
        return found
    report = Report(found)
    fields = open_fields(report, tree, "", _KEYS, _REQUIRED)
    edition = _edition(Shelf(report, known_measures), fields) if fields else None
    if not report.problems and edition is not None:
        prove(edition, report)
    if edition is None or report.problems:
        return sorted(report.problems, key=lambda one: (one.line, one.column, one.code))
    return edition


def check_edition(text: str, known_measures: Collection[str] | None = None) -> list[Problem]:
    """Everything that is wrong with an edition file, by line; an empty list is a good edition."""
    loaded = load_edition(text, known_measures=known_measures)
    return [] if isinstance(loaded, Edition) else loaded


@dataclass(frozen=True, slots=True)
class _Head:
    urn: str
    version: int
    subject: Literal["office", "school"]
    calendar: Literal["fiscal", "academic"]
    years: tuple[int, ...]


def _edition(shelf: Shelf, fields: Fields) -> Edition | None:
    head = _head(fields)
    title, source = fields.text("title"), _source(fields)
    kinds = _kinds(shelf, fields)
    clarity = _clarity(shelf, fields)
    trace = _trace(shelf, fields, clarity)
    bare = Node(ROOT, title or Text("?"), line=fields.line)
    root = read_branch(shelf, fields, bare, whole=True)
    _check_expectations(shelf.report, trace, root)
    form = read_form(shelf, fields)
    cases = read_cases(fields, root) if root.children else ()
    if head is None or title is None or source is None or root.levels is None:
        return None
    return Edition(
        urn=head.urn,
        version=head.version,
        title=title,
        subject=head.subject,
        calendar=head.calendar,
        years=head.years,
        source=source,
        root=root,
        codes=_codes(fields),
        words=_words(fields),
        kinds=kinds,
        clarity=clarity,
        trace=trace,
        form=form,
        cases=cases,
    )


def _head(fields: Fields) -> _Head | None:
    urn = fields.string("urn")
    if urn is not None and not _URN.match(urn):
        fields.fault("bad_urn", "urn", urn=urn[:120])
        urn = None
    version = fields.integer("version", 1, 10_000)
    subject = fields.word("subject", ("office", "school"))
    period = fields.fields("period", known=("calendar", "years"), required=("calendar", "years"))
    if period is None:
        return None
    calendar = period.word("calendar", ("fiscal", "academic"))
    years = _years(period)
    if urn is None or version is None or subject is None or calendar is None or not years:
        return None
    return _Head(
        urn,
        version,
        "office" if subject == "office" else "school",
        "fiscal" if calendar == "fiscal" else "academic",
        years,
    )


def _years(period: Fields) -> tuple[int, ...]:
    years = []
    for node, path in period.sequence("years", empty=False):
        value = getattr(node, "value", None)
        if isinstance(value, bool) or not isinstance(value, int):
            period.report.add("not_an_integer", node, path)
        elif not 2400 <= value <= 2700:  # years are พ.ศ.; 2012 would be a year of the common era
            period.report.add("out_of_range", node, path, value=value, low=2400, high=2700)
        else:
            years.append(value)
    return tuple(years)


def _source(fields: Fields) -> Source | None:
    inner = fields.fields("source", known=("th", "en", "unconfirmed"), required=("th",))
    if inner is None:
        return None
    name = inner.words()
    open_points = []
    for entry in inner.each("unconfirmed", known=("what", "why"), required=("what", "why")):
        what, why = entry.text("what"), entry.text("why")
        if what is not None and why is not None:
            open_points.append(Unconfirmed(what, why))
    return None if name is None else Source(name, tuple(open_points))


def _codes(fields: Fields) -> tuple[Code, ...]:
    entries = fields.each("codes", known=("scheme", "path"), required=("scheme", "path"))
    codes = [(entry.identifier("scheme"), entry.strings("path")) for entry in entries]
    return tuple(Code(scheme, path) for scheme, path in codes if scheme is not None and path)


def _words(fields: Fields) -> dict[str, Text]:
    inner = fields.fields("words", known=tuple(DEFAULT_WORDS))
    if inner is None:
        return {}
    words = {noun: inner.text(noun) for noun in inner.node.entries if noun in DEFAULT_WORDS}
    return {noun: text for noun, text in words.items() if text is not None}


def _kinds(shelf: Shelf, fields: Fields) -> tuple[Kind, ...]:
    kinds = []
    for entry in fields.each("kinds", known=("id", "th", "en"), required=("id", "th")):
        name, words = shelf.kinds.claim(entry), entry.words()
        if name is not None and words is not None:
            kinds.append(Kind(name, words))
    return tuple(kinds)


def _clarity(shelf: Shelf, fields: Fields) -> tuple[Criterion, ...]:
    ids = Ids("clarity")
    criteria = []
    known = ("id", "th", "en", "measure", "answer", "for")
    for entry in fields.each("clarity", known=known, required=("id", "th", "for"), limit=30):
        name, words, serves = ids.claim(entry), entry.words(), entry.choice("for", Quality)
        entry.only_one_of("measure", "answer")
        measure, answer = entry.string("measure"), entry.identifier("answer")
        if measure is not None:
            shelf.check_measure(entry, "measure", measure)
        if name is not None and words is not None and serves is not None:
            criteria.append(Criterion(name, words, serves, measure, answer))
    return tuple(criteria)


def _trace(shelf: Shelf, fields: Fields, clarity: tuple[Criterion, ...]) -> TraceRule | None:
    inner = fields.fields(
        "trace",
        known=("none", "clear", "checkable", "otherwise"),
        required=("none", "clear", "otherwise"),
    )
    if inner is None:
        return None
    shelf.traces = True
    inner.word("otherwise", ("unclear",))
    read = {
        key: read_evidence_condition(inner.place(key), inner.at(key), shelf.report)
        for key in ("none", "clear", "checkable")
        if inner.has(key)
    }
    served = {criterion.serves for criterion in clarity}
    for key, condition in read.items():
        for quality in condition.qualities if condition else ():
            if quality not in served:
                inner.fault("no_criterion", key, quality=quality.value)
    none, clear = read.get("none"), read.get("clear")
    if none is None or clear is None:
        return None
    return TraceRule(none, clear, read.get("checkable"))


def _check_expectations(report: Report, trace: TraceRule | None, root: Node) -> None:
    """Where traces follow from expected kinds, an item that expects none could never be clear."""
    if trace is None or not root.children:
        return
    conditions = (trace.none, trace.clear, trace.checkable)
    if not any(one and one.subject is EvidenceSubject.EXPECTATION for one in conditions):
        return
    for item in root.leaves():
        if not item.expects:
            report.say("no_expectation", item.line, 1, "items", id=item.id)
