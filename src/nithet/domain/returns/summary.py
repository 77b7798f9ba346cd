"""What was read, as the JSON that `read-return` prints and others build on."""

from typing import Any

from nithet.domain.returns.document import Group, Item, Section, items_of, levels_of
from nithet.domain.returns.reader.facts.absent import absent_from
from nithet.domain.returns.reader.facts.channels import channels_of
from nithet.domain.returns.reader.facts.counts import counts_in
from nithet.domain.returns.reader.facts.periods import spans_of
from nithet.domain.returns.reader.facts.visits import visits_of
from nithet.domain.returns.reader.reading import ReadResult


def to_json(result: ReadResult) -> dict[str, Any]:
    """The summary of a return in values that JSON has; dates are ISO, years พ.ศ., unknown is null.

    ``line`` is the only thing that depends on how the words lie in the file.
    """
    document = result.document
    items = items_of(document)
    channels = channels_of(items)
    return {
        "office": document.office,
        "fiscal_year": document.fiscal_year,
        "standard": document.standard,
        "indicator": document.indicator,
        "issue": document.issue,
        "columns": list(document.columns),
        "blocks": len(document.blocks),
        "continuations": sum(block.continued for block in document.blocks),
        "levels": [{"level": row.level, "text": row.text} for row in levels_of(document)],
        "items": [_item(item) for item in items],
        "visits": [
            {"date": visit.day.isoformat(), "schools": list(visit.schools)}
            for visit in visits_of(items)
        ],
        "numbers": [
            {"value": count.value, "unit": count.unit, "text": count.text, "line": count.line}
            for count in counts_in(items)
        ],
        "periods": [
            {
                "label": span.label,
                "from": span.start.isoformat(),
                "to": span.end.isoformat(),
                "line": span.line,
            }
            for span in spans_of(items, document.fiscal_year)
        ],
        "channels": {"narrative": list(channels.narrative), "evidence": list(channels.evidence)},
        "absent": list(absent_from(document, [line.words for line in result.outside])),
        "flags": [
            {"line": flag.line, "kind": flag.kind.value, "text": flag.text} for flag in result.flags
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number or None,
        "title": item.title,
        "level": item.level,
        "projects": [project.text for project in item.projects],
        "tests": [{"text": test.text, "ticked": test.ticked} for test in item.tests],
        "groups": [_group(group) for group in item.groups],
        "evidence": [{"title": mark.full_text, "ticked": mark.ticked} for mark in item.evidence],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "title": group.title,
        **{section.value: [p.text for p in group.entries(section)] for section in Section},
        "none_stated": [section.value for section in group.none_stated],
    }
