"""The three caption lines above a table: issue, indicator, item; and the codes they name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nithet.domain.returns.document import Captions
from nithet.domain.returns.reader.lines import SourceLine, join
from nithet.kernel.numerals import to_arabic

_ISSUE = re.compile(r"\s*ประเด็น(?:การ(?:ประเมิน|พิจารณา|ติดตาม))?\s*(?:ที่)?\s*(\d+(?:\.\d+)*)")
_INDICATOR = re.compile(r"\s*ตัว(?:บ่งชี้|ชี้วัด)\s*(?:ที่)?\s*(\d+)")
_ITEM = re.compile(r"\s*ข้อ\s*(?:ที่)?\s*(\d+)\s*[.)]?\s*")
_STANDARD = re.compile(r"มาตรฐาน\s*ที่\s*(\d+)")
_CONTINUED = re.compile(r"\s*\(\s*ต่อ\s*\)\s*$")
_FURTHEST = 6
"""Lines above the item line among which its other captions are looked for."""
_MOST_DIGITS = 6


class Named(NamedTuple):
    """What the captions of one table say."""

    captions: Captions
    issue: str | None
    indicator: int | None
    item: int
    """0: no number was found."""
    title: str
    continued: bool
    line: int | None


def is_issue(words: str) -> bool:
    """Whether a line begins an issue caption ("ประเด็นที่ 5.4 …")."""
    return bool(_ISSUE.match(words))


def is_indicator(words: str) -> bool:
    """Whether a line begins an indicator caption ("ตัวบ่งชี้ที่ 1 …")."""
    return bool(_INDICATOR.match(words))


def is_item(words: str) -> bool:
    """Whether a line begins an item caption ("ข้อที่ 1. …")."""
    return bool(_ITEM.match(words))


def captions_begin(lines: Sequence[SourceLine], item: int) -> int:
    """Where the captions begin whose item line stands at ``item``: the nearest issue line above.

    Without an issue line it is the indicator line, without that the item line itself.
    """
    begin = at = item
    for _ in range(_FURTHEST):
        at = _above(lines, at)
        if at < 0 or is_item(lines[at].words) or lines[at].text.lstrip(" \xa0").startswith("\t"):
            break
        if is_issue(lines[at].words):
            return at
        if is_indicator(lines[at].words):
            begin = at
    return begin


def name(lines: Sequence[SourceLine]) -> Named:
    """The captions in the given lines; a line that begins none goes on with the one before it.

    >>> rows = ["ประเด็นที่ ๕.๔ มีการกำกับ", "ตัวบ่งชี้ที่ 1 การกำกับ", "ข้อที่  2   มีการส่งเสริม (ต่อ)"]
    >>> named = name([SourceLine(*row) for row in enumerate(rows, 1)])
    >>> named.issue, named.indicator, named.item, named.title, named.continued
    ('5.4', 1, 2, 'มีการส่งเสริม', True)
    """
    gathered: dict[str, list[SourceLine]] = {}
    current: list[SourceLine] = []
    for line in lines:
        kind = _kind(line.words)
        if kind and kind not in gathered:
            current = gathered.setdefault(kind, [])
        current.append(line)
    texts = {kind: join(held) for kind, held in gathered.items()}
    issue, indicator, item = (
        texts[kind].text if kind in texts else "" for kind in ("issue", "indicator", "item")
    )
    begins = texts["item"].line if "item" in texts else None
    return Named(
        Captions(issue, indicator, item),
        issue_code(issue),
        _number(_INDICATOR, indicator),
        _number(_ITEM, item) or 0,
        _CONTINUED.sub("", _ITEM.sub("", item, count=1)),
        bool(_CONTINUED.search(item)),
        begins,
    )


def issue_code(text: str) -> str | None:
    """The code of an issue line in Arabic digits: "5.4"."""
    match = _ISSUE.match(text)
    return to_arabic(match[1]) if match else None


def indicator_number(text: str) -> int | None:
    """The number of an indicator line."""
    return _number(_INDICATOR, text)


def standard_number(text: str) -> int | None:
    """The number of the standard a line names anywhere ("(มาตรฐานที่ 3)")."""
    match = _STANDARD.search(text)
    return _bounded(match[1]) if match else None


def _kind(words: str) -> str | None:
    if is_issue(words):
        return "issue"
    if is_indicator(words):
        return "indicator"
    return "item" if is_item(words) else None


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.match(text)
    return _bounded(match[1]) if match else None


def _bounded(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _above(lines: Sequence[SourceLine], at: int) -> int:
    at -= 1
    while at >= 0 and not lines[at].words:
        at -= 1
    return at
