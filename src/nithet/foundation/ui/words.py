"""Dates and numbers as a page says them: Buddhist era, Thai or Arabic digits, Thai or English words."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from nithet.foundation.ui.display import shown
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.thai_dates import MONTHS as THAI_MONTHS
from nithet.kernel.thai_dates import Style, be_year, format_date

STYLES: tuple[Style, ...] = ("full", "long", "short", "numeric")


def reads_thai() -> bool:
    """Say whether the reader has chosen Thai (also where nothing is chosen)."""
    return (get_language() or "th").startswith("th")


def month_names() -> list[str]:
    """List the twelve months in the reader's language."""
    return list(THAI_MONTHS) if reads_thai() else [str(MONTHS[n]) for n in range(1, 13)]


def date_words(value: date | datetime | None, style: str = "long") -> str:
    """Say a day with its พ.ศ. year; "" for None. A moment is said as its day in Thailand.

    Styles: full (with weekday), long, short, numeric. English keeps the Buddhist year and marks it B.E.
    """
    if value is None or value == "":
        return ""
    if style not in STYLES:
        raise ValueError(f"a date is shown as one of {', '.join(STYLES)}, not {style!r}")
    day = clock.day_of(value) if isinstance(value, datetime) else value
    if reads_thai():
        chosen: Style = next(known for known in STYLES if known == style)
        return shown(format_date(day, chosen))
    return shown(_english(day, style))


def _english(day: date, style: str) -> str:
    month, year = str(MONTHS[day.month]), be_year(day.year)
    if style == "numeric":
        return f"{day.day:02}/{day.month:02}/{year}"
    if style == "short":
        return f"{day.day} {month[:3]} {year}"
    plain = f"{day.day} {month} B.E. {year}"
    return f"{WEEKDAYS[day.weekday()]} {plain}" if style == "full" else plain


def time_words(value: datetime | None) -> str:
    """Say the hour and minute in Thailand: "09:15 น."; "" for None."""
    if value is None:
        return ""
    hour = clock.in_thailand(value).strftime("%H:%M")
    return shown(gettext("%(time)s hrs") % {"time": hour})


def moment_words(value: datetime | None, style: str = "short") -> str:
    """Say a moment as day and hour in Thailand; "" for None."""
    if value is None:
        return ""
    return gettext("%(date)s at %(time)s") % {
        "date": date_words(value, style),
        "time": time_words(value),
    }


def number_words(value: object) -> str:
    """Show a number, a year, a code or a text in the digits of the view, and change nothing else."""
    if value is None:
        return ""
    if isinstance(value, SafeString):
        return mark_safe(_MARKUP.sub(_shown_text, value))  # noqa: S308  only digits between tags change
    return shown(str(value))


def amount_words(value: object) -> str:
    """Show how many or how much: in the digits of the view, thousands marked ("27,028"); a text as it stands."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return shown(f"{value:,}")
    return number_words(value)


# A tag or an entity stays as it is; the digits between them are text.
_MARKUP = re.compile(r"<[^>]*>|&#?\w+;|\d+")


def _shown_text(found: re.Match[str]) -> str:
    part = found.group()
    return shown(part) if part.isdecimal() else part


def n_of_n_words(count: int | None, total: int | None) -> str:
    """Say "61 จาก 84"; an unknown total is said as such, never left out."""
    if count is None:
        return gettext("not counted yet")
    if total is None:
        return gettext("%(count)s of an unknown number") % {"count": amount_words(count)}
    return gettext("%(count)s of %(total)s") % {
        "count": amount_words(count),
        "total": amount_words(total),
    }


def fiscal_words(value: int | date | datetime | None) -> str:
    """Say a fiscal year: of a พ.ศ. number, or of the day it is given; "" for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    year = fiscal_year(value) if isinstance(value, date) else int(value)
    return gettext("Fiscal year %(year)s") % {"year": shown(str(year))}


def when_words(value: date | datetime | None) -> str:
    """Say a day, or a moment with its hour, in the short style; "" for None."""
    if isinstance(value, datetime):
        return moment_words(value)
    return date_words(value, "short")


def as_at_words(value: date | datetime | None) -> str:
    """Say "ข้อมูล ณ วันที่ …" (with the hour for a moment); "" for None."""
    if value is None:
        return ""
    return gettext("as at %(date)s") % {"date": when_words(value)}


def dialled_words(value: object) -> str:
    """Return the first telephone number of a text as a telephone dials it: Arabic digits and a leading plus alone.

    "๐ ๓๒๔๒ ๕๕๕๕ ต่อ 12, 032 000 000" gives "032425555": an extension cannot be dialled. Without a number, "".
    """
    first = re.split(r"[,;/]|ต่อ|ext", to_arabic(str(value or "")), maxsplit=1)[0]
    return "".join(sign for sign in first if sign in "+0123456789")
