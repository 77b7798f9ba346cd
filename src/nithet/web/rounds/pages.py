"""What the pages of a round show, as plain values made from queries. Nothing here decides or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.narrative import narrative_of
from nithet.domain.assessments.queries.rounds import assessor_level_of, declared_of
from nithet.domain.assessments.queries.standing import Proposal, Standing, proposals_of, standing_of
from nithet.domain.evidence.queries.clarity import PieceView
from nithet.domain.frameworks.rules.edition import ItemTest, Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.words import Language
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.plans.queries.projects import services_for
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.foundation.ui.shapes import LevelShown
from nithet.foundation.ui.words import date_words

ROUND_ACTIONS = (
    "test.answer",
    "narrative.write",
    "round.sign",
    "round.close",
    "round.reopen",
    "return.issue",
    "assessor_level.give",
)


def language() -> Language:
    """Return the reader's language as editions know it."""
    return "en" if (get_language() or "th").startswith("en") else "th"


@dataclass(frozen=True, slots=True)
class Levels:
    """The three levels, never merged."""

    computed: LevelShown
    declared: LevelShown | None
    assessor: LevelShown | None
    of: int


def levels_of(reporting_round: Round, standing: Standing) -> Levels:
    """Put the three levels side by side."""
    judgement = standing.judgement
    grading = standing.edition.root.levels
    unanswered = len(judgement.unanswered)
    if unanswered:
        because = gettext("%(count)s tests have not been answered yet") % {"count": unanswered}
    else:
        because = _deciding(standing)
    computed = LevelShown(
        judgement.level,
        text="" if judgement.reached else judgement.label_in(language()),
        because=because,
        possible=judgement.possible,
        href=reverse("rounds:round", args=[reporting_round.pk]),
        link=gettext("See why"),
    )
    return Levels(
        computed,
        _declared(declared_of(reporting_round), standing),
        _assessor(reporting_round, standing),
        max(grading.numbers) if grading else 4,
    )


def _deciding(standing: Standing) -> str:
    """Return why the level is what it is: the sentence of the clause that holds, else of the lowest one that does not."""
    clauses = standing.report_in(language())["clauses"]
    holding = next((clause for clause in clauses if clause["holds"]), None)
    if holding:
        return str(holding["because"] or holding["clause"])
    return str(clauses[-1]["because"]) if clauses else ""


def _below(standing: Standing) -> str:
    grading = standing.edition.root.levels
    return grading.otherwise.say(language()) if grading else ""


def _declared(signed: SignOff | None, standing: Standing) -> LevelShown | None:
    if signed is None:
        return None
    changed = signed.shown_digest != standing.digest
    return LevelShown(
        signed.declared_level,
        text="" if signed.declared_level is not None else _below(standing),
        because=[
            signed.reason,
            gettext("The records have changed since it was signed") if changed else "",
        ],
        who=gettext("signed by %(name)s on %(date)s")
        % {"name": signed.signed_by, "date": date_words(signed.signed_at)},
    )


def _assessor(reporting_round: Round, standing: Standing) -> LevelShown | None:
    given = assessor_level_of(reporting_round)
    if given is None:
        return None
    return LevelShown(
        given.level,
        text="" if given.level is not None else _below(standing),
        because=given.reason,
        who=gettext("given by %(name)s on %(date)s")
        % {"name": given.given_by, "date": date_words(given.given_at)},
    )


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item in the list of a round: what is done, how its trace stands, what is open."""

    node: Node
    title: str
    href: str
    done: bool | None
    trace: str
    trace_tone: str
    pieces: int
    unanswered: int


def trace_words(state: str, *, checkable: bool) -> tuple[str, str]:
    """Say a trace in the words of the office, with its tone."""
    if state == "clear" and checkable:
        return pgettext("trace", "clear and checkable"), "good"
    return {
        "clear": (pgettext("trace", "clear"), "good"),
        "unclear": (pgettext("trace", "not clear yet"), "needs"),
        "none": (pgettext("trace", "no evidence yet"), "needs"),
    }[state]


def item_lines(reporting_round: Round, standing: Standing) -> list[ItemLine]:
    """List the items of a round in the order of the form."""
    lines = []
    for node in standing.edition.items:
        view = standing.judgement.items[node.id]
        trace = standing.traces[node.id]
        facts = standing.facts.items[node.id]
        words, tone = trace_words(trace.state.value, checkable=trace.checkable)
        lines.append(
            ItemLine(
                node,
                node.title.say(language()),
                reverse("rounds:item", args=[reporting_round.pk, node.id]),
                view.done,
                words,
                tone,
                len(facts.pieces or ()),
                sum(1 for answer in facts.tests.values() if answer is Answer.UNANSWERED),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class RoundPage:
    """Everything that the page of a round shows."""

    round: Round
    levels: Levels
    items: list[ItemLine]
    report: Mapping[str, Any]
    open_tests: list[tuple[str, str]]
    flags: list[str]
    standing: Standing
    can: Mapping[str, Verdict]
    signed: SignOff | None


def round_page(actor: Actor, reporting_round: Round) -> RoundPage:
    """Make the page of a round."""
    standing = standing_of(reporting_round)
    return RoundPage(
        reporting_round,
        levels_of(reporting_round, standing),
        item_lines(reporting_round, standing),
        standing.report_in(language()),
        open_tests(standing),
        _flags(standing),
        standing,
        rights_over(actor, reporting_round),
        declared_of(reporting_round),
    )


def open_tests(standing: Standing) -> list[tuple[str, str]]:
    """List (item id, words of the test) of every unanswered test, in the order of the form."""
    names = {
        (node.id, test.id): test.name.say(language())
        for node in standing.edition.items
        for test in node.tests
    }
    return [
        (one.item, names.get((one.item, one.test), one.test))
        for one in standing.judgement.unanswered
    ]


def _flags(standing: Standing) -> list[str]:
    grading = standing.edition.root.levels
    names = {flag.id: flag.name.say(language()) for flag in grading.flags} if grading else {}
    return [names.get(flag, flag) for flag in standing.judgement.flags]


def rights_over(actor: Actor, reporting_round: Round) -> dict[str, Verdict]:
    """Ask every right about a round; keys are action names with "_" for "." so that templates can name them."""
    return {name.replace(".", "_"): ask(name, actor, reporting_round) for name in ROUND_ACTIONS}


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


@dataclass(frozen=True, slots=True)
class GroupLines:
    """A narrative group with its paragraphs."""

    title: str
    paragraphs: list[ParagraphLine]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with everything of it in one view."""

    round: Round
    node: Node
    title: str
    asks: str
    tests: list[TestLine]
    expects: list[str]
    services: list[ProjectService]
    pieces: list[PieceView]
    groups: list[GroupLines]
    levels: Levels
    line: ItemLine
    to_next: Sequence[Mapping[str, Any]]
    can: Mapping[str, Verdict]
    previous: ItemLine | None
    following: ItemLine | None


def item_page(actor: Actor, reporting_round: Round, item: str) -> ItemPage | None:
    """Make the page of an item; None where the form has no such item."""
    standing = standing_of(reporting_round)
    node = next((one for one in standing.edition.items if one.id == item), None)
    if node is None:
        return None
    lines = item_lines(reporting_round, standing)
    place = next(i for i, line in enumerate(lines) if line.node.id == item)
    report = standing.report_in(language())
    return ItemPage(
        round=reporting_round,
        node=node,
        title=node.title.say(language()),
        asks=node.asks.say(language()) if node.asks else "",
        tests=_tests(actor, reporting_round, standing, node),
        expects=_expects(standing, node),
        services=services_for(reporting_round.edition, reporting_round.fiscal_year).get(item, []),
        pieces=list(standing.pieces.get(item, ())),
        groups=_groups(actor, reporting_round, narrative_of(reporting_round).get(item, [])),
        levels=levels_of(reporting_round, standing),
        line=lines[place],
        to_next=[step for step in report["to_next"] if step["item"] == item],
        can=rights_over(actor, reporting_round),
        previous=lines[place - 1] if place else None,
        following=lines[place + 1] if place + 1 < len(lines) else None,
    )


def _tests(actor: Actor, reporting_round: Round, standing: Standing, node: Node) -> list[TestLine]:
    proposals = proposals_of(reporting_round, [node.id])
    answer = standing.answers.get(node.id)
    given = {row.test: row for row in answer.tests.all()} if answer else {}
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


def _expects(standing: Standing, node: Node) -> list[str]:
    names = {kind.id: kind.name.say(language()) for kind in standing.edition.kinds}
    either = gettext(" or ")
    return [
        gettext("%(kinds)s: at least %(count)s")
        % {"kinds": either.join(names[kind] for kind in one.kinds), "count": one.count}
        for one in node.expects
    ]


def _groups(
    actor: Actor, reporting_round: Round, groups: Sequence[NarrativeGroup]
) -> list[GroupLines]:
    paragraphs = [p for group in groups for p in group.paragraphs.all()]
    refs = {text: RecordRef.parse(text) for p in paragraphs for text in p.cites}
    found = resolve(actor, refs.values())
    return [
        GroupLines(
            group.title,
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
                )
                for p in group.paragraphs.all()
            ],
        )
        for group in groups
    ]
