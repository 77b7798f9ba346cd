"""Misspellings that returns are known to hold. Data: a slip, what was meant, where it counts.

The reader shows them and keeps the author's words. A slip is only here if the wrong form has no
right use of its own in such papers.
"""

import re
from itertools import islice
from typing import NamedTuple


class Slip(NamedTuple):
    """A wrong form found in a text."""

    wrong: str
    meant: str
    start: int


_KNOWN = (
    # pattern, its group "wrong" being the slip; what was meant
    (r"สมารถ", "สามารถ"),
    (r"งบประมา[รน](?!์)", "งบประมาณ"),
    (r"กฏ(?:กระทรวง|หมาย|เกณฑ์|ระเบียบ)", "กฎ"),
    (r"(?<!ส)ถานศึกษา", "สถานศึกษา"),
    # The institute สสวท. has no radio programme; the public radio is สวท.
    (r"(?<=วิทยุกระจายเสียง)\s?สสวท\.?|(?<=วิทยุ)\s?สสวท\.?", "สวท."),
    (r"อนุญาติ", "อนุญาต"),
    (r"สัมนา", "สัมมนา"),
    (r"ปรากฎ", "ปรากฏ"),
    (r"ผลสัมฤทธิ(?!์)(?=ทาง)", "ผลสัมฤทธิ์"),
    (r"โครงกาาร|โครงการณ์", "โครงการ"),
    (r"ประสิทธิภาภ|ประสิทธภาพ", "ประสิทธิภาพ"),
    (r"บุคคลากร", "บุคลากร"),
    (r"ศึกษานิเทศน์", "ศึกษานิเทศก์"),
)
_ENOUGH = 50
"""Slips of one kind in one text; no honest paragraph has as many."""
_DOUBLED = ("มี", "และ", "ได้", "เป็น", "โดย", "จาก", "เพื่อ", "ซึ่ง", "หรือ", "ไม่", "ต้อง")
"""Words that no sentence says twice running."""
_DOUBLED_WORD = re.compile(rf"(?P<word>{'|'.join(_DOUBLED)})\s?(?P=word)(?![ดตา์])")
_PATTERNS = tuple((re.compile(pattern), meant) for pattern, meant in _KNOWN)


def find_slips(text: str) -> list[Slip]:
    """The slips of a text in order.

    >>> [(slip.wrong, slip.meant) for slip in find_slips("เพื่อสมารถติดต่อ ถานศึกษา ของสถานศึกษา")]
    [('สมารถ', 'สามารถ'), ('ถานศึกษา', 'สถานศึกษา')]
    >>> [slip.wrong for slip in find_slips("มีครู และมีมีนักการภารโรง มีมีด")]
    ['มีมี']
    """
    found = [
        Slip(match[0].strip(), meant, match.start())
        for pattern, meant in _PATTERNS
        for match in islice(pattern.finditer(text), _ENOUGH)
    ]
    doubled = islice(_DOUBLED_WORD.finditer(text), _ENOUGH)
    found.extend(Slip(match[0], match["word"], match.start()) for match in doubled)
    return sorted(found, key=lambda slip: slip.start)


def without_slips(text: str) -> str:
    """The text with its known slips put right, for comparing two writings of one title."""
    for slip in reversed(find_slips(text)):
        end = slip.start + len(slip.wrong)
        meant = slip.meant if slip.meant != "กฎ" else f"กฎ{slip.wrong[2:]}"
        text = text[: slip.start] + meant + text[end:]
    return text
