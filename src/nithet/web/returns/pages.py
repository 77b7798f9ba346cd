"""What the pages of returns show, as plain values."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from nithet.domain.returns.builder import shown
from nithet.domain.returns.models import Proposal, ReturnImport
from nithet.domain.returns.rules.assembling import Built
from nithet.domain.returns.rules.places import Column
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve

SOURCED = frozenset({Column.INFORMATION, Column.NARRATIVE, Column.EVIDENCE})
COLUMN_ORDER = [column.value for column in Column]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal with the record that was made of it."""

    proposal: Proposal
    record: Resolved | None


@dataclass(frozen=True, slots=True)
class KindLines:
    """The proposals of one kind."""

    kind: str
    lines: list[ProposalLine]


def kinds_of(actor: Actor, kept: ReturnImport) -> list[KindLines]:
    """Group the proposals of an import by kind, in the order of the file; records resolved in one go."""
    proposals = list(kept.proposals.all())
    known = kinds()
    refs = {p.pk: RecordRef.parse(p.record) for p in proposals if p.record}
    found = resolve(actor, [ref for ref in refs.values() if ref.kind in known])
    groups: dict[str, list[ProposalLine]] = {}
    for proposal in proposals:
        record = found.get(refs[proposal.pk]) if proposal.pk in refs else None
        groups.setdefault(proposal.kind, []).append(ProposalLine(proposal, record))
    return [KindLines(kind, lines) for kind, lines in groups.items()]


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def as_file(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file to keep; its name may hold a slash of a document number, which a file name may not."""
    response = HttpResponse(data, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name.replace("/", "-"))
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@dataclass(frozen=True, slots=True)
class Citation:
    """Records that one part of an item's table stands on."""

    item: str
    column: str
    records: list[Resolved]


def citations_of(actor: Actor, built_now: Built) -> list[Citation]:
    """List, item by item and column by column, the records behind a return that was built, each once."""
    sources = shown(built_now.sources)
    found = resolve(actor, {ref for refs in sources.values() for ref in refs})
    grouped: dict[tuple[int, str], dict[RecordRef, Resolved]] = {}
    for place, refs in sources.items():
        if place.block < len(built_now.document.blocks) and place.column in SOURCED:
            key = (built_now.document.blocks[place.block].item, place.column.value)
            grouped.setdefault(key, {}).update({ref: found[ref] for ref in refs if ref in found})
    order = sorted(grouped, key=lambda key: (key[0], COLUMN_ORDER.index(key[1])))
    return [
        Citation(str(item), column, list(grouped[item, column].values()))
        for item, column in order
        if grouped[item, column]
    ]
