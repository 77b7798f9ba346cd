"""What the pages of a round show, as plain values made from queries. Nothing here decides or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.rounds import assessor_level_of, declared_of, round_ref
from nithet.domain.assessments.queries.sharing import (
    Progress,
    assignments_of,
    items_of,
    progress_of,
)
from nithet.domain.assessments.queries.standing import Standing, standing_of
from nithet.domain.assessments.queries.steps import is_there, point_of
from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.queries import of_record
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.words import Language
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.ui.shapes import LevelShown
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.web.rounds.thresholds import ReadingShown, readings_shown

ROUND_ACTIONS = (
    "test.answer",
    "item.assign",
    "round.withdraw",
    "comment.say",
    "round.set_due",
    "narrative.write",
    "round.sign",
    "round.close",
    "round.reopen",
    "return.issue",
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
    if unanswered and not judgement.settled:
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
    # One question to the addresses for the whole list; an item's id stands last in its own.
    start = reverse("rounds:item", args=[reporting_round.pk, "0"]).removesuffix("0/")
    said: dict[tuple[str, bool], tuple[str, str]] = {}
    for node in standing.edition.items:
        view = standing.judgement.items[node.id]
        trace = standing.traces[node.id]
        facts = standing.facts.items[node.id]
        kind = (trace.state.value, trace.checkable)
        if kind not in said:
            said[kind] = trace_words(kind[0], checkable=kind[1])
        words, tone = said[kind]
        lines.append(
            ItemLine(
                node,
                node.title.say(language()),
                f"{start}{quote(node.id)}/",
                view.done,
                words,
                tone,
                len(facts.pieces or ()),
                sum(1 for answer in facts.tests.values() if answer is Answer.UNANSWERED),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody who works on an item."""

    assignment: ItemAssignment
    is_late: bool


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One item with who works on it and how far it is."""

    line: ItemLine
    progress: Progress
    given: list[Given]
    is_mine: bool
    is_late: bool


def promise_day(reporting_round: Round) -> date:
    """Return the day that a promise is given at first: the round's due day, else two weeks from now."""
    soon = clock.today() + timedelta(days=14)
    due = reporting_round.due_on
    return due if due and due > clock.today() else soon


def shared_lines(
    actor: Actor, reporting_round: Round, standing: Standing, lines: Sequence[ItemLine]
) -> list[SharedLine]:
    """Say of every item who works on it and how far it is."""
    progress = progress_of(reporting_round, standing)
    given = assignments_of(reporting_round)
    mine, today = items_of(actor, given), clock.today()
    found = []
    for line in lines:
        item = line.node.id
        ready = progress[item].ready
        people = [
            Given(one, one.stands and not ready and one.is_overdue_on(today))
            for one in given.get(item, ())
        ]
        late = any(one.is_late for one in people)
        found.append(SharedLine(line, progress[item], people, item in mine, late))
    return found


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment that arose from a round, and whether the change is there by now (None: the records cannot tell)."""

    commitment: Commitment
    href: str
    is_late: bool
    is_there: bool | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One change that leads to the next level, and what was promised of it."""

    number: int
    item: str
    words: str
    because: str
    href: str
    promised: list[Promised]
    point: str = ""
    owner: int | None = None


def _owners(shared: Sequence[SharedLine]) -> dict[str, int]:
    """Return item -> the account of whoever works on it first."""
    return {
        one.line.node.id: given.assignment.user_id
        for one in shared
        for given in reversed(one.given)
        if given.assignment.stands and given.assignment.user_id is not None
    }


def step_lines(
    actor: Actor, reporting_round: Round, standing: Standing, shared: Sequence[SharedLine]
) -> list[StepLine]:
    """List what leads to the next level with what was promised of each; a promise whose step is gone is listed behind."""
    today, owners = clock.today(), _owners(shared)
    promised: dict[str, list[Promised]] = {}
    for one in of_record(actor, round_ref(reporting_round.pk)):
        promised.setdefault(one.point, []).append(
            Promised(
                one,
                reverse("rounds:commitment", args=[one.pk]),
                one.is_overdue_on(today),
                is_there(standing, one.point) if one.point else None,
            )
        )
    lines = []
    told = standing.report_in(language())["to_next"]
    for number, (change, said) in enumerate(zip(standing.to_next, told, strict=True)):
        href = reverse("rounds:item", args=[reporting_round.pk, change.item]) if change.item else ""
        mine = promised.pop(point_of(change), [])
        owner = owners.get(change.item, actor.user_id)
        lines.append(
            StepLine(
                number,
                change.item,
                said["change"],
                said["because"],
                href,
                mine,
                point_of(change),
                owner,
            )
        )
    rest = [one for group in promised.values() for one in group]
    if rest:
        lines.append(StepLine(-1, "", "", "", "", rest))
    return lines


@dataclass(frozen=True, slots=True)
class RoundPage:
    """Everything that the page of a round shows; `shared` stands beside `items`, place by place."""

    round: Round
    levels: Levels
    items: list[ItemLine]
    shared: list[SharedLine]
    steps: list[StepLine]
    readings: list[ReadingShown]
    only_mine: bool
    is_late: bool
    report: Mapping[str, Any]
    open_tests: list[tuple[str, str]]
    flags: list[str]
    standing: Standing
    can: Mapping[str, Verdict]
    signed: SignOff | None


def round_page(actor: Actor, reporting_round: Round, *, only_mine: bool = False) -> RoundPage:
    """Make the page of a round; `only_mine` keeps the reader's own items in the list."""
    standing = standing_of(reporting_round)
    lines = item_lines(reporting_round, standing)
    shared = shared_lines(actor, reporting_round, standing, lines)
    due = reporting_round.due_on
    is_open = reporting_round.state == Round.State.OPEN
    return RoundPage(
        reporting_round,
        levels_of(reporting_round, standing),
        lines,
        [one for one in shared if one.is_mine or not only_mine],
        step_lines(actor, reporting_round, standing, shared),
        readings_shown(standing.edition, list(standing.readings), language()),
        only_mine,
        bool(is_open and due and due < clock.today()),
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
    found = {name.replace(".", "_"): ask(name, actor, reporting_round) for name in ROUND_ACTIONS}
    found["commitment_make"] = ask("commitment.make", actor, None)
    return found
