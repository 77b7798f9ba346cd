"""Which version a form becomes."""

from collections.abc import Collection


def next_version(said: str, taken: Collection[str]) -> str:
    """Return the version that a form gets: what it says where that is free, else the next one.

    >>> next_version("", []), next_version("2569a", ["1"]), next_version("1", ["1", "2"])
    ('1', '2569a', '3')
    >>> next_version("", ["1", "2569a"]), next_version("2569a", ["2569a", "2569a.2"])
    ('2', '2569a.3')
    """
    if said and said not in taken:
        return said
    if not said or said.isdecimal():
        numbers = [
            int(one) for one in taken if one.isascii() and one.isdecimal() and len(one) <= 10
        ]
        return str(max(numbers, default=0) + 1)
    number = 2
    while f"{said}.{number}" in taken:
        number += 1
    return f"{said}.{number}"
