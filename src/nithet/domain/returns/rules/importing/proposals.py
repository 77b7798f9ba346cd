"""All that an old return proposes, in the order in which the records are made."""

from collections.abc import Collection, Iterable
from typing import Protocol

from nithet.domain.returns.document import ReturnDocument, Role
from nithet.domain.returns.reader.facts.counts import Count, counts_in
from nithet.domain.returns.reader.titles import comparable, distinct_evidence
from nithet.domain.returns.rules.importing.drafts import (
    Drafts,
    ProposalDraft,
    ProposalKind,
    clip,
)
from nithet.domain.returns.rules.importing.listed import (
    MARK,
    TITLE,
    add_boxes,
    add_evidence,
    add_projects,
)
from nithet.domain.returns.rules.importing.views import GroupView, ItemView, Spot, views_of
from nithet.domain.returns.rules.importing.work import WorkReader, told_project

UNIT = 60
LARGEST_FIGURE = 2_147_483_647
_SHORTEST_NAME = 12
"""Letters from which a title is recognised inside another text."""


def proposals_of(document: ReturnDocument, fiscal_year: int) -> list[ProposalDraft]:
    """One proposal for every record that a return gives rise to; ``fiscal_year`` is พ.ศ."""
    views = views_of(document)
    drafts = Drafts()
    drafts.add(ProposalKind.PLAN, str(fiscal_year), {"fiscal_year": fiscal_year})
    projects = add_projects(drafts, views)
    pieces = add_evidence(drafts, views, distinct_evidence(document), projects)
    work = WorkReader(drafts, projects, fiscal_year)
    for view in views:
        for group in view.groups:
            work.read(view, group)
    _add_figures(drafts, views)
    add_boxes(drafts, views)
    named = {**pieces, **projects}
    for view in views:
        _cite_names(drafts, view, named)
        for group in view.groups:
            _add_narrative(drafts, view, group, told_project(view, group, projects))
    return drafts.kept


class Needing(Protocol):
    """A proposal, kept or not."""

    key: str
    needs: Collection[str]


def dropped_with(drafts: Iterable[Needing], key: str) -> set[str]:
    """The keys of the proposals that cannot be without one, that one included."""
    gone = {key}
    kept = list(drafts)
    while more := {d.key for d in kept if d.key not in gone and gone.intersection(d.needs)}:
        gone |= more
    return gone


def _add_figures(drafts: Drafts, views: tuple[ItemView, ...]) -> None:
    """Numbers as stated; each is cited by the paragraph that holds it."""
    kept: dict[tuple[int, str, str, int | None], str] = {}
    for view in views:
        for count in counts_in([view.item]):
            if not isinstance(count.value, int) or count.value > LARGEST_FIGURE:
                continue
            text = clip(count.text, 500)
            name = (count.value, count.unit, text, count.line)
            if name not in kept:
                payload = {"value": count.value, "counted_in": clip(count.unit, UNIT), "text": text}
                summary = f"{count.value} {count.unit} · {count.text}"
                kept[name] = drafts.add(ProposalKind.FIGURE, summary, payload, line=count.line)
            for spot in view.spots:
                if _holds(spot, count):
                    drafts.cite(view.number, spot.number, kept[name])


def _holds(spot: Spot, count: Count) -> bool:
    paragraph = spot.paragraph
    words = count.text.strip("…")
    if paragraph.role not in (Role.POINT, Role.TEXT) or words not in paragraph.text:
        return False
    lines = {paragraph.line, *(line for _, line in paragraph.breaks)}
    return count.line in lines


def _cite_names(drafts: Drafts, view: ItemView, named: dict[str, str]) -> None:
    """A paragraph cites the project or piece whose title it holds."""
    for spot in view.spots:
        if spot.paragraph.role not in (Role.POINT, Role.TEXT):
            continue
        text = comparable(spot.paragraph.text)
        for name, key in named.items():
            if len(name) >= _SHORTEST_NAME and name in text:
                drafts.cite(view.number, spot.number, key)


def _add_narrative(drafts: Drafts, view: ItemView, group: GroupView, about: str | None) -> None:
    """A group in its author's words, every paragraph with the keys of its records."""
    paragraphs = [
        {
            "role": spot.paragraph.role.value,
            "section": spot.paragraph.section.value if spot.paragraph.section else "",
            "mark": clip(spot.paragraph.mark, MARK),
            "depth": spot.paragraph.depth,
            "text": spot.paragraph.text,
            "sheet": spot.sheet,
            "cites": drafts.cited.get((view.number, spot.number), []),
        }
        for spot in group.spots
    ]
    title = clip(group.group.title or "", TITLE)
    payload = {"item": view.number, "title": title, "about": about, "paragraphs": paragraphs}
    first = group.spots[0].paragraph
    summary = f"{view.number} · {title or first.text}"
    drafts.add(ProposalKind.NARRATIVE, summary, payload, line=first.line)
