"""What the narrative editor shows, as plain values made from queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.narrative import groups_of
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.queries.carrying import WhatBecame, what_became_of
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.verdicts import Verdict
from nithet.web.rounds.forms import NewParagraphForm
from nithet.web.rounds.item_pages import GroupLines, ParagraphLine, group_lines
from nithet.web.rounds.pages import language, rights_over


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A heading of a group with what stands under it, and the form for one paragraph more."""

    id: str
    title: str
    heading: ParagraphLine | None
    paragraphs: list[ParagraphLine]
    form: NewParagraphForm
    is_filled: bool


@dataclass(frozen=True, slots=True)
class EditedGroup:
    """A group with its headings."""

    group: GroupLines
    sections: list[SectionLines]


@dataclass(frozen=True, slots=True)
class BecameLine:
    """A point of last year's way forward, what became of it in one sentence, and the records that show it."""

    id: int
    text: str
    words: str
    cites: list[str]


@dataclass(frozen=True, slots=True)
class EditorPage:
    """Everything that the narrative editor of an item shows."""

    round: Round
    node: Node
    title: str
    groups: list[EditedGroup]
    became: list[BecameLine]
    can: Mapping[str, Verdict]


def editor_page(actor: Actor, reporting_round: Round, item: str) -> EditorPage | None:
    """Make the editor of an item's narrative; None where the form has no such item."""
    rules = rules_of(reporting_round.edition)
    node = next((one for one in rules.items if one.id == item), None)
    if node is None:
        return None
    headings = {
        one.id: one.name.say(language())
        for one in (rules.form.headings_of(item) if rules.form else ())
    }
    lines = group_lines(actor, reporting_round, groups_of(reporting_round, item))
    return EditorPage(
        reporting_round,
        node,
        node.title.say(language()),
        [EditedGroup(group, _sections(group, headings)) for group in lines],
        became_lines(actor, reporting_round, item),
        rights_over(actor, reporting_round),
    )


def _sections(group: GroupLines, headings: Mapping[str, str]) -> list[SectionLines]:
    """Sort a group's paragraphs under its headings; what stands before the first heading comes first."""
    names = {"": "", **headings}
    order = list(dict.fromkeys([p.section for p in group.paragraphs] + list(headings)))
    found = []
    for section in sorted(order, key=lambda one: list(names).index(one) if one in names else 99):
        mine = [p for p in group.paragraphs if p.section == section]
        heading = next((p for p in mine if p.role in {"heading", "results_heading"}), None)
        rest = [p for p in mine if p is not heading]
        if section == "results" and not mine:
            continue
        form = NewParagraphForm(initial={"section": section, "mark": _next_mark(rest, heading)})
        found.append(
            SectionLines(
                section,
                names.get(section, section),
                heading,
                rest,
                form,
                any(not p.drafted for p in rest),
            )
        )
    return found


def _next_mark(paragraphs: list[ParagraphLine], heading: ParagraphLine | None) -> str:
    """Propose the number of the next point: one more than the last of its row, or the first below its heading."""
    marks = [p.mark.rstrip(".") for p in paragraphs if p.mark]
    if not marks:
        number = heading.mark.rstrip(".") if heading else ""
        return f"{number}.1" if number.isdecimal() else "-"
    before, dot, last = marks[-1].rpartition(".")
    return f"{before}{dot}{int(last) + 1}" if last.isdecimal() else paragraphs[-1].mark


def last_under(group: NarrativeGroup, section: str) -> NarrativeParagraph | None:
    """Return the paragraph behind which a new one of a heading stands: the last one there, else the last before it."""
    rows = list(group.paragraphs.order_by("position", "pk"))
    under = [row for row in rows if row.section == section]
    if under:
        return under[-1]
    return rows[-1] if rows else None


def became_lines(actor: Actor, reporting_round: Round, item: str | None = None) -> list[BecameLine]:
    """Say what became of last year's way forward; where the item is known, of that item alone."""
    found = what_became_of(actor, reporting_round.fiscal_year)
    if item is not None:
        known = _items_of_sources(found)
        found = [one for one in found if known.get(one.point.source_ref, item) == item]
    return [BecameLine(one.point.pk, one.text, _sentence(one), _cites(one)) for one in found]


def _items_of_sources(found: list[WhatBecame]) -> dict[str, str]:
    """Return source reference -> the item whose narrative said it; one query."""
    prefix = "assessments.narrativeparagraph:"
    ids = [
        one.point.source_ref.removeprefix(prefix)
        for one in found
        if one.point.source_ref.startswith(prefix)
    ]
    rows = NarrativeParagraph.objects.filter(pk__in=ids).values_list("pk", "group__answer__item")
    return {f"{prefix}{key}": item for key, item in rows}


def _sentence(one: WhatBecame) -> str:
    values = {
        "text": one.text,
        "line": str(one.became) if one.became else "",
        "done": one.activities_done,
        "all": one.activities,
        "evidence": one.evidence,
        "reason": one.point.reason,
    }
    if one.outcome == CarriedPoint.Outcome.DROPPED:
        return (
            gettext("Last year's way forward “%(text)s” was not carried on because: %(reason)s")
            % values
        )
    if one.outcome == CarriedPoint.Outcome.UNDECIDED:
        return gettext("Last year's way forward “%(text)s” has not been decided on yet") % values
    if one.outcome == CarriedPoint.Outcome.POLICY:
        return gettext("Last year's way forward “%(text)s” became the policy “%(line)s”") % values
    return (
        gettext(
            "Last year's way forward “%(text)s” became “%(line)s”: %(done)s of %(all)s activities done, "
            "%(evidence)s pieces of evidence"
        )
        % values
    )


def _cites(one: WhatBecame) -> list[str]:
    if one.point.project_id:
        return [f"{PROJECT}:{one.point.project_id}"]
    if one.point.activity_id:
        return [f"{ACTIVITY}:{one.point.activity_id}"]
    return []
