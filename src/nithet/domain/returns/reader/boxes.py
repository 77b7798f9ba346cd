"""Tick boxes at the beginning of a line, whole, typed or damaged.

When a document goes from Word to plain text its symbol fonts are lost, and every box becomes the
same bare "(" whether it was ticked or not. Such a mark is told from a parenthesis by its missing
partner. What it said cannot be known any more.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nithet.domain.returns.document import UNKNOWN_TICK
from nithet.domain.returns.reader.brackets import opens_beyond, unmatched_closings
from nithet.domain.returns.reader.lines import SourceLine
from nithet.domain.returns.reader.marks import split_mark

_TICKED = "☑☒✓✔✅🗹🗸√\uf0fe\uf0fd\uf0fc\uf052"
_EMPTY = "☐□▢◻❏❐❑❒▯\uf0a8\uf06f\uf071\uf072\uf0a3"
_GLYPH = re.compile(rf"\s*(?:(?P<ticked>[{_TICKED}])|(?P<empty>[{_EMPTY}]))\ufe0f?")
_TYPED = re.compile(
    rf"\s*(?:(?P<unknown>{re.escape(UNKNOWN_TICK)})"
    rf"|[(\[]\s*(?:(?P<ticked>[/{_TICKED}xX×])|(?P<empty>[{_EMPTY}]?))\s*[)\]])"
)
_SYMBOL = re.compile("\\s*[\uf000-\uf0ff]")
_BARE = re.compile(r"\s*\(")
FURTHEST_PARTNER = 8
"""Lines after a parenthesis within which its partner is looked for."""


class Box(NamedTuple):
    """A tick box and what stands behind it."""

    ticked: bool | None
    """None: the glyph was lost."""
    rest: str


def split_box(text: str, following: Sequence[SourceLine] = ()) -> Box | None:
    """The box at the beginning of a text, or None where there is none.

    ``following`` are the lines after it: a parenthesis may close there.

    >>> [split_box(t) for t in ("☑ แผน", "( / ) แผน", "(  ) แผน", "(?) แผน", "(  แผน")]
    [Box(ticked=True, rest=' แผน'), Box(ticked=True, rest=' แผน'), Box(ticked=False, rest=' แผน'), Box(ticked=None, rest=' แผน'), Box(ticked=None, rest='  แผน')]
    >>> split_box("(ช่วงเดือนเมษายน – กันยายน 2555)"), split_box("แผน (ร่าง")
    (None, None)

    A parenthesis that closes is still taken for a box when a space follows it, as no author
    writes one there; the reader flags it as ambiguous.

    >>> split_box("( เอกสารแนบ", [SourceLine(2, "Power Point นำเสนอ)")])
    Box(ticked=None, rest=' เอกสารแนบ')
    """
    whole = _GLYPH.match(text) or _TYPED.match(text)
    if whole:
        return Box(_state(whole), text[whole.end() :])
    symbol = _SYMBOL.match(text)
    if symbol and split_mark(text) is None:
        return Box(None, text[symbol.end() :])
    bare = _BARE.match(text)
    if bare is None or split_mark(text):
        return None
    rest = text[bare.end() :]
    return Box(None, rest) if rest[:1].isspace() or _never_closes(rest, following) else None


def is_ambiguous(*, ticked: bool | None, text: str) -> bool:
    """Whether a lost mark may have been an ordinary parenthesis: its text still closes one."""
    return ticked is None and bool(unmatched_closings(text))


def _state(match: re.Match[str]) -> bool | None:
    if match.groupdict().get("unknown"):
        return None
    return match["ticked"] is not None


def _never_closes(rest: str, following: Sequence[SourceLine]) -> bool:
    depth = opens_beyond(1, rest)
    for line in following:
        if depth == 0 or _starts_anew(line.text):
            break
        depth = opens_beyond(depth, line.text)
    return depth > 0


def _starts_anew(text: str) -> bool:
    return not text.strip() or bool(_GLYPH.match(text) or _BARE.match(text) or split_mark(text))
