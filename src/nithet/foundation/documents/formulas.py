r"""Texts that a spreadsheet would take for a formula, made harmless in a CSV and brought back.

A CSV has no types: a program that opens one runs whatever begins like a formula. And it may not cut
the line where we did: with another separator, a cell begins in the middle of a text. So an apostrophe
is put before every sign that could begin a formula at every place where a cell could begin, and
taken away again when the file comes back.
"""

from __future__ import annotations

import re

TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212"
"""Signs that begin a formula in one program or another, full-width ones and the minus sign included."""

_CUTS = r"[;,|\t\r\n]"
_PASSED_OVER = "[ \u00a0\u200b\ufeff\u3000\"'\u201c\u201d\u2018\u2019]*"
"""What a program skips, or takes for quotation, before it looks for the sign."""
_SIGN = f"[{re.escape(TRIGGERS)}]"
_WHERE = re.compile(f"(^|{_CUTS})('*)(?={_PASSED_OVER}{_SIGN})")
_MARKED = re.compile(f"(^|{_CUTS})('*)'(?={_PASSED_OVER}{_SIGN})")


def neutralised(text: str) -> str:
    """The text with an apostrophe at every place where a formula could begin.

    >>> neutralised("=1+1"), neutralised("ก;=1+1"), neutralised("โครงการ 1+1")
    ("'=1+1", "ก;'=1+1", 'โครงการ 1+1')
    """
    return _WHERE.sub(r"\1\2'", text)


def restored(text: str) -> str:
    """What `neutralised` was given.

    >>> restored("'=1+1"), restored("'ปกติ")
    ('=1+1', "'ปกติ")
    """
    return _MARKED.sub(r"\1\2", text)
