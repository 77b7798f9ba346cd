"""How a Word file says what a paragraph and a run look like: its defaults, its styles, and what stands on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nithet.foundation.documents.docx.styles import W

OFF = frozenset({"0", "false", "off", "none"})
_LINES = 1.32
"""Height of a line of a Thai face set singly, in parts of its size."""


def name(tag: str) -> str:
    """The full name of a tag."""
    return f"{{{W}}}{tag}"


def child(element: Any, tag: str) -> Any:
    """The child of that name; None where there is none."""
    return None if element is None else element.find(name(tag))


def value(element: Any, key: str = "val") -> str:
    """An attribute; "" where it, or the element, is not there."""
    return "" if element is None else (element.get(name(key)) or "")


def number(element: Any, key: str = "val") -> float | None:
    """An attribute as a number; None where there is none that reads as one."""
    text = value(element, key)
    try:
        return float(text)
    except ValueError:
        return None


def millimetres(twips: float | None) -> float:
    """Twentieths of a point as millimetres; None is 0."""
    return (twips or 0.0) / 20 * 25.4 / 72


def is_on(element: Any) -> bool | None:
    """A switch: None where it is not named."""
    if element is None:
        return None
    return value(element).lower() not in OFF


@dataclass(frozen=True, slots=True)
class Looks:
    """The properties that hold for something, the nearest first."""

    paragraphs: tuple[Any, ...] = ()
    runs: tuple[Any, ...] = ()

    def of_paragraph(self, tag: str, key: str) -> float | None:
        """A number of a paragraph's property."""
        for properties in self.paragraphs:
            if (found := number(child(properties, tag), key)) is not None:
                return found
        return None

    def word_of_paragraph(self, tag: str, key: str = "val") -> str:
        """A word of a paragraph's property; "" where none is said."""
        for properties in self.paragraphs:
            if found := value(child(properties, tag), key):
                return found
        return ""

    def switch(self, *tags: str, runs: bool = True) -> bool:
        """Whether one of some switches is on; the nearest that names any decides."""
        for properties in self.runs if runs else self.paragraphs:
            said = [is_on(child(properties, tag)) for tag in tags]
            if any(one is not None for one in said):
                return any(said)
        return False

    @property
    def size(self) -> float:
        """Points; Thai takes its size from the complex-script property."""
        for tag in ("szCs", "sz"):
            for properties in self.runs:
                if found := number(child(properties, tag)):
                    return found / 2
        return 10.0

    @property
    def colour(self) -> str:
        """Six digits; "" for black and for what the reader's program chooses."""
        for properties in self.runs:
            found = value(child(properties, "color"))
            if found:
                return found if len(found) == 6 and found != "000000" else ""
        return ""

    def line(self, size: float) -> float:
        """The height of a line in points."""
        given = self.of_paragraph("spacing", "line")
        rule = self.word_of_paragraph("spacing", "lineRule")
        if given is None:
            return size * _LINES
        if rule == "exact":
            return given / 20
        if rule == "atLeast":
            return max(given / 20, size * 1.02)
        return size * _LINES * given / 240


@dataclass(slots=True)
class Styles:
    """The styles of a file."""

    root: Any
    _by_id: dict[str, Any] = field(default_factory=dict)
    _default: str = ""

    def __post_init__(self) -> None:
        """Remember the styles by their id."""
        for style in self.root.iter(name("style")):
            self._by_id[value(style, "styleId")] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self._default = value(style, "styleId")

    def looks(self, paragraph: Any, run: Any = None) -> Looks:
        """What holds for a run of a paragraph, or for its empty end."""
        own = child(paragraph, "pPr")
        styled = list(self.chain(value(child(own, "pStyle")) or self._default))
        defaults = child(self.root, "docDefaults")
        paragraphs = [own, *(child(one, "pPr") for one in styled)]
        paragraphs.append(child(child(defaults, "pPrDefault"), "pPr"))
        spot = child(run, "rPr") if run is not None else child(own, "rPr")
        runs = [spot, *(child(one, "rPr") for one in self.chain(value(child(spot, "rStyle"))))]
        runs += [child(one, "rPr") for one in styled]
        runs.append(child(child(defaults, "rPrDefault"), "rPr"))
        return Looks(
            tuple(one for one in paragraphs if one is not None),
            tuple(one for one in runs if one is not None),
        )

    def chain(self, key: str) -> Iterator[Any]:
        """A style and those it is based on; a circle ends."""
        seen: set[str] = set()
        while key and key not in seen and (style := self._by_id.get(key)) is not None:
            seen.add(key)
            yield style
            key = value(child(style, "basedOn"))
