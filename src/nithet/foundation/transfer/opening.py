"""Opening a file: everything is looked at first, then all of it is written in one transaction, or nothing."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models

from nithet.foundation.accounts.models import User
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.files import store
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.transfer.container import FORMAT, Container
from nithet.foundation.transfer.exporting import member_of
from nithet.foundation.transfer.identity import Translation, reserve
from nithet.foundation.transfer.models import CarriedEvent, Opening
from nithet.foundation.transfer.references import (
    Derived,
    Key,
    Nested,
    Ref,
    Refs,
    Row,
    Secret,
    declared,
    shared,
)
from nithet.foundation.transfer.rows import (
    BATCH,
    EVENTS,
    UNITS,
    carried_models,
    from_line,
    label_of,
)
from nithet.foundation.transfer.state import refuse_other_version
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken


@dataclass(frozen=True, slots=True)
class NewName:
    """An account whose user name was taken here, and the one that it has now."""

    was: str
    now: str
    name: str


@dataclass(slots=True)
class Opened:
    """What an opening wrote."""

    office_id: int
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: tuple[str, ...] = ()
    renamed: list[NewName] = field(default_factory=list)


def look_over(box: Container) -> None:
    """Refuse what cannot be opened here, before anything is written: other versions, and an office that is here already."""
    manifest = box.manifest
    try:
        if manifest["format"] != FORMAT:
            raise BadInput(
                "transfer.format",
                "The file is of another kind (%(format)s) than this Nithet reads (%(ours)s). Bring both installations to the same version.",
                field="file",
                format=manifest["format"],
                ours=FORMAT,
            )
        refuse_other_version(manifest["migrations"], str(manifest["product"]))
        name = manifest["office"]["name"]
        (
            int(manifest["office"]["key"]),
            int(manifest["chain"]["length"]),
            manifest["chain"]["digest"],
        )
        datetime.fromisoformat(manifest["made_at"])
        counts = {str(label): int(count) for label, count in manifest["models"].items()}
    except (KeyError, TypeError, ValueError) as error:
        raise faulty("manifest.json") from error
    wanted = {member_of(label) for label in carried_models()}
    if counts.keys() != carried_models().keys() or not wanted <= box.names:
        raise faulty("manifest.json")
    if Unit.objects.filter(kind=Unit.Kind.OFFICE, name=name).exists():
        raise RuleBroken(
            "transfer.office_is_here",
            "The office “%(name)s” is in this installation already; it can be opened only where it is not. Nothing was changed.",
            field="file",
            name=name,
        )


def keep_files(box: Container) -> int:
    """Keep the file's files under their digests; done before the transaction, because a file too many is harmless."""
    kept = 0
    for name in sorted(box.names):
        if not name.startswith("files/"):
            continue
        try:
            _, namespace, digest = name.split("/")
            with box.open(name) as member, store.received(namespace, member) as waiting:
                if waiting.blob.sha256 != digest:
                    raise faulty(name)
                waiting.keep()
        except ValueError as error:
            raise faulty(name) from error
        kept += 1
    return kept


class Opener:
    """Writes the rows of a file with new keys; used inside one transaction."""

    def __init__(self, box: Container) -> None:
        self._box = box
        self.keys = Translation()
        self._models = carried_models()
        self._found: dict[str, set[int]] = {}
        self.result = Opened(0)

    def prepare(self) -> int:
        """Give every record its new key; return the office's."""
        for label, model in self._models.items():
            known = self.keys.keys(label)
            for row in self._rows(label):
                if known.old and known.old[-1] >= row["id"]:
                    raise faulty(member_of(label))
                known.old.append(row["id"])
            known.new.extend(reserve(model, len(known.old)))
            if len(known.old) != self._box.manifest["models"][label]:
                raise faulty(member_of(label))
        for label in shared():
            self._find_shared(label)
        their_office = int(self._box.manifest["office"]["key"])
        self.result.office_id = self._must(UNITS, their_office, member_of(UNITS))
        return self.result.office_id

    def history(self) -> Iterator[Row]:
        """Yield the events of the file as they were there."""
        return self._rows(EVENTS)

    def write(self) -> None:
        """Write every row but the history; the scope of the office is open."""
        for label, model in self._models.items():
            if label == EVENTS:
                continue
            self.result.rows[label] = self._write_model(label, model)

    def write_history(self, opening: Opening) -> None:
        """Write the events with the keys of this installation, and beside them what they were."""
        self.result.rows[EVENTS] = 0
        for batch in _batches(self._rows(EVENTS)):
            events, carried = [], []
            for row in batch:
                link = row.pop("link")
                event = AuditEvent(**self._translated(EVENTS, AuditEvent, dict(row)))
                event.target_id = self._target(row["target_kind"], row["target_id"])
                events.append(event)
                carried.append(_as_it_was(opening, event.pk, row, link))
            AuditEvent.objects.bulk_create(events)
            CarriedEvent.objects.bulk_create(carried)
            self.result.rows[EVENTS] += len(events)

    def _rows(self, label: str) -> Iterator[Row]:
        model, name = self._models[label], member_of(label)
        for line in self._box.lines(name):
            try:
                if label == EVENTS:
                    read = json.loads(line)
                    link = read.pop("link")
                    row = from_line(model, json.dumps(read).encode())
                    row["link"] = link
                else:
                    row = from_line(model, line)
                if not isinstance(row["id"], int):
                    raise TypeError("not a key")
            except Exception as error:  # whatever a field makes of a value that is not its own
                raise faulty(name) from error
            yield row

    def _write_model(self, label: str, model: type[models.Model]) -> int:
        count = 0
        found = self._found.get(label, set())
        stamped = [
            f.attname for f in model._meta.concrete_fields if getattr(f, "auto_now_add", False)
        ]
        for batch in _batches(self._rows(label)):
            rows = [row for row in batch if row["id"] not in found]
            made = [model(**self._translated(label, model, row)) for row in rows]
            if model is User:
                self._name_accounts(made)
            kept = [{name: getattr(one, name) for name in stamped} for one in made]
            model._default_manager.bulk_create(made)
            for one, values in zip(made, kept, strict=True):
                if values:
                    # Django stamps such a field whenever it writes; what it was is set again.
                    model._default_manager.filter(pk=one.pk).update(**values)
            count += len(made)
        return count

    def _translated(self, label: str, model: type[models.Model], row: Row) -> Row:
        name = member_of(label)
        for column in model._meta.concrete_fields:
            target = column.related_model
            if column.primary_key:
                row[column.attname] = self._must(label, row[column.attname], name)
            elif isinstance(target, type) and row.get(column.attname) is not None:
                row[column.attname] = self._must(label_of(target), row[column.attname], name)
        derived = []
        for attribute, how in declared(label).items():
            if isinstance(how, Secret):
                row[attribute] = how.make()
            elif isinstance(how, Derived):
                derived.append((attribute, how))
            elif row.get(attribute) not in (None, ""):
                row[attribute] = self._changed(how, row[attribute])
        for attribute, how in derived:
            row[attribute] = how.make(row)
        return row

    def _changed(self, how: object, value: Any) -> Any:
        if isinstance(how, Ref):
            return self.keys.ref(value)
        if isinstance(how, Refs):
            return [self.keys.ref(one) if isinstance(one, str) else one for one in value]
        if isinstance(how, Key):
            return self.keys.key(how.model, value)
        if isinstance(how, Nested):
            return how.change(value, self.keys)
        return value

    def _must(self, label: str, key: Any, name: str) -> int:
        found = self.keys.find(label, key) if isinstance(key, int) else None
        if found is None:
            raise faulty(name)
        return found

    def _target(self, kind: str, key: str) -> str:
        if not kind or not key:
            return key
        return self.keys.ref(f"{kind}:{key}").removeprefix(f"{kind}:")

    def _find_shared(self, label: str) -> None:
        """Find the rows of the installation that are here already; refuse the same name with other content."""
        model, said, known = self._models[label], shared()[label], self.keys.keys(label)
        self._found[label] = set()
        for at, row in enumerate(self._rows(label)):
            if not said.is_whole(row):
                raise faulty(member_of(label))
            kept = model._default_manager.filter(**{name: row[name] for name in said.name}).first()
            if kept is None:
                continue
            if getattr(kept, said.content) != row[said.content]:
                raise RuleBroken(
                    "transfer.other_content",
                    "%(what)s has other words here than where the file comes from. Bring both installations to the same version first.",
                    field="file",
                    what=" ".join(str(row[name]) for name in said.name),
                )
            new = {n: row[n] for n in said.fill if getattr(kept, n) is None and row[n] is not None}
            if new:
                model._default_manager.filter(pk=kept.pk).update(**new)
            known.new[at] = kept.pk
            self._found[label].add(row["id"])

    def _name_accounts(self, users: list[Any]) -> None:
        """Keep user names where they are free here, else put a number behind them."""
        for user in users:
            was = user.username
            name, number = was, 1
            taken = {one.username for one in users if one is not user}
            while name in taken or User.objects.filter(username=name).exists():
                number += 1
                name = f"{was[:140]}-{number}"
            if name != was:
                user.username = name
                self.result.renamed.append(NewName(was, name, str(user)))


def _as_it_was(opening: Opening, event_id: int, row: Row, link: Any) -> CarriedEvent:
    place, previous, digest = link or (None, "", "")
    return CarriedEvent(
        office_id=opening.office_id,
        opening=opening,
        event_id=event_id,
        their_office=opening.their_office,
        their_actor=row["actor_user_id"],
        their_target=row["target_id"],
        place=place,
        previous=previous,
        digest=digest,
    )


def opening_of(box: Container, office_id: int) -> Opening:
    """Return the record of an opening, not yet saved."""
    manifest = box.manifest
    return Opening(
        office_id=office_id,
        their_office=int(manifest["office"]["key"]),
        made_at=datetime.fromisoformat(manifest["made_at"]),
        product=str(manifest["product"])[:40],
        file_digest=box.digest,
        chain_length=int(manifest["chain"]["length"]),
        chain_digest=str(manifest["chain"]["digest"])[:64],
        opened_at=clock.now(),
    )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def faulty(name: str) -> RuleBroken:
    """Return the refusal of a file whose bytes are whole and whose content is not what an export writes."""
    return RuleBroken(
        "transfer.faulty",
        "The file cannot be opened: %(name)s does not hold what an office's file holds. Nothing was opened.",
        field="file",
        name=name,
    )
