"""What the page of an item shows, as plain values made from queries. Nothing here decides or writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.narrative import NarrativeGroup, ParagraphProposal
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.narrative import groups_of
from nithet.domain.assessments.queries.people import Person, people_of_office
from nithet.domain.assessments.queries.sharing import Progress, progress_of
from nithet.domain.assessments.queries.standing import (
    Proposal,
    Standing,
    proposals_of,
    standing_of,
)
from nithet.domain.assessments.queries.talk import Thread, item_history, threads_of
from nithet.domain.evidence.queries.clarity import PieceView
from nithet.domain.frameworks.rules.edition import ItemTest, Node
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.plans.queries.projects import services_for
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.audit.queries import say
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.foundation.ui.shapes import Moment
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.web.rounds.pages import (
    Given,
    ItemLine,
    Levels,
    item_lines,
    language,
    levels_of,
    rights_over,
    shared_lines,
)


@dataclass(frozen=True, slots=True)
class TestLine:
    """One test of an item: the person's answer, and what the records propose."""

    __test__ = False  # not a test case

    test: ItemTest
    name: str
    answer: str
    by: str
    reason: str
    proposal: Proposal | None
    proposed: str
    sentences: list[str]
    behind: list[Resolved]
    note: str


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """One paragraph of the narrative with the records that it cites."""

    id: int
    role: str
    text: str
    mark: str
    depth: int
    cites: list[Resolved]
    href: str
    section: str
    version: int
    drafted: bool
    origin: str
    proposals: list[ParagraphProposal]


@dataclass(frozen=True, slots=True)
class GroupLines:
    """A narrative group with its paragraphs."""

    id: int
    title: str
    version: int
    paragraphs: list[ParagraphLine]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with everything of it in one view."""

    round: Round
    node: Node
    title: str
    asks: str
    tests: list[TestLine]
    expects: list[ExpectedLine]
    services: list[ProjectService]
    pieces: list[PieceView]
    groups: list[GroupLines]
    levels: Levels
    line: ItemLine
    to_next: Sequence[Mapping[str, Any]]
    can: Mapping[str, Verdict]
    previous: ItemLine | None
    following: ItemLine | None
    progress: Progress
    given: list[Given]
    threads: list[ThreadLines]
    happened: list[Moment]
    people: list[Person]
    add_evidence: str


def item_page(actor: Actor, reporting_round: Round, item: str) -> ItemPage | None:
    """Make the page of an item; None where the form has no such item."""
    standing = standing_of(reporting_round)
    node = next((one for one in standing.edition.items if one.id == item), None)
    if node is None:
        return None
    lines = item_lines(reporting_round, standing)
    place = next(i for i, line in enumerate(lines) if line.node.id == item)
    report = standing.report_in(language())
    shared = shared_lines(actor, reporting_round, standing, lines)[place]
    return ItemPage(
        round=reporting_round,
        node=node,
        title=node.title.say(language()),
        asks=node.asks.say(language()) if node.asks else "",
        tests=_tests(actor, reporting_round, standing, node),
        expects=_expects(standing, reporting_round, node),
        services=services_for(reporting_round.edition, reporting_round.fiscal_year).get(item, []),
        pieces=list(standing.pieces.get(item, ())),
        groups=group_lines(actor, reporting_round, groups_of(reporting_round, item)),
        levels=levels_of(reporting_round, standing),
        line=lines[place],
        to_next=[step for step in report["to_next"] if step["item"] == item],
        can=rights_over(actor, reporting_round),
        previous=lines[place - 1] if place else None,
        following=lines[place + 1] if place + 1 < len(lines) else None,
        progress=shared.progress,
        given=shared.given,
        threads=thread_lines(actor, threads_of(reporting_round, item)),
        happened=_happened(reporting_round, standing, item),
        people=people_of_office(reporting_round.office_id),
        add_evidence=add_evidence(reporting_round, item),
    )


def _happened(reporting_round: Round, standing: Standing, item: str) -> list[Moment]:
    answer = standing.answers.get(item)
    if answer is None:
        return []
    return [Moment(event.at, say(event)) for event in item_history(reporting_round, answer)]


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment, and whether the reader may take it back."""

    comment: Comment
    can_take_back: bool
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class ThreadLines:
    """A thread of comments."""

    first: CommentLine
    answers: list[CommentLine]
    is_settled: bool


def thread_lines(actor: Actor, threads: Sequence[Thread]) -> list[ThreadLines]:
    """Say of every comment what the reader may do with it."""
    now = clock.now()

    def line(one: Comment) -> CommentLine:
        return CommentLine(one, bool(ask("comment.take_back", actor, one)), needs_reason(one, now))

    return [
        ThreadLines(
            line(one.first), [line(row) for row in one.answers], one.first.resolved_at is not None
        )
        for one in threads
    ]


def _tests(actor: Actor, reporting_round: Round, standing: Standing, node: Node) -> list[TestLine]:
    proposals = proposals_of(reporting_round, [node.id])
    answer = standing.answers.get(node.id)
    given = {row.test: row for row in answer.given} if answer else {}
    found = []
    for test in node.tests:
        row, proposal = given.get(test.id), proposals.get((node.id, test.id))
        measured = list(proposal.measured.values()) if proposal else []
        refs = [ref for one in measured for ref in one.behind()]
        behind = resolve(actor, refs)
        found.append(
            TestLine(
                test=test,
                name=test.name.say(language()),
                answer=standing.facts.items[node.id].tests[test.id].value,
                by=f"{row.answered_by} · {date_words(row.answered_at)}" if row else "",
                reason=row.reason if row else "",
                proposal=proposal,
                proposed=_proposed(proposal),
                sentences=[one.sentence.words for one in measured],
                behind=[behind[ref] for ref in dict.fromkeys(refs) if ref in behind],
                note=test.note.say(language()) if test.note else "",
            )
        )
    return found


def _proposed(proposal: Proposal | None) -> str:
    if proposal is None or proposal.is_done is None:
        return "unknown"
    return "done" if proposal.is_done else "not_done"


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """Evidence that the item expects, how much of it is here, and where to bring more."""

    words: str
    here: int
    wanted: int
    add: str

    @property
    def missing(self) -> int:
        """Count what has still to be brought."""
        return max(0, self.wanted - self.here)


def _expects(standing: Standing, reporting_round: Round, node: Node) -> list[ExpectedLine]:
    names = {kind.id: kind.name.say(language()) for kind in standing.edition.kinds}
    either = gettext(" or ")
    kept = [view.piece.kind for view in standing.pieces.get(node.id, ())]
    return [
        ExpectedLine(
            either.join(names[kind] for kind in one.kinds),
            sum(kind in one.kinds for kind in kept),
            one.count,
            add_evidence(reporting_round, node.id, one.kinds[0]),
        )
        for one in node.expects
    ]


def add_evidence(reporting_round: Round, item: str, kind: str = "") -> str:
    """Return the address where evidence for an item is brought; "" where there is no such page."""
    try:
        page = reverse("evidence:add")
    except NoReverseMatch:
        return ""
    asked: dict[str, str | int] = {
        "edition": reporting_round.edition_id,
        "year": reporting_round.fiscal_year,
        "item": item,
        "kind": kind,
    }
    return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"


def group_lines(
    actor: Actor, reporting_round: Round, groups: Sequence[NarrativeGroup]
) -> list[GroupLines]:
    """Say narrative groups with what each paragraph cites; one question for each kind of record."""
    paragraphs = [p for group in groups for p in group.paragraphs.all()]
    refs = {text: RecordRef.parse(text) for p in paragraphs for text in p.cites}
    found = resolve(actor, refs.values())
    return [
        GroupLines(
            group.pk,
            group.title,
            group.version,
            [
                ParagraphLine(
                    p.pk,
                    p.role,
                    p.text,
                    p.mark,
                    p.depth,
                    # A record without a page of its own would only repeat the paragraph's words.
                    [
                        found[refs[text]]
                        for text in p.cites
                        if refs[text] in found and found[refs[text]].url
                    ],
                    reverse("rounds:paragraph", args=[reporting_round.pk, p.pk]),
                    p.section,
                    p.version,
                    p.drafted,
                    p.origin,
                    list(p.proposals.all()),
                )
                for p in group.paragraphs.all()
            ],
        )
        for group in groups
    ]


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """What changes on the page of an item when one test is answered: its line, and where we stand."""

    round: Round
    node: Node
    line: ItemLine
    levels: Levels
    tests: list[TestLine]
    progress: Progress
    to_next: Sequence[Mapping[str, Any]]
    can: Mapping[str, Verdict]


def answered_page(actor: Actor, reporting_round: Round, item: str, test: str) -> AnsweredPage:
    """Make what is answered to a page with scripts; a fixed number of queries, none for what did not change."""
    standing = standing_of(reporting_round)
    node = standing.edition.nodes[item]
    line = next(one for one in item_lines(reporting_round, standing) if one.node.id == item)
    report = standing.report_in(language())
    return AnsweredPage(
        round=reporting_round,
        node=node,
        line=line,
        levels=levels_of(reporting_round, standing),
        tests=[
            one for one in _tests(actor, reporting_round, standing, node) if one.test.id == test
        ],
        progress=progress_of(reporting_round, standing)[item],
        to_next=[step for step in report["to_next"] if step["item"] == item],
        can=rights_over(actor, reporting_round),
    )
