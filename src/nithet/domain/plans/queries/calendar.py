"""What stands in the calendar."""

from datetime import date

from django.db.models import QuerySet

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.policy import visible_days, visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period


def list_days(actor: Actor, start: date, end: date) -> QuerySet[CalendarDay]:
    """List the office's own calendar days that touch a span, in order."""
    return visible_days(actor).filter(starts_on__lte=end, ends_on__gte=start)


def activities_between(actor: Actor, start: date, end: date) -> QuerySet[Activity]:
    """List the activities that are to happen in a span of days, in order of their days; one query."""
    rows = standing(Activity.objects.filter(project__in=standing(visible_to(actor))))
    return (
        rows.filter(period_start__lte=end, period_end__gte=start)
        .exclude(state=Activity.State.CALLED_OFF)
        .select_related("project__plan")
        .order_by("period_start", "period_end", "pk")
    )


def overdue_activities(actor: Actor, fiscal_year: int) -> QuerySet[Activity]:
    """List the activities of a year that should have ended and are neither done nor called off; one query."""
    period = fiscal_year_period(fiscal_year)
    return activities_between(actor, date.min, period.end).filter(
        project__plan__fiscal_year=fiscal_year,
        period_end__lt=clock.today(),
        state__in=(Activity.State.PLANNED, Activity.State.UNDER_WAY),
    )
