"""Visits as an iCalendar (RFC 5545, RFC 7986): what telephones and computers subscribe to.

Days are Gregorian in the fields and พ.ศ. in the words. A visit that is called off stays with STATUS:CANCELLED, because a program
that has it would otherwise keep it for ever. Nobody of the school is named, nor what was found or is to be looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from nithet.kernel.clock import BANGKOK
from nithet.kernel.thai_dates import format_date

PRODUCT = "-//Nithet//Supervision calendar//TH"
REFRESH = timedelta(hours=6)
ZONE = "Asia/Bangkok"
KINDS = {"supervision": "นิเทศ", "committee": "คณะกรรมการตรวจเยี่ยม"}
MODES = {"telephone": "ทางโทรศัพท์", "online": "ออนไลน์", "recorded": "จากบันทึกการสอน"}


@dataclass(frozen=True, slots=True)
class WantedFeed:
    """A calendar that somebody asks for: `kind` person, school or office; the ids are those that its kind needs."""

    kind: str
    office_id: int
    user_id: int | None = None
    school_id: int | None = None
    school_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """A visit as a calendar tells it. `starts_at` None: the whole day. `changed_at` is aware; `sequence` counts its changes."""

    key: int
    school: str
    kind: str
    mode: str
    day: date
    changed_at: datetime
    sequence: int
    starts_at: time | None = None
    ends_at: time | None = None
    is_cancelled: bool = False
    is_done: bool = False
    party: tuple[str, ...] = ()
    project: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    url: str = ""


def write_feed(name: str, visits: Sequence[FeedVisit], *, domain: str) -> bytes:
    """Return the calendar as bytes: the same visits give the same bytes, so that an ETag stays. `domain` makes the UIDs ours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(_zone())
    for visit in sorted(visits, key=lambda one: (one.day, one.key)):
        calendar.add_component(_event(visit, domain))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Thailand has kept UTC+7 without summer time since 1920."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(visit: FeedVisit, domain: str) -> Event:
    event = Event()
    event.add("uid", f"visit-{visit.key}@{domain}")
    event.add("sequence", visit.sequence)
    changed = visit.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", summary_of(visit))
    _add_time(event, visit)
    event.add("status", "CANCELLED" if visit.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if visit.starts_at is None else "OPAQUE")
    event.add("location", visit.school)
    event.add("description", _description(visit))
    if visit.latitude is not None and visit.longitude is not None:
        event.add("geo", (float(visit.latitude), float(visit.longitude)))
    if visit.url:
        event.add("url", visit.url)
    return event


def _add_time(event: Event, visit: FeedVisit) -> None:
    if visit.starts_at is None:
        event.add("dtstart", visit.day)
        event.add("dtend", visit.day + timedelta(days=1))
        return
    starts = datetime.combine(visit.day, visit.starts_at)
    ends_at = visit.ends_at
    ends = (
        datetime.combine(visit.day, ends_at)
        if ends_at and ends_at > visit.starts_at
        else starts + timedelta(hours=1)
    )
    # The name of the zone leads to the VTIMEZONE above, so that no program has to know the zone by itself.
    event.add("dtstart", starts, parameters={"TZID": ZONE})
    event.add("dtend", ends, parameters={"TZID": ZONE})


def summary_of(visit: FeedVisit) -> str:
    """Return the line of a calendar, short, because some programs show only its beginning."""
    words = KINDS.get(visit.kind, "นิเทศ")
    how = f" {MODES[visit.mode]}" if visit.mode in MODES else ""
    off = "ยกเลิก: " if visit.is_cancelled else ""
    return f"{off}{words}{how} {visit.school}"


def _description(visit: FeedVisit) -> str:
    lines = [format_date(visit.day, "full")]
    if visit.party:
        lines.append("ผู้ไป: " + ", ".join(visit.party))
    if visit.project:
        lines.append(f"โครงการ: {visit.project}")
    if visit.is_done:
        lines.append("ดำเนินการแล้ว")
    return "\n".join(lines)


def bangkok_day(moment: datetime) -> date:
    """Return the day of a moment in Thailand."""
    return moment.astimezone(BANGKOK).date()
