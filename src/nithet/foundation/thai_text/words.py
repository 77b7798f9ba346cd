"""Cutting Thai text into words, for ranking and highlighting; search itself never depends on it.

The dictionary takes about 0.7 s and 85 MB when the first text is cut, so nothing is loaded before.
"""

import os
from collections.abc import Callable
from functools import cache


def pieces(text: str) -> list[str]:
    """Every piece of a text in order: words, spaces, punctuation. Joined they are the text again.

    >>> pieces("ศึกษานิเทศก์ออกนิเทศ 13 โรงเรียน")
    ['ศึกษานิเทศก์', 'ออก', 'นิเทศ', ' ', '13', ' ', 'โรงเรียน']
    """
    return _cutter()(text) if text else []


def words(text: str) -> list[str]:
    """The pieces of a text that hold a letter or a digit, in order and with repetitions.

    >>> words("แผน/โครงการ (ปี 2555)")
    ['แผน', 'โครงการ', 'ปี', '2555']
    """
    return [piece for piece in pieces(text) if any(sign.isalnum() for sign in piece)]


@cache
def _cutter() -> Callable[[str], list[str]]:
    # The library makes a folder in the home of whoever runs us, and may download, unless told not to.
    if "PYTHAINLP_READ_MODE" not in os.environ:
        os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415 - heavy, and few requests need it

    def cut(text: str) -> list[str]:
        return list(segment(text, safe_mode=True))

    return cut
