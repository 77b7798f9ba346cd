"""A plan as plain values: its digest, and how two versions differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nithet.kernel.digest import canonical_json, sha256_hex

Content = Mapping[str, Any]
LISTS = ("strategies", "projects", "policies")
PARTS = ("activities", "budget", "targets", "services")


def digest_of(content: Content) -> str:
    """Return the digest of a plan's content: the same content has the same one on every machine."""
    return sha256_hex(canonical_json(content))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that differs; None: it is not stated."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that came, went, or has other values. `kind` is one of `LISTS` or `PARTS`, `inside` the project's title."""

    kind: str
    what: str
    title: str
    inside: str = ""
    fields: tuple[FieldChange, ...] = ()


def compare(before: Content, after: Content) -> tuple[LineChange, ...]:
    """List what differs between two contents, in the order of the plan; lines are the same by their id."""
    found: list[LineChange] = []
    if fields := _fields({"title": before["title"]}, {"title": after["title"]}):
        found.append(LineChange("plan", "changed", after["title"], "", fields))
    for kind in LISTS:
        found += _lines(kind, before[kind], after[kind])
    olds = {row["id"]: row for row in before["projects"]}
    for row in after["projects"]:
        old = olds.get(row["id"])
        for part in PARTS if old else ():
            found += _lines(part, old[part] if old else [], row[part], row["title"])
    return tuple(found)


def _lines(
    kind: str, before: Sequence[Content], after: Sequence[Content], inside: str = ""
) -> list[LineChange]:
    olds, news = ({row["id"]: row for row in rows} for rows in (before, after))
    found = []
    for key, row in news.items():
        if key not in olds:
            found.append(LineChange(kind, "added", row["title"], inside))
        elif fields := _fields(olds[key], row):
            found.append(LineChange(kind, "changed", row["title"], inside, fields))
    gone = [row for key, row in olds.items() if key not in news]
    return found + [LineChange(kind, "removed", row["title"], inside) for row in gone]


def _fields(before: Content, after: Content) -> tuple[FieldChange, ...]:
    names = [name for name in after if name not in PARTS and name != "id"]
    return tuple(
        FieldChange(name, before.get(name), after[name])
        for name in names
        if before.get(name) != after[name]
    )
