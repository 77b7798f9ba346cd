"""What two versions of a form have different."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.instruments.rules.definition import Question

TEXTS = ("label", "hint")
ANSWERS = ("type", "choices", "range")
CONDITIONS = ("required", "relevant", "constraint", "calculate", "private")


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is in both versions; `parts` are the keys of its definition that differ."""

    before: Question
    after: Question
    parts: tuple[str, ...]

    @property
    def changes_answers(self) -> bool:
        """Say whether answers of the two versions can no longer be counted together."""
        return any(part in ANSWERS for part in self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of the questions of the version before; moved ones stand in another group."""

    added: list[Question] = field(default_factory=list)
    removed: list[Question] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    moved: list[Question] = field(default_factory=list)
    kept: int = 0

    @property
    def is_none(self) -> bool:
        """Say whether both versions ask the same."""
        return not (self.added or self.removed or self.changed or self.moved)


def difference(before: Sequence[Question], after: Sequence[Question]) -> Difference:
    """Compare two versions by the names of their questions."""
    old = {one["name"]: one for one in _shown(before)}
    new = {one["name"]: one for one in _shown(after)}
    changed, moved, kept = [], [], 0
    for name in [name for name in new if name in old]:
        parts = tuple(
            part for part in (*TEXTS, *ANSWERS, *CONDITIONS) if old[name][part] != new[name][part]
        )
        if parts:
            changed.append(Changed(old[name], new[name], parts))
        elif old[name]["group"] != new[name]["group"]:
            moved.append(new[name])
        else:
            kept += 1
    return Difference(
        [one for name, one in new.items() if name not in old],
        [one for name, one in old.items() if name not in new],
        changed,
        moved,
        kept,
    )


def _shown(definition: Sequence[Question]) -> list[Question]:
    return [one for one in definition if one["type"] not in {"metadata", "entity"}]
