"""One pass over many records: how often each answer was given, by group. Nothing is kept of a record but its counts."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from nithet.domain.instruments.rules.items import Asks, Count, Item, Shape, below_root

Group = Hashable
"""What records are put together by: the id of a network, a school, a year; None where all stand together."""
_ANSWERED = "…"
"""Stands for any words: what was written is not counted, only that something was."""


class Tallying:
    """Counts records as they come by; `counts` then says what was found.

    `asks` says by version id where its questions stand. Answers of equal text are counted together first and understood once, so
    that twenty thousand records of forty questions take one pass of well under a second.
    """

    def __init__(self, items: Sequence[Item], asks: Mapping[int, Asks]) -> None:
        """Prepare for the items of a form."""
        self._items = {one.key: one for one in items}
        self._asks = asks
        self._open = {one.key for one in items if one.shape == Shape.OPEN}
        self._places: dict[int, dict[str, str]] = {version: {} for version in asks}
        self._raw: dict[Group, dict[str, dict[str, int]]] = defaultdict(_by_key)
        self._lists: dict[Group, dict[str, Count]] = defaultdict(dict)
        self._records: dict[Group, dict[int, int]] = defaultdict(lambda: defaultdict(int))

    def take(self, version: int, group: Group, answers: Mapping[str, Any]) -> None:
        """Count one record into its group; a version that was not asked about is passed by."""
        if (places := self._places.get(version)) is None:
            return
        self._records[group][version] += 1
        raw = self._raw[group]
        for path, answer in answers.items():
            key = places.get(path)
            if key is None:
                key = places[path] = self._asks[version].by_path.get(below_root(path), "")
            if not key:
                continue
            if isinstance(answer, str):
                counts = raw[key]
                text = _ANSWERED if key in self._open else answer
                counts[text] = counts.get(text, 0) + 1
            elif isinstance(answer, list):
                self._lists[group].setdefault(key, Count()).add(self._items[key], answer)

    @property
    def groups(self) -> list[Group]:
        """Return the groups in which there was a record, in the order in which they came up."""
        return list(self._records)

    def records(self, *groups: Group) -> int:
        """Return how many records some groups have together."""
        return sum(sum(self._records[one].values()) for one in groups if one in self._records)

    def counts(self, *groups: Group) -> dict[str, Count]:
        """Return the count of every item in some groups together, those without an answer too.

        N of a question is every record of a version that puts it; of a question in a repeat, every row.
        """
        found = {key: Count() for key in self._items}
        for group in groups:
            self._add(found, group)
        return found

    def _add(self, found: dict[str, Count], group: Group) -> None:
        for version, records in self._records.get(group, {}).items():
            for key in set(self._asks[version].by_path.values()):
                if not self._items[key].in_repeat:
                    found[key].asked += records
        for key, texts in self._raw.get(group, {}).items():
            for text, times in texts.items():
                found[key].add(self._items[key], text, times)
                # The records that put the question were counted above.
                found[key].asked -= 0 if self._items[key].in_repeat else times
        for key, count in self._lists.get(group, {}).items():
            found[key].join(count)


def _by_key() -> dict[str, dict[str, int]]:
    return defaultdict(dict)
