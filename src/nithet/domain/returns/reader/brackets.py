"""Parentheses that have no partner, list numbers such as "1)" left aside."""

import re

_LIST_NUMBER = re.compile(r"(?:^|[\s,])(?:\d{1,3}\.?|[ก-ฉ])\s?$")
_LONGEST_NUMBER = 7
_BRACKET = re.compile("[()]")


def opens_beyond(depth: int, text: str) -> int:
    """How many of ``depth`` open parentheses are still open after the text; 0 once all closed.

    >>> opens_beyond(1, "ช่วงเดือน (ก.ย.) 2555"), opens_beyond(1, "ร่าง)"), opens_beyond(0, "1) แผน")
    (1, 0, 0)
    """
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                return 0
    return depth


def unmatched_openings(text: str) -> list[int]:
    """Offsets of opening parentheses that never close."""
    return _unmatched(text)[0]


def unmatched_closings(text: str) -> list[int]:
    """Offsets of closing parentheses that nothing opened and that end no list number.

    >>> unmatched_closings("สถานศึกษา)"), unmatched_closings("มี 2 ข้อ 1) ครู 2) สื่อ (ใหม่)")
    ([9], [])
    """
    return _unmatched(text)[1]


def _unmatched(text: str) -> tuple[list[int], list[int]]:
    openings: list[int] = []
    closings: list[int] = []
    for match in _BRACKET.finditer(text):
        offset = match.start()
        if match[0] == "(":
            openings.append(offset)
        elif openings:
            openings.pop()
        elif not _ends_list_number(text, offset):
            closings.append(offset)
    return openings, closings


def _ends_list_number(text: str, offset: int) -> bool:
    return bool(_LIST_NUMBER.search(text[max(0, offset - _LONGEST_NUMBER) : offset]))
