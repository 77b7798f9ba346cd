"""A `ReturnDocument` as JSON and back, without loss.

What has its default value is left out, so that the JSON of a built document (without source lines)
is small and has one form only: its digest stands for the document.
"""

from collections.abc import Mapping
from typing import Any

from nithet.domain.returns.document import (
    Block,
    Breaks,
    Captions,
    EvidenceMark,
    InformationLine,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
)

Json = dict[str, Any]


def to_json(document: ReturnDocument) -> Json:
    """The document as plain JSON values.

    >>> to_json(ReturnDocument("สพป.ก", 2555, None, 1, "5.4", ("หัว",), (), ()))
    {'office': 'สพป.ก', 'fiscal_year': 2555, 'indicator': 1, 'issue': '5.4', 'heading': ['หัว']}
    """
    return _stated(
        office=document.office,
        fiscal_year=document.fiscal_year,
        standard=document.standard,
        indicator=document.indicator,
        issue=document.issue,
        heading=list(document.heading) or None,
        columns=list(document.columns) or None,
        blocks=[_block_json(block) for block in document.blocks] or None,
    )


def from_json(value: Mapping[str, Any]) -> ReturnDocument:
    """The document that `to_json` was given, source lines included."""
    return ReturnDocument(
        office=value.get("office"),
        fiscal_year=value.get("fiscal_year"),
        standard=value.get("standard"),
        indicator=value.get("indicator"),
        issue=value.get("issue"),
        heading=tuple(value.get("heading", ())),
        columns=tuple(value.get("columns", ())),
        blocks=tuple(_block(block) for block in value.get("blocks", ())),
    )


Content = Paragraph | InformationLine | EvidenceMark | LevelRow


def content_json(content: Content) -> Json:
    """One entry of a column as plain JSON values."""
    if isinstance(content, Paragraph):
        return _paragraph_json(content)
    if isinstance(content, InformationLine):
        return _information_json(content)
    if isinstance(content, EvidenceMark):
        return _evidence_json(content)
    return _level_json(content)


def paragraph_from(value: Mapping[str, Any]) -> Paragraph:
    """The paragraph that `content_json` was given."""
    return _paragraph(value)


def information_from(value: Mapping[str, Any]) -> InformationLine:
    """The line of column 3 that `content_json` was given."""
    return _information(value)


def evidence_from(value: Mapping[str, Any]) -> EvidenceMark:
    """The entry of column 5 that `content_json` was given."""
    return _evidence(value)


def level_from(value: Mapping[str, Any]) -> LevelRow:
    """The level row that `content_json` was given."""
    return _level(value)


def _stated(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value is not None}


def _breaks_json(breaks: Breaks) -> list[list[int]]:
    return [[offset, line] for offset, line in breaks]


def _breaks(value: Mapping[str, Any]) -> Breaks:
    return tuple((offset, line) for offset, line in value.get("breaks", ()))


def _block_json(block: Block) -> Json:
    return _stated(
        issue=block.issue,
        indicator=block.indicator,
        item=block.item,
        item_title=block.item_title or None,
        continued=block.continued,
        captions=list(block.captions),
        columns=list(block.columns) or None,
        levels=[_level_json(row) for row in block.levels] or None,
        information=[_information_json(line) for line in block.information] or None,
        narrative=[_paragraph_json(paragraph) for paragraph in block.narrative] or None,
        evidence=[_evidence_json(mark) for mark in block.evidence] or None,
        line=block.line,
    )


def _block(value: Mapping[str, Any]) -> Block:
    return Block(
        issue=value.get("issue"),
        indicator=value.get("indicator"),
        item=value["item"],
        item_title=value.get("item_title", ""),
        continued=value["continued"],
        captions=Captions(*value["captions"]),
        columns=tuple(value.get("columns", ())),
        levels=tuple(_level(row) for row in value.get("levels", ())),
        information=tuple(_information(line) for line in value.get("information", ())),
        narrative=tuple(_paragraph(paragraph) for paragraph in value.get("narrative", ())),
        evidence=tuple(_evidence(mark) for mark in value.get("evidence", ())),
        line=value.get("line"),
    )


def _level_json(row: LevelRow) -> Json:
    return _stated(
        level=row.level, text=row.text or None, ticked=row.ticked, boxed=row.boxed, line=row.line
    )


def _level(value: Mapping[str, Any]) -> LevelRow:
    return LevelRow(
        level=value["level"],
        text=value.get("text", ""),
        ticked=value.get("ticked"),
        boxed=value["boxed"],
        line=value.get("line"),
    )


def _information_json(line: InformationLine) -> Json:
    return _stated(
        kind=line.kind.value,
        text=line.text or None,
        mark=line.mark or None,
        ticked=line.ticked,
        boxed=line.boxed,
        line=line.line,
        breaks=_breaks_json(line.breaks) or None,
    )


def _information(value: Mapping[str, Any]) -> InformationLine:
    return InformationLine(
        kind=Kind(value["kind"]),
        text=value.get("text", ""),
        mark=value.get("mark", ""),
        ticked=value.get("ticked"),
        boxed=value["boxed"],
        line=value.get("line"),
        breaks=_breaks(value),
    )


def _paragraph_json(paragraph: Paragraph) -> Json:
    return _stated(
        text=paragraph.text or None,
        role=paragraph.role.value,
        section=paragraph.section.value if paragraph.section else None,
        mark=paragraph.mark or None,
        depth=paragraph.depth,
        line=paragraph.line,
        breaks=_breaks_json(paragraph.breaks) or None,
    )


def _paragraph(value: Mapping[str, Any]) -> Paragraph:
    section = value.get("section")
    return Paragraph(
        text=value.get("text", ""),
        role=Role(value["role"]),
        section=Section(section) if section else None,
        mark=value.get("mark", ""),
        depth=value["depth"],
        line=value.get("line"),
        breaks=_breaks(value),
    )


def _evidence_json(mark: EvidenceMark) -> Json:
    return _stated(
        title=mark.title or None,
        ticked=mark.ticked,
        ambiguous=mark.ambiguous,
        body=list(mark.body) or None,
        mark=mark.mark or None,
        boxed=mark.boxed,
        line=mark.line,
        breaks=_breaks_json(mark.breaks) or None,
    )


def _evidence(value: Mapping[str, Any]) -> EvidenceMark:
    return EvidenceMark(
        title=value.get("title", ""),
        ticked=value.get("ticked"),
        ambiguous=value["ambiguous"],
        body=tuple(value.get("body", ())),
        mark=value.get("mark", ""),
        boxed=value["boxed"],
        line=value.get("line"),
        breaks=_breaks(value),
    )
