"""Items and means of a needs survey as people paste them from Word or Excel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

MOST_ITEMS = 200
_MARK = re.compile(r"^\s*\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s+")


def read_items(text: str) -> list[str]:
    r"""Return the items of pasted lines, without their numbers; raises `RuleBroken` for none, too many, or one twice.

    >>> read_items("1. การวัดผล\n\n2) แผนการสอน")
    ['การวัดผล', 'แผนการสอน']
    """
    found = []
    for line in text.splitlines():
        last = line.split("\t")[-1] if _is_number_column(line) else line
        words = collapse(_MARK.sub("", last))
        if words:
            found.append(words[:500])
    if not found:
        raise RuleBroken(
            "survey.items", "Paste the points to ask about, one a line.", field="items"
        )
    if len(found) > MOST_ITEMS:
        raise RuleBroken(
            "survey.many", "A survey has at most %(limit)s points.", field="items", limit=MOST_ITEMS
        )
    for at, words in enumerate(found, 1):
        if words in found[: at - 1]:
            raise RuleBroken(
                "survey.twice",
                "Point %(number)s stands twice: %(text)s",
                field="items",
                number=at,
                text=words,
            )
    return found


def _is_number_column(line: str) -> bool:
    return line.count("\t") == 1 and to_arabic(line.split("\t")[0]).strip(" .)(").isdecimal()


@dataclass(frozen=True, slots=True)
class PastedMeans:
    """Desired and actual mean of one item, by its place from 0."""

    at: int
    desired: Decimal
    actual: Decimal


def read_means(text: str, items: Sequence[str], lowest: int, highest: int) -> list[PastedMeans]:
    """Read pasted rows "item <tab> desired <tab> actual", or only the two figures in the order of the items.

    Raises `RuleBroken` that names the line: no two figures, an item that is not asked, a figure outside of the scale, an item
    twice. Items that are left out are not answered.
    """
    places = {to_arabic(words): at for at, words in enumerate(items)}
    found: dict[int, PastedMeans] = {}
    lines = [line for line in to_arabic(text).splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        cells = [one.strip() for one in re.split(r"\t|;|\|", line) if one.strip()]
        if len(cells) < 2:
            cells = line.rsplit(None, 2)
        if len(cells) < 2:
            raise _wrong(number, "Line %(number)s needs the desired and the actual mean.")
        desired, actual = (_figure(number, one, lowest, highest) for one in cells[-2:])
        words = collapse(_MARK.sub("", " ".join(cells[:-2])))
        at = places.get(words, -1) if words else number - 1
        if not 0 <= at < len(items):
            raise _wrong(
                number, "Line %(number)s is about something that this survey does not ask."
            )
        if at in found:
            raise _wrong(number, "Line %(number)s answers a point that was answered above.")
        found[at] = PastedMeans(at, desired, actual)
    if not found:
        raise RuleBroken("survey.means", "Paste the means, one point a line.", field="means")
    return [found[at] for at in sorted(found)]


def _figure(number: int, text: str, lowest: int, highest: int) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise _wrong(number, "Line %(number)s: “%(text)s” is no figure.", text=text[:40]) from None
    if not value.is_finite() or not lowest <= value <= highest:
        raise _wrong(
            number,
            "Line %(number)s: %(text)s lies outside of the scale %(lowest)s to %(highest)s.",
            text=text[:40],
            lowest=lowest,
            highest=highest,
        )
    return value.quantize(Decimal("0.001"))


def _wrong(number: int, message: str, **params: object) -> RuleBroken:
    return RuleBroken("survey.means", message, field="means", number=number, **params)
