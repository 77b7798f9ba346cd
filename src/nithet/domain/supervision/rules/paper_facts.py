"""What the papers of a visit say, as plain words: a missing fact is a dotted line to write on, never a guess."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.supervision.rules.copy_paper import MODES
from nithet.kernel.thai_dates import format_date, format_range

Content = Mapping[str, Any]
Row = dict[str, str]

DOTS = "." * 40
SHORT_DOTS = "." * 16
LONG_DOTS = "." * 110
MOST_NEEDS = 3
_ABOVE_AND_BELOW = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something agreed with a school earlier and still to do."""

    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """All that papers say of one visit.

    `content` is the visit's own record as plain values (`queries.content`); `order_number` is that of the order that sent the
    team, with its day, "" where none has a number; `photos` counts the photographs kept with the visit.
    """

    content: Content
    district: str = ""
    province: str = ""
    open_agreements: tuple[Agreed, ...] = ()
    order_number: str = ""
    order_dated: date | None = None
    school_words: str = ""
    school_signed_by: str = ""
    photos: int = 0

    @property
    def school(self) -> str:
        """The name of the school, with "โรงเรียน" before it."""
        return named_school(self.content["school"])

    @property
    def day(self) -> date:
        """The day of the visit."""
        return date.fromisoformat(self.content["visited_on"])

    @property
    def is_committee(self) -> bool:
        """Whether a committee makes it."""
        return bool(self.content["kind"] == "committee")

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return bool(self.content["state"] == "done")

    @property
    def action(self) -> str:
        """The word for what is done: committees visit, supervisors supervise."""
        return "ตรวจเยี่ยม" if self.is_committee else "นิเทศ"

    @property
    def visitors(self) -> list[str]:
        """Who goes or went, companions left out."""
        return [one["title"] for one in self.content["visitors"] if not one["companion"]]

    @property
    def companions(self) -> list[str]:
        """Who went along."""
        return [one["title"] for one in self.content["visitors"] if one["companion"]]

    @property
    def needs(self) -> list[str]:
        """The needs of the school that it serves, each once."""
        said = [*self.content["needs"], *filter(None, (self.content["need"],))]
        return list(dict.fromkeys(said))

    @property
    def main_needs(self) -> str:
        """The first needs that it serves in one phrase, and how many more there are; a letter is no register."""
        first, more = self.needs[:MOST_NEEDS], len(self.needs) - MOST_NEEDS
        if more <= 0:
            return joined(first)
        return f"{', '.join(first)} และเรื่องอื่นอีก {more} เรื่อง"

    @property
    def about(self) -> str:
        """What it was about: its purpose, else the first need that it serves and how many more there are; "" for neither."""
        if self.content["purpose"] or not self.needs:
            return str(self.content["purpose"])
        more = len(self.needs) - 1
        return self.needs[0] + (f" และอีก {more} เรื่อง" if more else "")

    def found(self, *kinds: str) -> list[str]:
        """The findings of some kinds, in order."""
        return [
            one["text"] + (f" ({one['said_by']})" if one["said_by"] else "")
            for kind in kinds
            for one in self.content["findings"]
            if one["kind"] == kind
        ]


def named_school(name: str) -> str:
    """Put "โรงเรียน" before a name that does not begin with it.

    >>> named_school("บ้านตัวอย่าง"), named_school("โรงเรียนบ้านตัวอย่าง"), named_school("ศูนย์การเรียนตัวอย่าง")
    ('โรงเรียนบ้านตัวอย่าง', 'โรงเรียนบ้านตัวอย่าง', 'ศูนย์การเรียนตัวอย่าง')
    """
    return name if name.startswith(("โรงเรียน", "ร.ร.", "ศูนย์")) else f"โรงเรียน{name}"


def day_words(day: date) -> str:
    """Return a day with its weekday, without "พ.ศ.".

    >>> day_words(date(2012, 5, 24))
    'วันพฤหัสบดีที่ 24 พฤษภาคม 2555'
    """
    return format_date(day, "full").replace("พ.ศ. ", "")


def hours_words(content: Content) -> str:
    """Return the hours of a visit as offices write them; what is not recorded is dotted.

    >>> hours_words({"starts_at": "09:00", "ends_at": "12:00"})
    'เวลา 09.00 – 12.00 น.'
    >>> hours_words({"starts_at": "09:00", "ends_at": ""})
    'ตั้งแต่เวลา 09.00 น.'
    >>> hours_words({"starts_at": "", "ends_at": ""})
    'เวลา ................ น.'
    """
    start, end = (content[name].replace(":", ".") for name in ("starts_at", "ends_at"))
    if start and end:
        return f"เวลา {start} – {end} น."
    if start:
        return f"ตั้งแต่เวลา {start} น."
    return f"เวลา {SHORT_DOTS} น."


def place_words(facts: VisitFacts) -> str:
    """Return where the visit is: the school with district and province as far as they are known, or how it is met."""
    way = facts.content["mode"]
    if way != "on_site":
        return f"{facts.school} ({MODES[way]})"
    district = f" อำเภอ{facts.district.removeprefix('อำเภอ')}" if facts.district else ""
    province = f" จังหวัด{facts.province.removeprefix('จังหวัด')}" if facts.province else ""
    return f"{facts.school}{district}{province}"


def listed(texts: Iterable[str], dotted: int = 0) -> list[Row]:
    """Return rows of texts; `dotted` lines to write on where there is none."""
    rows = [{"text": one} for one in texts if one.strip()]
    return rows or [{"text": LONG_DOTS} for _ in range(dotted)]


def numbered(texts: Iterable[str]) -> list[Row]:
    """Return rows of texts with their numbers."""
    return [{"number": str(n), "text": one} for n, one in enumerate(texts, 1)]


def days_words(days: Sequence[date]) -> str:
    """Return one day, or the span of some.

    >>> days_words([date(2012, 5, 24), date(2012, 5, 29)])
    'ระหว่างวันที่ 24 – 29 พฤษภาคม 2555'
    """
    first, last = min(days), max(days)
    if first == last:
        return f"ใน{day_words(first)}"
    return f"ระหว่างวันที่ {format_range(first, last)}"


def joined(texts: Sequence[str], last: str = "และ") -> str:
    """Join texts as Thai sentences do.

    >>> joined(["ก", "ข", "ค"]), joined(["ก"]), joined([])
    ('ก, ข และค', 'ก', '')
    """
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last}{texts[-1]}"


def wide(text: str) -> int:
    """Count the signs of a text that take room on the line: vowels and tones above and below take none.

    >>> wide("น้ำ"), wide("กี่ที่")
    (2, 2)
    """
    return len(_ABOVE_AND_BELOW.sub("", text))


def fitted(text: str, room: int) -> str:
    """Return a text that takes at most so much room (`wide`), "…" where it goes on.

    >>> fitted("ครูเปิดชั้นเรียน", 5)
    'ครูเปิ…'
    """
    tidy = " ".join(text.split())
    if wide(tidy) <= room:
        return tidy
    kept = tidy
    while kept and wide(kept) > room - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def shortened(text: str, letters: int) -> str:
    """Return a text with at most so many signs, "…" where it goes on."""
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= letters else tidy[: letters - 1].rstrip() + "…"
