"""Names in a row, as a sentence says them."""

import re
from collections.abc import Iterable
from typing import Literal

_THAI_WORD = re.compile("[\u0e01-\u0e4e]{2}")


def natural_join(
    parts: Iterable[str],
    *,
    word: Literal["and", "or"] = "and",
    language: Literal["th", "en"] = "th",
) -> str:
    """Parts in one phrase: Thai parts them by a space and ties the joining word to the last part.

    Before a part that begins with another script or an abbreviation the joining word keeps a space.
    Empty parts are left out; no part at all is the empty string.

    >>> natural_join(["วัดเพรียง", "วัดหนองหว้า", "วัดโพธิ์"])
    'วัดเพรียง วัดหนองหว้า และวัดโพธิ์'
    >>> natural_join(["O-NET", "ป.6"], word="or")
    'O-NET หรือ ป.6'
    >>> natural_join(["plan", "project", "activity"], language="en")
    'plan, project and activity'
    """
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return "".join(kept)
    *head, last = kept
    if language == "en":
        return f"{', '.join(head)} {word} {last}"
    tie = "" if _THAI_WORD.match(last) else " "
    return f"{' '.join(head)} {'และ' if word == 'and' else 'หรือ'}{tie}{last}"
