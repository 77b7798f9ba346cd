"""Columns 3 and 5: projects with the items they serve, evidence with its uses, boxes that are known."""

from collections.abc import Iterable

from nithet.domain.returns.document import Block, EvidenceMark, InformationLine, Kind
from nithet.domain.returns.reader.titles import DistinctEvidence, Nature, comparable
from nithet.domain.returns.rules.importing.drafts import Drafts, ProposalKind, clip
from nithet.domain.returns.rules.importing.phrases import evidence_kind
from nithet.domain.returns.rules.importing.views import ItemView

TITLE = 400
PRINTED = 500
MARK = 20


def add_projects(drafts: Drafts, views: tuple[ItemView, ...]) -> dict[str, str]:
    """Propose projects and services; comparable title to key of the project."""
    projects: dict[str, str] = {}
    served: set[tuple[str, int]] = set()
    for view in views:
        for sheet, block in enumerate(view.blocks):
            for index, line in enumerate(block.information):
                if line.kind is not Kind.PROJECT:
                    continue
                name = comparable(line.text)
                if name not in projects:
                    title = clip(line.text, TITLE)
                    payload = {"title": title}
                    projects[name] = drafts.add(
                        ProposalKind.PROJECT, title, payload, line=line.line, needs=("plan:1",)
                    )
                if (name, view.number) not in served:
                    served.add((name, view.number))
                    _service(drafts, projects[name], view.number, sheet, index, line)
    return projects


def _service(
    drafts: Drafts, project: str, item: int, sheet: int, index: int, line: InformationLine
) -> None:
    payload = {
        "project": project,
        "item": item,
        "printed_title": clip(line.text, TITLE),
        "mark": clip(line.mark, MARK),
        "boxed": line.boxed,
        "ticked": line.ticked,
        "sheet": sheet,
        "position": index + 1,
    }
    summary = f"{line.text} > {item}"
    drafts.add(ProposalKind.SERVICE, summary, payload, line=line.line, needs=(project,))


def add_evidence(
    drafts: Drafts,
    views: tuple[ItemView, ...],
    distinct: Iterable[DistinctEvidence],
    projects: dict[str, str],
) -> dict[str, str]:
    """Propose pieces and uses; comparable title to key of the piece.

    A title that stands twice in one item is two pieces: one piece proves an item once.
    """
    told = {
        comparable(one.marks[0].full_text) for one in distinct if one.nature is Nature.TEXT_BLOCK
    }
    pieces: dict[tuple[str, int], str] = {}
    for view in views:
        seen: dict[str, int] = {}
        for sheet, block in enumerate(view.blocks):
            beside = _project_beside(block)
            for index, mark in enumerate(block.evidence):
                name = comparable(mark.full_text)
                nth = seen[name] = seen.get(name, 0) + 1
                if (name, nth) not in pieces:
                    pieces[name, nth] = _piece(
                        drafts,
                        mark,
                        projects.get(name) or projects.get(beside),
                        tells=name in told,
                        nth=nth,
                    )
                _use(drafts, pieces[name, nth], view.number, sheet, index, mark)
    return {name: key for (name, nth), key in pieces.items() if nth == 1}


def _project_beside(block: Block) -> str:
    """Return the comparable title of the one project that has a box of its own on this sheet; "" where there is none.

    What the same sheet lists as evidence speaks about it: the form sets them side by side.
    """
    boxed = [line for line in block.information if line.kind is Kind.PROJECT and line.boxed]
    return comparable(boxed[0].text) if len(boxed) == 1 else ""


def _piece(
    drafts: Drafts, mark: EvidenceMark, project: str | None, *, tells: bool, nth: int
) -> str:
    payload = {
        "title": clip(mark.title, PRINTED),
        "kind": evidence_kind(mark.title, tells=tells),
        "medium": "statement" if tells else "listed",
        "body": mark.full_text if tells else "",
        "about": project,
        "nth": nth,
    }
    return drafts.add(ProposalKind.PIECE, mark.title, payload, line=mark.line)


def _use(drafts: Drafts, piece: str, item: int, sheet: int, index: int, mark: EvidenceMark) -> None:
    fits = len(mark.title) <= PRINTED
    payload = {
        "piece": piece,
        "item": item,
        "printed_title": mark.title if fits else "",
        "printed_body": list(mark.body) if fits else [mark.title, *mark.body],
        "mark": clip(mark.mark, MARK),
        "boxed": mark.boxed,
        "ticked": mark.ticked,
        "is_ambiguous": mark.ambiguous,
        "sheet": sheet,
        "position": index + 1,
    }
    summary = f"{mark.title[:400]} > {item}"
    drafts.add(ProposalKind.USE, summary, payload, line=mark.line, needs=(piece,))


def add_boxes(drafts: Drafts, views: tuple[ItemView, ...]) -> None:
    """Propose what boxes say that the file still has; a lost box says nothing.

    A tick above the list of projects answers the item's test that there is one ("test" -1); an
    empty box there answers nothing.
    """
    for view in views:
        tests = (line for block in view.blocks for line in block.information)
        printed = [line for line in tests if line.kind in (Kind.TEST, Kind.PROJECT_LABEL)]
        index = 0  # of the next test among the tests of the item
        for line in printed:
            place = -1 if line.kind is Kind.PROJECT_LABEL else index
            index += line.kind is Kind.TEST
            says = line.ticked if line.kind is Kind.TEST else line.ticked or None
            if line.boxed and says is not None:
                payload = {"item": view.number, "test": place, "is_done": says}
                drafts.add(ProposalKind.TEST, line.text, payload, line=line.line)
        if view.item.level is not None:
            payload = {"item": view.number, "level": view.item.level}
            drafts.add(
                ProposalKind.LEVEL,
                f"{view.number}: {view.item.level}",
                payload,
                line=view.item.line,
            )
