"""Where something stands in a return."""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """A part of the form."""

    HEADING = "heading"
    CAPTIONS = "captions"
    COLUMNS = "columns"
    LEVELS = "levels"
    INFORMATION = "information"
    NARRATIVE = "narrative"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One entry of a document: the block and the place in its column, both from 0."""

    block: int
    column: Column
    index: int

    def __str__(self) -> str:
        """A short name that a page can use: "3-narrative-0"."""
        return f"{self.block}-{self.column.value}-{self.index}"
