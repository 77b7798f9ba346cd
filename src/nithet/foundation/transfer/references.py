"""What each package says of its fields, so that an office can be carried to where every record gets another key.

A field that looks as if it pointed somewhere is declared one way or the other; a test refuses one that was forgotten:

    declare("evidence.piece", about=REF, file_sha256=File("evidence"), source=WORDS)

Foreign keys need no declaration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Row = dict[str, Any]


class Translate(Protocol):
    """Gives the keys that records have in the installation that opens the file."""

    def key(self, model: str, key: int) -> int:
        """Return the new key of a record; a negative one, which nobody has, where it is not in the file."""

    def ref(self, text: str) -> str:
        """Return a reference ("plans.project:5") with the new key; other text as it is."""


class How:
    """What a field holds."""


@dataclass(frozen=True, slots=True)
class Words(How):
    """Words, codes, figures: nothing to translate."""


@dataclass(frozen=True, slots=True)
class Kept(How):
    """Kept to the letter because a digest or a printed paper stands on it; keys inside are those of the old installation."""


@dataclass(frozen=True, slots=True)
class Ref(How):
    """One reference as text, or empty."""


@dataclass(frozen=True, slots=True)
class Refs(How):
    """A list of references as text."""


@dataclass(frozen=True, slots=True)
class Key(How):
    """The bare key of a record of a model ("accounts.user"); None where there is none."""

    model: str


@dataclass(frozen=True, slots=True)
class Nested(How):
    """JSON with keys inside: the function gives the value with the new ones."""

    change: Callable[[Any, Translate], Any]


@dataclass(frozen=True, slots=True)
class Derived(How):
    """Worked out anew from the translated row, such as the digest of JSON with keys inside."""

    make: Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class File(How):
    """The SHA-256 of a kept file, or empty; the file goes along."""

    namespace: str


@dataclass(frozen=True, slots=True)
class Secret(How):
    """Never leaves the installation; what `make` gives stands there instead where the file is opened."""

    make: Callable[[], Any]


WORDS, KEPT, REF, REFS = Words(), Kept(), Ref(), Refs()
USER = Key("accounts.user")


@dataclass(frozen=True, slots=True)
class Shared:
    """A model that all offices of an installation use together, such as editions.

    A row is the one that is there already when `name` is the same; then `content` must be the same too. `fill` names the fields
    that are taken over where they are still empty. `is_whole` says whether a row is what its content says.
    """

    name: tuple[str, ...]
    content: str
    fill: tuple[str, ...]
    is_whole: Callable[[Row], bool]


_declared: dict[str, dict[str, How]] = {}
_left_out: dict[str, str] = {}
_shared: dict[str, Shared] = {}
_aliases: dict[str, str] = {}


def declare(model: str, /, **fields: How) -> None:
    """Say what fields of a model hold ("app.model", lower case); fields of Django's name, without `_id` for foreign keys."""
    _declared.setdefault(model, {}).update(fields)


def leave_out(model: str, because: str) -> None:
    """Say that rows of a model stay behind, and why."""
    _left_out[model] = because


def share(
    model: str,
    *,
    name: tuple[str, ...],
    content: str,
    fill: tuple[str, ...] = (),
    is_whole: Callable[[Row], bool] = bool,
) -> None:
    """Say that a model belongs to the installation; the rows that an office uses go along and are found again by name."""
    _shared[model] = Shared(name, content, fill, is_whole)


def alias(kind: str, model: str) -> None:
    """Say that references of a kind that is no model begin with the key of one: "assessments.item:5/4.2"."""
    _aliases[kind] = model


def declared(model: str) -> Mapping[str, How]:
    """Return what is declared of a model's fields."""
    return _declared.get(model, {})


def left_out() -> Mapping[str, str]:
    """Return the models whose rows stay behind, with the reason."""
    return _left_out


def shared() -> Mapping[str, Shared]:
    """Return the models of the installation that go along."""
    return _shared


def model_of(kind: str) -> str:
    """Return the model whose key a reference of a kind begins with; most kinds are models."""
    return _aliases.get(kind, kind)
