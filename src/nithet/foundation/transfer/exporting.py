"""Writing a whole office into one file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from nithet import __version__
from nithet.foundation.audit.chain import chain_name
from nithet.foundation.audit.models import AuditEvent, AuditHead
from nithet.foundation.files import store
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.container import CHUNK, FORMAT, Writer
from nithet.foundation.transfer.cut import at_one_moment
from nithet.foundation.transfer.references import File, Row, declared
from nithet.foundation.transfer.rows import (
    BATCH,
    EVENTS,
    as_line,
    carried_models,
    read_rows,
    rows_of,
    written_fields,
)
from nithet.foundation.transfer.state import migration_state
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

LINK = ("link__index", "link__previous", "link__digest")


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds: rows by model, files, the digest of the whole, and the kept files that were not in the store."""

    digest: str
    rows: dict[str, int]
    files: int
    missing: tuple[str, ...]


def write_office(office_id: int, out: BinaryIO) -> Written:
    """Write everything of an office as it is at this moment; memory does not grow with the office.

    `out` must be seekable. Raises `RuleBroken` "transfer.file_damaged" where a kept file is not what its name says: such a
    file would be carried on for ever.
    """
    writer = Writer(out)
    try:
        return _write(office_id, writer)
    except BaseException:
        writer.give_up()
        raise


def _write(office_id: int, writer: Writer) -> Written:
    named: set[tuple[str, str]] = set()
    counts: dict[str, int] = {}
    with scope(office_id), at_one_moment():
        office = Unit.objects.get(pk=office_id)
        head = AuditHead.objects.filter(chain=chain_name(office_id)).first()
        manifest = {
            "format": FORMAT,
            "product": __version__,
            "office": {
                "key": office_id,
                "name": office.name,
                "short_name": office.short_name,
                "code": office.code,
            },
            "made_at": clock.now().isoformat(),
            "chain": {
                "length": head.length if head else 0,
                "digest": head.digest if head else "0" * 64,
            },
            "migrations": migration_state(),
        }
        for label, model in carried_models().items():
            counts[label] = 0
            rows = _events(office_id) if label == EVENTS else read_rows(model, office_id)
            writer.add(member_of(label), _lines(label, rows, counts, named))
    written, missing = 0, []
    for namespace, digest in sorted(named):
        if store.exists(namespace, digest):
            writer.add(f"files/{namespace}/{digest}", _file(namespace, digest), packed=False)
            written += 1
        else:
            missing.append(f"{namespace}/{digest}")
    manifest |= {"models": counts, "missing": missing}
    return Written(writer.finish(manifest), counts, written, tuple(missing))


def member_of(label: str) -> str:
    """Return the name of the member that holds a model's rows."""
    return f"data/{label}.jsonl"


def _lines(
    label: str, rows: Iterable[Row], counts: dict[str, int], named: set[tuple[str, str]]
) -> Iterator[bytes]:
    files = [
        (name, how.namespace) for name, how in declared(label).items() if isinstance(how, File)
    ]
    for row in rows:
        counts[label] += 1
        named.update((namespace, row[name]) for name, namespace in files if row[name])
        yield as_line(row)


def _events(office_id: int) -> Iterator[Row]:
    """Yield the history, each event with its place in the chain: [index, previous, digest], None where it has none yet."""
    names = [field.attname for field in written_fields(AuditEvent)]
    rows: Any = rows_of(AuditEvent, office_id).values(*names, *LINK)
    for row in rows.iterator(chunk_size=BATCH):
        link = [row.pop(name) for name in LINK]
        yield {**row, "link": None if link[0] is None else link}


def _file(namespace: str, digest: str) -> Iterator[bytes]:
    if not store.verify(namespace, digest):
        raise RuleBroken(
            "transfer.file_damaged",
            "The kept file %(name)s is damaged, so the office was not written. Restore it from a backup, then try again.",
            name=f"{namespace}/{digest}",
        )
    with store.open_blob(namespace, digest) as file:
        while piece := file.read(CHUNK):
            yield piece
