"""An export without what differs between installations: keys become places in the file, secrets and the last steps go."""

import json
import re
from pathlib import Path
from typing import Any

from nithet.foundation.transfer.container import Container, opened
from nithet.foundation.transfer.opening import Opener
from nithet.foundation.transfer.references import Kept, Nested, Ref, Refs, Secret, declared
from nithet.foundation.transfer.rows import EVENTS, as_line, carried_models

OF_THE_MOVE = ("transfer.opening", "transfer.carriedevent")
REFERENCE = re.compile(r"^[a-z_]+\.[a-z_]+:\d+(?:/.*)?$")


class Places(Opener):
    """Gives every record its place in the file as its key."""

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        for label in self._models:
            known = self.keys.keys(label)
            known.old.extend(row["id"] for row in self._rows(label))
            known.new.extend(range(len(known.old)))
        return {label: list(self._canonical(label)) for label in self._models if label not in OF_THE_MOVE}

    def _canonical(self, label: str) -> Any:
        for row in self._rows(label):
            if row.get("name") == "office.brought_here":
                continue
            link = row.pop("link", None)
            kind, key = row.get("target_kind"), row.get("target_id")
            new = self._translated(label, self._models[label], row)
            if label == EVENTS:
                new["target_id"] = self._target(kind, key)
                new["has_link"] = link is not None
            for name, how in declared(label).items():
                if isinstance(how, Secret):
                    new[name] = None
            yield json.loads(as_line(new))


def canonical(path: Path) -> dict[str, list[dict[str, Any]]]:
    with opened(path) as box:
        return Places(box).rows()


def files_of(path: Path) -> list[str]:
    with opened(path) as box:
        return sorted(name for name in box.names if name.startswith("files/"))


def stray_references(box: Container) -> set[str]:
    """Fields that are declared to hold plain words and hold a reference all the same."""
    found = set()
    for label, model in carried_models().items():
        if label in (EVENTS, *OF_THE_MOVE):
            continue
        told = {n for n, how in declared(label).items() if isinstance(how, Ref | Refs | Nested | Kept)}
        for line in box.lines(f"data/{label}.jsonl"):
            for name, value in json.loads(line).items():
                if name not in told and any(REFERENCE.match(text) for text in _texts(value)):
                    found.add(f"{label}.{name}")
        assert model is not None
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []
