"""Channels of communication that a return names: told of in the narrative, shown as evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nithet.domain.returns.document import Item, Section
from nithet.domain.returns.reader import passages

_CHANNELS = (
    ("e-office", r"e\s?[-–—]?\s?office|อี\s?-?\s?ออฟฟิศ"),
    ("in-office", r"in\s?[-–—]?\s?office"),
    ("AMSS++", r"amss|smart\s?(?:area|obec)"),
    ("Skype", r"skype|สไกป์"),
    ("LAN", r"(?<![a-z])lan(?![a-z])|แลน(?=\s|$)"),
    ("SMS", r"(?<![a-z])sms(?![a-z])|ข้อความสั้น"),
    ("Website", r"web\s?-?\s?site|เว็บ\s?ไซ[ตท]์?"),
    ("วิทยุ", r"วิทยุ"),
    ("หนังสือพิมพ์", r"หนังสือพิมพ์"),
    ("โทรศัพท์", r"โทรศัพท์"),
    ("โทรสาร", r"โทรสาร|(?<![a-z])fax(?![a-z])|แฟ[กค]ซ์"),
    ("Internet", r"internet|อิน[เท]*อ?ร์?เน็?ต"),
    ("Facebook", r"face\s?book|เฟ[ซส]\s?บุ๊?[คก]"),
    ("LINE", r"(?<![a-z])line(?![a-z])|ไลน์"),
    ("e-mail", r"e\s?[-–—]?\s?mail|อี\s?-?\s?เมล"),
    ("tablet club", r"ชมรม\S{0,40}แท็บเล็ต|ชมรม\S{0,40}tablet"),
    ("satellite", r"ดาวเทียม|(?<![a-z])dltv(?![a-z])"),
    ("เสียงตามสาย", r"เสียงตามสาย"),
    ("จดหมายข่าว", r"จดหมายข่าว|วารสาร"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _CHANNELS)
_TOLD_IN = (Section.FACTORS, Section.RESULTS)
"""What was done. A channel named among problems or plans was not used for that."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Names of the channels, in the order of the list above."""

    narrative: tuple[str, ...]
    evidence: tuple[str, ...]


def channels_of(items: Iterable[Item]) -> Channels:
    """The channels of all items."""
    told: list[str] = []
    shown: list[str] = []
    for item in items:
        told.extend(p.text for p in passages.narrative(item) if p.section in _TOLD_IN)
        shown.extend(passage.text for passage in passages.evidence(item))
    return Channels(names_in(told), names_in(shown))


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Canonical names of the channels that the texts name.

    >>> names_in(["ทาง face book / e–mail/ชมรมครูทางวิชาการใช้แท็บเล็ต", "e-office skype lan and sms"])
    ('e-office', 'Skype', 'LAN', 'SMS', 'Facebook', 'e-mail', 'tablet club')
    """
    whole = "\n".join(texts)
    return tuple(name for name, pattern in _PATTERNS if pattern.search(whole))
