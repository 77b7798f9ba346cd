"""What a filled-in form says, by the places of its XForm: answers, media, entities and times as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from xml.parsers import expat

from nithet.domain.instruments.rules.instance_xml import Element, Instance

BANGKOK = timezone(timedelta(hours=7))
_YES = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an XForm decides how its answers are read. Paths are the names from below the root: "g1/q3"."""

    repeats: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    """Questions whose answer is the name of a file."""
    saved: dict[str, str] = field(default_factory=dict)
    """Property of an entity by path."""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    answers: dict[str, Any]
    """Text by path; a question in a repeat has a list with a place (None: unanswered) for every time it was opened."""
    media: tuple[str, ...]
    entities: tuple[dict[str, Any], ...]
    started_at: datetime | None
    ended_at: datetime | None


def read_shape(xform: str) -> Shape:
    """Read repeats, media, saved properties and times out of an XForm of our own."""
    repeats: set[str] = set()
    media: set[str] = set()
    saved: dict[str, str] = {}
    times: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        path = "/".join(given.get("nodeset", "").split("/")[2:])
        if local == "repeat":
            repeats.add(path)
        elif local == "bind":
            if given.get("type") == "binary":
                media.add(path)
            if "saveto" in given:
                saved[path] = given["saveto"]
            if given.get("preload") == "timestamp":
                times[given.get("preloadParams", "")] = path

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xform.encode(), True)  # noqa: FBT003  expat knows no names
    return Shape(
        frozenset(repeats), frozenset(media), saved, times.get("start", ""), times.get("end", "")
    )


NO_SHAPE = Shape()


def told_by(instance: Instance, shape: Shape = NO_SHAPE) -> Told:
    """Return what a filled-in form says."""
    reader = _Telling(shape)
    reader.read(instance.root, "", reader.answers)
    answers = reader.answers
    started = _moment(answers.get(shape.start or "start"))
    ended = _moment(answers.get(shape.end or "end"))
    return Told(answers, tuple(dict.fromkeys(reader.media)), tuple(reader.entities), started, ended)


class _Telling:
    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.answers: dict[str, Any] = {}
        self.media: list[str] = []
        self.entities: list[dict[str, Any]] = []

    def read(self, parent: Element, base: str, into: dict[str, Any]) -> None:
        rows: dict[str, list[dict[str, Any]]] = {}
        for one in parent.children:
            path = f"{base}/{one.name}" if base else one.name
            if one.name == "meta":
                self.entities += _entities(one, parent, base, self.shape)
            elif path in self.shape.repeats:
                row: dict[str, Any] = {}
                self.read(one, path, row)
                rows.setdefault(path, []).append(row)
            elif one.children:
                self.read(one, path, into)
            elif one.text and not one.text.isspace():
                into[path] = one.text
                if path in self.shape.media:
                    self.media.append(one.text.strip())
        for found in rows.values():
            names = dict.fromkeys(name for row in found for name in row)
            for name in names:
                into[name] = [row.get(name) for row in found]


def _entities(meta: Element, holder: Element, base: str, shape: Shape) -> Iterator[dict[str, Any]]:
    """Entities that this part of the form makes or changes, by the attributes of the specification up to 2025.1."""
    for one in meta.children:
        if one.name != "entity" or not one.attributes.get("dataset"):
            continue
        given = one.attributes
        yield {
            "dataset": given["dataset"],
            "id": given.get("id", ""),
            "create": given.get("create", "").lower() in _YES,
            "update": given.get("update", "").lower() in _YES,
            "baseVersion": given.get("baseVersion", ""),
            "trunkVersion": given.get("trunkVersion", ""),
            "branchId": given.get("branchId", ""),
            "label": one.value("label"),
            "values": dict(_saved(holder, base, shape)),
        }


def _saved(holder: Element, base: str, shape: Shape) -> Iterator[tuple[str, str]]:
    for one in holder.children:
        path = f"{base}/{one.name}" if base else one.name
        if path in shape.repeats or one.name == "meta":
            continue
        if path in shape.saved:
            yield shape.saved[path], one.text
        elif one.children:
            yield from _saved(one, path, shape)


def _moment(value: object) -> datetime | None:
    """Read a time as devices write it; None where it is none. Without an offset it is the time of Thailand."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=BANGKOK)).astimezone(BANGKOK)
    except (ValueError, OverflowError):
        return None


def rows_of(answers: dict[str, Any], repeat: str) -> list[dict[str, Any]]:
    """Return a repeat ("agreements") as its rows, each with the answers by the path below the repeat ("text").

    A row in which nothing was answered is an empty mapping. Repeats inside of it are lists again.
    """
    below = {
        path.removeprefix(f"{repeat}/"): value
        for path, value in answers.items()
        if path.startswith(f"{repeat}/")
    }
    lists = {name: value for name, value in below.items() if isinstance(value, list)}
    length = max((len(value) for value in lists.values()), default=0)
    return [
        {
            name: value[at]
            for name, value in lists.items()
            if at < len(value) and value[at] is not None
        }
        for at in range(length)
    ]


def first(answers: dict[str, Any], *names: str) -> str:
    """Return the first answer to a question of one of these names, outside of repeats; "" where there is none."""
    found: dict[str, str] = {}
    for path, value in answers.items():
        name = path[path.rfind("/") + 1 :]
        if name in names and name not in found and isinstance(value, str):
            found[name] = value.strip()
    return next((found[name] for name in names if name in found), "")
