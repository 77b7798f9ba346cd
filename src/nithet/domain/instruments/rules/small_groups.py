"""Which groups of records are not shown, so that nobody reads the figures of a few persons or works them out."""

from collections.abc import Mapping


def hidden_groups(records: Mapping[int, int], fewest: int) -> frozenset[int]:
    """Return the groups to hide, of the number of records by group.

    Those of fewer than `fewest` records; where that is one alone, the next smallest too, because the one would be the total
    less the others.

    >>> sorted(hidden_groups({1: 2, 2: 9, 3: 6}, 5))
    [1, 3]
    """
    hidden = {group for group, number in records.items() if number < fewest}
    others = [(number, group) for group, number in records.items() if group not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others)[1])
    return frozenset(hidden)
