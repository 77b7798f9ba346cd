"""Spreading a total over many so that it comes out exactly."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def spread(total: int, count: int, low: int, high: int) -> list[int]:
    """Return `count` whole numbers between `low` and `high` that rise evenly and add up to `total`.

    Raises ValueError where no such numbers exist.
    """
    if not count * low <= total <= count * high:
        raise ValueError(f"{total} cannot be spread over {count} numbers from {low} to {high}")
    reach = min(total / count - low, high - total / count)
    steps = [total / count - reach + 2 * reach * index / max(1, count - 1) for index in range(count)]
    numbers = [min(high, max(low, round(step))) for step in steps]
    missing = total - sum(numbers)
    index = 0
    while missing:
        step = 1 if missing > 0 else -1
        if low <= numbers[index % count] + step <= high:
            numbers[index % count] += step
            missing -= step
        index += 1
    return numbers


def dealt(values: Sequence[tuple[T, int]], count: int) -> list[T]:
    """Deal values by their numbers over `count` places, each kind as evenly as it goes.

    Raises ValueError where the numbers do not add up to `count`.
    """
    if sum(number for _, number in values) != count:
        raise ValueError(f"{values} do not add up to {count}")
    places: list[tuple[float, int, T]] = []
    for order, (value, number) in enumerate(values):
        places += [((index + 0.5) / number, order, value) for index in range(number)]
    return [value for _, _, value in sorted(places, key=lambda place: place[:2])]


def every_nth(count: int, of: int) -> frozenset[int]:
    """Choose `count` of the numbers from 0 to `of` - 1, as far apart as they go."""
    return frozenset(index * of // count for index in range(count)) if count else frozenset()
