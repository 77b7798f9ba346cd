"""The registry of record kinds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """Points at one record: its kind ("plans.project") and its primary key as text."""

    kind: str
    id: str

    def __str__(self) -> str:
        """Write it as `kind:id`, the form kept in JSON."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "RecordRef":
        """Read `kind:id` back; raises ValueError for anything else."""
        kind, separator, key = text.partition(":")
        if not (kind and separator and key):
            raise ValueError(f"not a record reference: {text!r}")
        return cls(kind, key)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a person sees of a referenced record: its title and, where there is a page, its address."""

    ref: RecordRef
    title: str
    url: str | None


Resolver = Callable[[Any, Iterable[str]], Mapping[str, Resolved]]
"""Given the actor and ids, answers what that actor may see: ids left out are invisible or gone."""

_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Make a kind known; each kind once, by the package that owns it."""
    if kind in _resolvers and _resolvers[kind] is not resolver:
        raise ValueError(f"the record kind {kind!r} is registered twice")
    _resolvers[kind] = resolver


def kinds() -> frozenset[str]:
    """Return every known kind."""
    return frozenset(_resolvers)


def resolve(actor: object, refs: Iterable[RecordRef]) -> dict[RecordRef, Resolved]:
    """Resolve many references, one call a kind; what the actor may not see is left out, as is what is gone."""
    wanted: dict[str, list[RecordRef]] = {}
    for ref in refs:
        wanted.setdefault(ref.kind, []).append(ref)
    found: dict[RecordRef, Resolved] = {}
    for kind, group in wanted.items():
        if (resolver := _resolvers.get(kind)) is None:
            raise LookupError(f"nobody has registered the record kind {kind!r}")
        answers = resolver(actor, [ref.id for ref in group])
        found.update({ref: answers[ref.id] for ref in group if ref.id in answers})
    return found
