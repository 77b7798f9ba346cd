"""Values before and after as people bring them: typed in a table or pasted from Excel."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from nithet.domain.supervision.rules.comparison import Compared
from nithet.domain.supervision.rules.effects import compare_independent, compare_paired
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

Row = tuple[str, str, str]
"""Code, before, after, as texts; "" where a side has no value."""
MOST_ROWS = 500
LONGEST_CODE = 60
LONGEST_NUMBER = 12
_CELLS = re.compile(r"\t|;|\s*\|\s*")
_TAIL = re.compile(r"^(.*?)[\s,]+(-?[\d.]+|-)[\s,]+(-?[\d.]+|-)$")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NOTHING = frozenset({"", "-", "–", "ไม่มี", "ขาด"})
_HEADINGS = frozenset({"ก่อน", "ค่าก่อน", "ก่อนพัฒนา", "ก่อนเรียน", "before", "pre"})


def rows_pasted(text: str) -> list[Row]:
    """Read lines of a table pasted from Excel (tabs), or typed with spaces, commas or semicolons between code and two values.

    A heading line is passed by. Digits may be Thai. Raises `RuleBroken` "values.line" naming the line that cannot be read.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(to_arabic(line))
        if not any(cells) or (number == 1 and cells[1:2] and cells[1].lower() in _HEADINGS):
            continue
        if len(cells) != 3:
            raise RuleBroken(
                "values.line",
                "Line %(line)s has no code with two values. Write: code, before, after.",
                field="pasted",
                line=number,
            )
        found.append((cells[0], cells[1], cells[2]))
    return found


def _cells(line: str) -> list[str]:
    cells = [collapse(one) for one in _CELLS.split(line)]
    if len(cells) == 1 and (found := _TAIL.match(cells[0])):
        return [collapse(one) for one in found.groups()]
    while len(cells) > 3 and not cells[-1]:
        cells.pop()
    return [*cells, ""] if len(cells) == 2 else cells


def checked(rows: Iterable[Sequence[str]], *, is_paired: bool) -> list[list[str]]:
    """Return the rows tidied, empty ones dropped; numbers as plain digits.

    Raises `RuleBroken` naming the code: a value that is no number, a code that stands twice (where each is one pair), a row
    without a code, more rows than fit.
    """
    found: list[list[str]] = []
    seen: set[str] = set()
    for row in rows:
        code, *values = (collapse(to_arabic(str(one))) for one in row)
        before, after = (_number(code, one) for one in values)
        if not code and not before and not after:
            continue
        if not code:
            raise RuleBroken("values.code", "Give every row a code.", field="values")
        if is_paired and code in seen:
            raise RuleBroken(
                "values.twice", "The code %(code)s stands twice.", field="values", code=code
            )
        seen.add(code)
        found.append([code[:LONGEST_CODE], before, after])
    if len(found) > MOST_ROWS:
        raise RuleBroken(
            "values.many", "At most %(most)s rows fit here.", field="values", most=MOST_ROWS
        )
    return found


def _number(code: str, text: str) -> str:
    if text in _NOTHING:
        return ""
    plain = text.replace(",", "").replace("−", "-")
    if not _NUMBER.fullmatch(plain) or len(plain) > LONGEST_NUMBER:
        raise RuleBroken(
            "values.number",
            "%(code)s: “%(text)s” is no number.",
            field="values",
            code=code,
            text=text[:20],
        )
    return f"{Decimal(plain):f}"


def compared(values: Sequence[Sequence[str]], *, is_paired: bool) -> Compared:
    """Compare the values of a measure."""
    pairs = [(_value(before), _value(after)) for _, before, after in values]
    if is_paired:
        return compare_paired(pairs)
    return compare_independent(
        [before for before, _ in pairs if before is not None],
        [after for _, after in pairs if after is not None],
    )


def _value(text: str) -> float | None:
    return float(text) if text else None
