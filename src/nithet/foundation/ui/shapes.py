"""Plain values that a view hands to a component."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise
Tone = Literal["good", "needs", "bad", "info", "rest"]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page; the last one has no address."""

    label: Words
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its own address; `count` is shown beside the label when it is not None."""

    label: Words
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class YearLink:
    """A fiscal year to choose, or every year (`label` ""); its address keeps what else the page was asked for."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class YearChoice:
    """The fiscal years of a page, the newest first: those in the row, older ones behind a fold, and every year where offered."""

    near: tuple[YearLink, ...]
    older: tuple[YearLink, ...] = ()
    every: YearLink | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: when, what, by whom; `icon` is an id of the icon sprite."""

    when: date | datetime | None
    text: Words
    by: Words = ""
    icon: str = "dot"
    href: str = ""
    more: Words = ""


@dataclass(frozen=True, slots=True)
class LevelShown:
    """One of the three levels. `level` is None where there is none; `text` then says why, or says it instead.

    `because` is a sentence or several; `who` says who decided and when.
    """

    level: int | None = None
    text: Words = ""
    because: Words | Sequence[Words] = ""
    who: Words = ""
    possible: Sequence[int] = field(default=())
    href: str = ""
    link: Words = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what it is, for a definition list; an empty value is said as "ไม่ระบุ".

    A code that people type or look up (`code=True`) keeps its own digits whatever the view shows.
    """

    term: Words
    value: object = ""
    href: str = ""
    note: Words = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One square of a level meter."""

    number: int
    reached: bool
    wanted: bool
    maybe: bool
