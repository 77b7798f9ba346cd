"""Lists that devices take along: schools, open agreements, and what packages above add ("visits").

A list is registered by name and read for one actor: `register("visits", columns, rows)`. A form that names `visits.csv` as an
external file gets it as an entity list. The key of a row is the reference of its record ("directory.school:5"), so that a
submission says the same.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import md5

from nithet.foundation.access.actors import Actor


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One line of a list: the reference of its record, what is shown, further properties by column, its version."""

    name: str
    label: str
    values: dict[str, str]
    version: int = 1


Rows = Callable[[Actor], Iterable[EntityRow]]


@dataclass(frozen=True, slots=True)
class EntityList:
    """A registered list. `needs_approval`: what submissions say of its rows becomes true only when an office takes it over."""

    name: str
    columns: tuple[str, ...]
    rows: Rows
    needs_approval: bool = False

    @property
    def file_name(self) -> str:
        """Return the name under which forms know it."""
        return f"{self.name}.csv"


_lists: dict[str, EntityList] = {}


def register(
    name: str, columns: Iterable[str], rows: Rows, *, needs_approval: bool = False
) -> None:
    """Make a list known; each name once."""
    if name in _lists and _lists[name].rows is not rows:
        raise ValueError(f"the entity list {name!r} is registered twice")
    _lists[name] = EntityList(name, tuple(columns), rows, needs_approval)


def named(name: str) -> EntityList | None:
    """Return a list by its name; None where there is none."""
    return _lists.get(name)


def names() -> frozenset[str]:
    """Return the names of all lists."""
    return frozenset(_lists)


def as_csv(entities: EntityList, actor: Actor) -> bytes:
    """Write a list as devices read it: name, label, its columns, and the version of each row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "label", *entities.columns, "__version"])
    for row in entities.rows(actor):
        writer.writerow(
            [
                row.name,
                row.label,
                *(row.values.get(name, "") for name in entities.columns),
                row.version,
            ]
        )
    return out.getvalue().encode()


def hash_of(data: bytes) -> str:
    """Return the hash that devices compare ("md5:…"); it tells versions apart and guards nothing."""
    return f"md5:{md5(data, usedforsecurity=False).hexdigest()}"
