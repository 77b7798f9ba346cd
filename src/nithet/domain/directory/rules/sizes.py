"""Size classes of schools by a scheme. Schemes are data: `size_schemes.yaml` beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

NO_PUPILS = "no_pupils"
"""The class of a school without pupils: it exists, and is not a small school."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """One class of a scheme: its key, the fewest pupils in it, and its names."""

    key: str
    least: int
    thai: str
    english: str

    def label(self, language: str) -> str:
        """Return the name in a language ("th", else English)."""
        return self.thai if language.startswith("th") else self.english


NONE_THERE = SizeClass(NO_PUPILS, 0, "ไม่มีนักเรียน", "No pupils")


@dataclass(frozen=True, slots=True)
class SizeScheme:
    """A scheme with where it comes from and since when it serves here."""

    key: str
    thai: str
    english: str
    areas: tuple[str, ...]
    since: date
    source: str
    classes: tuple[SizeClass, ...]

    def label(self, language: str) -> str:
        """Return the name in a language ("th", else English)."""
        return self.thai if language.startswith("th") else self.english

    def size_of(self, pupils: int) -> SizeClass:
        """Return the class of a number of pupils; zero is a class of its own."""
        held = [one for one in self.classes if one.least <= pupils]
        return held[-1] if held else NONE_THERE

    def bounds(self, key: str) -> tuple[int, int | None] | None:
        """Return the fewest and the most pupils of a class (None: no upper end); None where there is no such class."""
        if key == NO_PUPILS:
            return 0, 0
        for at, one in enumerate(self.classes):
            if one.key == key:
                following = self.classes[at + 1 : at + 2]
                return one.least, following[0].least - 1 if following else None
        return None


@cache
def size_schemes() -> Mapping[str, SizeScheme]:
    """Return the shipped schemes by key, in the order of the file."""
    text = files("nithet.domain.directory.rules").joinpath("size_schemes.yaml").read_text("utf-8")
    schemes = {}
    for row in yaml.safe_load(text):
        classes = tuple(SizeClass(c["key"], c["from"], c["th"], c["en"]) for c in row["classes"])
        if [c.least for c in classes] != sorted({c.least for c in classes}) or classes[
            0
        ].least != 1:
            raise ValueError(f"the classes of {row['key']} must begin at 1 and rise")
        schemes[row["key"]] = SizeScheme(
            row["key"],
            row["th"],
            row["en"],
            tuple(row["areas"]),
            row["since"],
            row["source"],
            classes,
        )
    return schemes


def usual_scheme(office_name: str) -> SizeScheme:
    """Return the scheme an office uses until it chooses: a secondary area says มัธยมศึกษา (สพม.) in its name."""
    secondary = "มัธยมศึกษา" in office_name or "สพม" in office_name
    return size_schemes()["secondary-4" if secondary else "primary-4"]
