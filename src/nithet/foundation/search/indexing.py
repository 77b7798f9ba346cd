"""Keeping the entries as their records are."""

import logging
from collections.abc import Collection, Iterable

from django.db import transaction

from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.search.registry import (
    ALWAYS_CURRENT,
    SearchDocument,
    SearchKind,
    search_kinds,
)
from nithet.foundation.thai_text.forms import search_form
from nithet.kernel.text import collapse

logger = logging.getLogger(__name__)

BATCH = 500
LONGEST_BODY = 200_000
"""Characters of a record's text that are searched; what lies behind is not found."""
_COMPARED = ("title", "body", "form", "day", "fiscal_year")


def reindex(refs: Iterable[RecordRef]) -> int:
    """Read the named records of the office in scope again, and those whose documents they change; return entries written.

    A kind whose documents fail is logged and left for the nightly rebuild: one fault does not stop the others.
    """
    named: dict[str, set[str]] = {}
    for ref in refs:
        named.setdefault(ref.kind, set()).add(ref.id)
    written = 0
    for kind in search_kinds().values():
        try:
            with transaction.atomic():
                if ids := _touched(kind, named):
                    written += _refresh(kind, ids)
        except Exception:
            logger.exception("the search documents of %s could not be made", kind.kind)
    return written


def rebuild() -> int:
    """Make every entry of the office in scope anew and remove what no record stands behind; return entries written."""
    kinds = search_kinds()
    written = 0
    for kind in kinds.values():
        kept: set[str] = set()
        waiting: list[SearchDocument] = []
        for document in kind.documents(None):
            kept.add(document.id)
            waiting.append(document)
            if len(waiting) == BATCH:
                written += _write(kind, waiting)
                waiting = []
        written += _write(kind, waiting)
        _keep_only(kind, kept)
    SearchEntry.objects.exclude(kind__in=list(kinds)).delete()
    return written


def _touched(kind: SearchKind, named: dict[str, set[str]]) -> set[str]:
    ids = set(named.get(kind.kind, ()))
    for other, ids_of in kind.touched_by.items():
        if other in named:
            ids.update(str(key) for key in ids_of(named[other]))
    return {key for key in ids if key.isdecimal()}


def _refresh(kind: SearchKind, ids: Collection[str]) -> int:
    written = 0
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        asked = ordered[start : start + BATCH]
        documents = list(kind.documents(asked))
        written += _write(kind, documents)
        gone = set(asked) - {document.id for document in documents}
        if gone:
            SearchEntry.objects.filter(kind=kind.kind, record_id__in=gone).delete()
    return written


def _keep_only(kind: SearchKind, kept: set[str]) -> None:
    entries = SearchEntry.objects.filter(kind=kind.kind).values_list("pk", "record_id")
    gone = [pk for pk, record in entries if record not in kept]
    for start in range(0, len(gone), BATCH):
        SearchEntry.objects.filter(pk__in=gone[start : start + BATCH]).delete()


def _write(kind: SearchKind, documents: list[SearchDocument]) -> int:
    """Write the documents that differ from their entries; return how many did."""
    ids = [document.id for document in documents]
    known = {
        entry.record_id: entry
        for entry in SearchEntry.objects.filter(kind=kind.kind, record_id__in=ids)
    }
    changed = [
        entry
        for document in documents
        if _differs(entry := _entry(kind, document), known.get(document.id))
    ]
    SearchEntry.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["office", "kind", "record_id"],
        update_fields=_COMPARED,
    )
    return len(changed)


def _differs(entry: SearchEntry, known: SearchEntry | None) -> bool:
    return known is None or any(getattr(entry, n) != getattr(known, n) for n in _COMPARED)


def _entry(kind: SearchKind, document: SearchDocument) -> SearchEntry:
    if document.kind != kind.kind:
        raise ValueError(f"a document of {document.kind!r} was made for {kind.kind!r}")
    title = collapse(document.title)[:500]
    body = document.body.strip()[:LONGEST_BODY]
    lines = [search_form(title), *(search_form(line) for line in body.splitlines())]
    return SearchEntry(
        office_id=document.office_id,
        kind=document.kind,
        record_id=document.id,
        title=title,
        body=body,
        form="\n".join(line for line in lines if line),
        day=document.day or ALWAYS_CURRENT,
        fiscal_year=document.fiscal_year,
    )
