"""Which entries of two lists are the same one: equal first, then alike, always in order."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

ALIKE = 0.5
"""Two texts are versions of one another from this share of common letters on."""

_MOST_COMPARISONS = 2_500
"""Beyond so many pairs in one gap the entries are paired by their place alone."""

Pair = tuple[int | None, int | None]
"""Index in the first list and in the second; None where the entry stands alone."""


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pair the entries of two lists, in order; every index appears exactly once.

    >>> align(["แผน", "อบรมครู 3 คน", "สรุป"], ["แผน", "อบรมครู 4 คน", "ใหม่มาก", "สรุป"])
    [(0, 0), (1, 1), (None, 2), (2, 3)]
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, b1, b2, a1, a2 in matcher.get_opcodes():
        if tag == "equal":
            pairs.extend(zip(range(b1, b2), range(a1, a2), strict=True))
        else:
            pairs.extend(
                (
                    None if b is None else b1 + b,
                    None if a is None else a1 + a,
                )
                for b, a in _gap(before[b1:b2], after[a1:a2])
            )
    return pairs


def pair_rest(pairs: Sequence[Pair], may: Callable[[int, int], bool]) -> list[Pair]:
    """Pair what stood alone on both sides of one gap, in order: at one place, what went and what came are one, rewritten.

    `may` says whether two entries can be versions of one another at all.

    >>> pair_rest([(0, 0), (1, None), (None, 1), (2, 2)], lambda b, a: True)
    [(0, 0), (1, 1), (2, 2)]
    """
    paired: list[Pair] = []
    gap: list[Pair] = []
    for pair in [*pairs, (-1, -1)]:
        if pair[0] is None or pair[1] is None:
            gap.append(pair)
            continue
        paired.extend(_paired(gap, may))
        gap = []
        if pair != (-1, -1):
            paired.append(pair)
    return paired


def _paired(gap: Sequence[Pair], may: Callable[[int, int], bool]) -> list[Pair]:
    """Each that went joined with the first that came and may be it; nothing changes its order on either side."""
    gone = [b for b, _ in gap if b is not None]
    came = [a for _, a in gap if a is not None]
    joined: dict[int, int] = {}
    start = 0
    for b in gone:
        for place in range(start, len(came)):
            if may(b, came[place]):
                joined[b] = came[place]
                start = place + 1
                break
    found: list[Pair] = []
    taken = 0
    for b in gone:
        if b in joined:
            while came[taken] != joined[b]:
                found.append((None, came[taken]))
                taken += 1
            taken += 1
        found.append((b, joined.get(b)))
    found.extend((None, a) for a in came[taken:])
    return found


def likeness(one: str, other: str) -> float:
    """The share of letters that two texts have in common, in order; 0.0 where it is below ALIKE.

    >>> likeness("เยี่ยม 13 โรงเรียน", "เยี่ยม 14 โรงเรียน") > 0.9, likeness("ก", "ข")
    (True, 0.0)
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def _gap(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Pair what stands between two common entries so that the likeness in all is greatest."""
    if len(before) * len(after) > _MOST_COMPARISONS:
        yield from _by_place(before, after)
        return
    alike = [[likeness(b, a) for a in after] for b in before]
    best = _best_sums(alike, len(before), len(after))
    b = a = 0
    while b < len(before) or a < len(after):
        if b == len(before):
            yield None, a
            a += 1
        elif a == len(after):
            yield b, None
            b += 1
        elif alike[b][a] and best[b][a] == alike[b][a] + best[b + 1][a + 1]:
            yield b, a
            b, a = b + 1, a + 1
        elif best[b][a] == best[b + 1][a]:
            yield b, None
            b += 1
        else:
            yield None, a
            a += 1


def _best_sums(alike: Sequence[Sequence[float]], rows: int, columns: int) -> list[list[float]]:
    """For every pair of places the greatest sum of likeness that can still be had from there."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for b in reversed(range(rows)):
        for a in reversed(range(columns)):
            paired = alike[b][a] + best[b + 1][a + 1] if alike[b][a] else 0.0
            best[b][a] = max(best[b + 1][a], best[b][a + 1], paired)
    return best


def _by_place(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    shared = min(len(before), len(after))
    for place in range(shared):
        if likeness(before[place], after[place]):
            yield place, place
        else:
            yield place, None
            yield None, place
    yield from ((place, None) for place in range(shared, len(before)))
    yield from ((None, place) for place in range(shared, len(after)))
