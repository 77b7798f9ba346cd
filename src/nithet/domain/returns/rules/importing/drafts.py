"""A proposal before it is kept: what record, with which values, needing which others."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nithet.kernel.errors import BadInput

MOST_PROPOSALS = 20_000
"""A return has a few hundred; a file that gives rise to more is not one."""


class ProposalKind(StrEnum):
    """The record that is proposed."""

    PLAN = "plan"
    COMMITTEE = "committee"
    PROJECT = "project"
    SERVICE = "service"
    ACTIVITY = "activity"
    POLICY = "policy"
    SCHOOL = "school"
    VISIT = "visit"
    FINDING = "finding"
    FIGURE = "figure"
    PIECE = "piece"
    USE = "use"
    NARRATIVE = "narrative"
    TEST = "test"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """One record to be. ``payload`` is JSON; a value that names another proposal holds its key."""

    kind: ProposalKind
    key: str
    """Unique in the file: "project:2"."""
    summary: str
    """What a person reads in the list; at most 500 characters."""
    payload: dict[str, Any]
    line: int | None = None
    needs: tuple[str, ...] = ()
    """Keys without which this record cannot be; it is dropped with them."""


@dataclass
class Drafts:
    """Proposals while they are gathered, and which paragraphs they were made of."""

    kept: list[ProposalDraft] = field(default_factory=list)
    cited: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """(item, running number of the paragraph in the item) to the keys of its records."""
    _numbers: dict[ProposalKind, int] = field(default_factory=dict)

    def add(
        self,
        kind: ProposalKind,
        summary: str,
        payload: dict[str, Any],
        *,
        line: int | None = None,
        needs: tuple[str, ...] = (),
    ) -> str:
        """Keep a proposal and give its key."""
        if len(self.kept) >= MOST_PROPOSALS:
            raise BadInput(
                "import.too_many",
                "The file gives rise to more than %(most)s records. It is not one return.",
                most=MOST_PROPOSALS,
            )
        number = self._numbers.get(kind, 0) + 1
        self._numbers[kind] = number
        key = f"{kind.value}:{number}"
        self.kept.append(ProposalDraft(kind, key, clip(summary, 500), payload, line, needs))
        return key

    def cite(self, item: int, paragraph: int, key: str) -> None:
        """Note that a paragraph stands on a proposed record."""
        keys = self.cited.setdefault((item, paragraph), [])
        if key not in keys:
            keys.append(key)


def clip(text: str, longest: int) -> str:
    """A text that fits a record's field; "…" says that it was cut.

    >>> clip("โครงการ", 20), clip("โครงการอบรม", 8)
    ('โครงการ', 'โครงการ…')
    """
    return text if len(text) <= longest else text[: longest - 1] + "…"
