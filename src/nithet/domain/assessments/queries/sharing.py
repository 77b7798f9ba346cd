"""Who works on which item, and how far it is. Fixed numbers of queries, whatever the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.policy import visible_to
from nithet.domain.assessments.queries.standing import Standing
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown, standing

FILLS = ("point", "text", "none_stated", "period")
"""Roles of paragraphs that fill a heading."""


@dataclass(frozen=True, slots=True)
class Part:
    """n of N of something."""

    n: int
    of: int

    @property
    def whole(self) -> bool:
        """Say whether nothing is missing."""
        return self.n >= self.of


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an item is: tests answered, headings of the narrative filled, evidence expected that is there."""

    tests: Part
    headings: Part
    evidence: Part

    @property
    def ready(self) -> bool:
        """Say whether nothing is missing."""
        return self.tests.whole and self.headings.whole and self.evidence.whole

    @property
    def missing(self) -> int:
        """Count what is missing."""
        return sum(
            part.of - min(part.n, part.of) for part in (self.tests, self.headings, self.evidence)
        )


def progress_of(reporting_round: Round, judged: Standing) -> dict[str, Progress]:
    """Return item -> how far it is; one query besides the standing's."""
    filled = _filled(reporting_round)
    return {
        node.id: Progress(
            _tests(judged, node),
            _headings(judged, node, filled.get(node.id, frozenset())),
            _evidence(judged, node),
        )
        for node in judged.edition.items
    }


def _filled(reporting_round: Round) -> Mapping[str, frozenset[str]]:
    rows = (
        NarrativeParagraph.objects.filter(
            group__answer__round=reporting_round, role__in=FILLS, drafted=False
        )
        .exclude(text="")
        .order_by()
        .values_list("group__answer__item", "section")
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for item, section in rows:
        found.setdefault(item, set()).add(section)
    return {item: frozenset(sections) for item, sections in found.items()}


def _tests(judged: Standing, node: Node) -> Part:
    given = judged.facts.items[node.id].tests
    return Part(sum(one is not Answer.UNANSWERED for one in given.values()), len(node.tests))


def _headings(judged: Standing, node: Node, filled: frozenset[str]) -> Part:
    form = judged.edition.form
    wanted = [one.id for one in form.headings_of(node.id) if not one.optional] if form else []
    return Part(sum(one in filled for one in wanted), len(wanted))


def _evidence(judged: Standing, node: Node) -> Part:
    kinds = [view.piece.kind for view in judged.pieces.get(node.id, ())]
    there = sum(min(one.count, sum(kind in one.kinds for kind in kinds)) for one in node.expects)
    return Part(there, sum(one.count for one in node.expects))


def assignments_of(reporting_round: Round) -> dict[str, list[ItemAssignment]]:
    """Return item -> who works on it, the cancelled ones with their reason; one query."""
    found: dict[str, list[ItemAssignment]] = {}
    for row in shown(ItemAssignment.objects.filter(round=reporting_round)).order_by("item", "pk"):
        found.setdefault(row.item, []).append(row)
    return found


def find_assignment(reporting_round: Round, assignment_id: int) -> ItemAssignment | None:
    """Return an assignment of this round; None where it has none of that number."""
    rows = shown(ItemAssignment.objects.filter(round=reporting_round)).select_related("round")
    return rows.filter(pk=assignment_id).first()


def items_of(actor: Actor, rows: Mapping[str, list[ItemAssignment]]) -> frozenset[str]:
    """Return the items that are the actor's: by account, or by the title of a post that they hold."""
    titles = {held.title for held in actor.held if held.title}
    return frozenset(
        item
        for item, given in rows.items()
        if any(_is_of(actor, titles, one) for one in given if one.stands)
    )


def _is_of(actor: Actor, titles: set[str], assignment: ItemAssignment) -> bool:
    if assignment.user_id is not None:
        return assignment.user_id == actor.user_id
    return assignment.title in titles


def assigned_to(actor: Actor, until: date | None = None) -> list[ItemAssignment]:
    """List what the actor has in the rounds that are open, by due date; due by a day where one is given. One query."""
    rows = standing(ItemAssignment.objects.filter(round__in=visible_to(actor), round__state="open"))
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    titles = {held.title for held in actor.held if held.title}
    found = rows.select_related("round", "round__edition").order_by("due_on", "pk")
    return [row for row in found if _is_of(actor, titles, row)]
