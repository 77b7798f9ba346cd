"""Records put together into clusters that are only ever counted whole, so that nobody works out what a few of them say.

Whatever a reader chooses (a year, a semester, a network, a school, a version), only clusters that lie wholly in the choice are
counted. Every figure is then a sum over whole clusters, and so is the difference of any two figures: no chain of choices, by
whatever way they are put together, tells of fewer records than the smallest cluster holds.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

Path = tuple[Hashable, ...]
"""Where a record stands, from the widest to the narrowest: year, part of the year, network, school, version."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    members: tuple[int, ...]
    size: int
    name: str


def clusters_of(
    atoms: Mapping[Path, Collection[int]],
    fewest: int,
    unit: Callable[[int], Hashable] = int,
) -> list[frozenset[int]]:
    """Return clusters of at least `fewest` units, as narrow as they can be; what finds no company is in none.

    `atoms` are records by where they stand; all paths are equally long. `unit` says of a record what is counted: itself, or its
    school. At each place those that are too few go together; where they still are too few, the smallest cluster of the place
    takes them in, and where there is none they go one place wider.

    >>> [sorted(one) for one in clusters_of({("a",): [1, 2], ("b",): range(10, 18), ("c",): range(20, 26)}, 5)]
    [[10, 11, 12, 13, 14, 15, 16, 17], [1, 2, 20, 21, 22, 23, 24, 25]]
    """
    depth = max(map(len, atoms), default=0)
    settled, _ = _settle(sorted(atoms.items(), key=lambda one: str(one[0])), 0, depth, fewest, unit)
    return [frozenset(one.members) for one in settled]


def _settle(
    atoms: list[tuple[Path, Collection[int]]],
    level: int,
    depth: int,
    fewest: int,
    unit: Callable[[int], Hashable],
) -> tuple[list[_Cluster], list[int]]:
    """Return the clusters of a place and the records that found no company in it."""
    loose: list[int] = []
    found: list[_Cluster] = []
    if level == depth:
        loose = [pk for _, members in atoms for pk in members]
    else:
        places: dict[Hashable, list[tuple[Path, Collection[int]]]] = {}
        for path, members in atoms:
            places.setdefault(path[level], []).append((path, members))
        for inside in places.values():
            clusters, left = _settle(inside, level + 1, depth, fewest, unit)
            found += clusters
            loose += left
    if not loose:
        return found, []
    together = _cluster(loose, unit, str(atoms[0][0][:level]))
    if together.size >= fewest:
        return [*found, together], []
    if not found:
        return [], loose
    smallest = min(found, key=lambda one: (one.size, one.name))
    rest = [one for one in found if one is not smallest]
    return [*rest, _cluster([*loose, *smallest.members], unit, smallest.name)], []


def _cluster(members: Iterable[int], unit: Callable[[int], Hashable], name: str) -> _Cluster:
    kept = tuple(members)
    return _Cluster(kept, len({unit(one) for one in kept}), name)
