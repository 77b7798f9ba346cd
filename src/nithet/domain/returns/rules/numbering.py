"""The number of an issued return."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(?P<stem>.+/\d{4})-(?P<sequence>[1-9]\d*)")


def number_of(issue: str, fiscal_year: int, sequence: int) -> str:
    """The number: issue, fiscal year (พ.ศ.), and how many the office has issued of these, from 1.

    >>> number_of("5.4", 2555, 1)
    '5.4/2555-1'
    """
    return f"{issue}/{fiscal_year}-{sequence}"


def next_sequence(issue: str, fiscal_year: int, given: Iterable[str]) -> int:
    """The sequence after the highest one among the numbers given to this issue and year.

    >>> next_sequence("5.4", 2555, ["5.4/2555-1", "5.4/2555-2", "5.4/2554-7"])
    3
    """
    matches = map(_NUMBER.fullmatch, given)
    stem = f"{issue}/{fiscal_year}"
    taken = [int(match["sequence"]) for match in matches if match and match["stem"] == stem]
    return max(taken, default=0) + 1


def code_of(issue: str | None, urn: str) -> str:
    """What stands before the slash: the issue, or the last part of the edition's name without one.

    >>> code_of("5.4", "urn:nithet:edition:obec-return-2555:5.4"), code_of(None, "urn:nithet:edition:sar:basic")
    ('5.4', 'basic')
    """
    return issue or urn.rsplit(":", 1)[-1]
