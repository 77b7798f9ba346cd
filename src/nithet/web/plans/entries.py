"""What stands in the calendar of a span of days: shipped holidays, the office's own days, activities of plans."""

from datetime import date

from django.urls import reverse

from nithet.domain.plans.policy import may_read
from nithet.domain.plans.queries.calendar import activities_between, list_days
from nithet.domain.plans.rules.calendar import Entry, public_holidays
from nithet.domain.plans.rules.standing import is_overdue
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year

ORDER = {"holiday": 0, "exam": 1, "other_body": 2, "meeting": 3, "other": 4, "activity": 5}


def may_read_calendar(actor: Actor) -> bool:
    """Say whether an actor sees the office's calendar."""
    return bool(may_read(actor))


def entries_between(actor: Actor, start: date, end: date) -> list[Entry]:
    """Return what touches a span of days, holidays first, then in the order of the days; two queries."""
    years = range(fiscal_year(start), fiscal_year(end) + 1)
    found = [
        one
        for year in years
        for one in public_holidays(year)
        if one.starts_on <= end and one.ends_on >= start
    ]
    found += [
        Entry(
            str(row.kind),
            row.title,
            row.starts_on,
            row.ends_on,
            str(row.pk),
            reverse("plans:edit_day", args=[row.pk]),
            is_confirmed=row.is_confirmed,
        )
        for row in standing(list_days(actor, start, end))
    ]
    today = clock.today()
    for row in activities_between(actor, start, end):
        if row.period_start is None or row.period_end is None:
            continue
        late = is_overdue(row.state, row.period_end, today)
        tone = "late" if late else ("done" if row.state == "done" else "")
        found.append(
            Entry(
                "activity",
                row.title,
                row.period_start,
                row.period_end,
                str(row.pk),
                reverse("plans:project", args=[row.project_id]),
                tone,
            )
        )
    return sorted(found, key=lambda one: (one.starts_on, ORDER[one.kind], one.title))
