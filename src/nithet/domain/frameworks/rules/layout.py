"""How the paper of an edition is laid out."""

from dataclasses import dataclass, field

from nithet.domain.frameworks.rules.words import Text


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form's table."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class NarrativeHeading:
    """One heading of the narrative; `items` None: in every item. `number` is empty where none stands."""

    id: str
    name: Text
    number: str = ""
    optional: bool = False
    items: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """How the paper is laid out.

    `captions` stand above every block of an item, with ``%(item)s`` and ``%(title)s`` to be filled;
    `continuation` follows the last of them on a continued block. `level_row` names a row of the table
    (``%(level)s``). `filled_in_level`: the columns after the description stand beside this level's
    row only (None: beside every one).
    """

    columns: tuple[Column, ...]
    captions: tuple[Text, ...]
    continuation: Text
    narrative: tuple[NarrativeHeading, ...]
    heading: tuple[Text, ...] = ()
    level_row: Text = field(default_factory=lambda: Text("%(level)s"))
    filled_in_level: int | None = None
    none_stated: Text | None = None

    def headings_of(self, item: str) -> tuple[NarrativeHeading, ...]:
        """The narrative headings that this item has, in order."""
        return tuple(one for one in self.narrative if one.items is None or item in one.items)
