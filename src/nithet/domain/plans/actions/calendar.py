"""Days of the office's calendar."""

from datetime import date

from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, words_of
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.rules.calendar import a_year_later
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.text import collapse

LONGEST_DAYS = 366


@action("calendar.add_day", event="calendar.day_added")
def add_day(
    *,
    actor: Actor,
    kind: CalendarDay.Kind | str,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
) -> CalendarDay:
    """Enter a day or a span of days, or return the one that stands there already; `ends_on` None: one day."""
    given = _day(kind, title, starts_on, ends_on, source)
    same = {name: given[name] for name in ("kind", "title", "starts_on", "ends_on")}
    if kept := standing(CalendarDay.objects.filter(**same)).first():
        nothing_changed()
        return kept
    note(starts_on=starts_on, ends_on=given["ends_on"])
    return CalendarDay.objects.create(office_id=actor.writes_in, **given, **made_by(actor))


@action("calendar.edit_day", event="calendar.day_edited", on="day")
def edit_day(
    *,
    actor: Actor,
    day: CalendarDay,
    version: int,
    kind: CalendarDay.Kind | str,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
) -> CalendarDay:
    """Write a day of the calendar anew; whoever saves it has looked at its dates."""
    given = _day(kind, title, starts_on, ends_on, source)
    return edit(day, version, {**given, "is_confirmed": True})


def _day(
    kind: CalendarDay.Kind | str,
    title: str,
    starts_on: date,
    ends_on: date | None,
    source: str,
) -> dict[str, object]:
    last = ends_on or starts_on
    if last < starts_on:
        raise RuleBroken(
            "period.backwards", "The end lies before the beginning.", field="ends_on"
        )
    if (last - starts_on).days > LONGEST_DAYS:
        raise RuleBroken("calendar.long", "This is longer than a year.", field="ends_on")
    return {
        "kind": CalendarDay.Kind(kind),
        "title": words_of(title, "title"),
        "starts_on": starts_on,
        "ends_on": last,
        "source": collapse(source),
    }


@action("calendar.take_back_day", event="calendar.day_taken_back", on="day")
def take_back_day(*, actor: Actor, day: CalendarDay, reason: str = "") -> CalendarDay:
    """Take a day of the calendar back."""
    taking_back.take_back(day, actor=actor, reason=reason)
    return day


@action("calendar.copy_year", event="calendar.year_copied")
def copy_days(*, actor: Actor, to_year: int) -> Unit:
    """Copy the office's own days of the fiscal year before, a year later, each still to be confirmed; once a title and day."""
    period = fiscal_year_period(to_year - 1)
    rows = standing(
        CalendarDay.objects.filter(starts_on__gte=period.start, starts_on__lte=period.end)
    )
    there = {(row.kind, row.title) for row in _of_year(to_year)}
    new = [
        CalendarDay(
            office_id=actor.writes_in,
            kind=row.kind,
            title=row.title,
            starts_on=a_year_later(row.starts_on),
            ends_on=a_year_later(row.ends_on),
            source=row.source,
            is_confirmed=False,
            **made_by(actor),
        )
        for row in rows
        if (row.kind, row.title) not in there
    ]
    CalendarDay.objects.bulk_create(new)
    note(fiscal_year=to_year, count=len(new))
    if not new:
        nothing_changed()
    return Unit.objects.get(pk=actor.writes_in)


def _of_year(year: int) -> list[CalendarDay]:
    period = fiscal_year_period(year)
    return list(
        standing(
            CalendarDay.objects.filter(starts_on__gte=period.start, starts_on__lte=period.end)
        )
    )
