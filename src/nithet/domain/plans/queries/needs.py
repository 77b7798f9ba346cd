"""Reading the register of needs. Fixed numbers of queries, whatever the rows."""

from datetime import time

from django.db.models import Q, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.policy import visible_needs
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period

NEED = "plans.need"
"""The kind under which references name a need."""


def list_needs(
    actor: Actor, year: int | None = None, *, school: School | None = None
) -> QuerySet[Need]:
    """List the needs that an actor may read, the strongest first, with their schools and networks fetched.

    Cancelled ones are among them; `year` is the fiscal year (พ.ศ.), None: every year.
    """
    rows = visible_needs(actor)
    if year is not None:
        rows = rows.filter(fiscal_year=year)
    if school is not None:
        rows = rows.filter(school=school)
    return rows.select_related("school__unit", "school__network__unit").order_by("-strength", "pk")


def open_needs(
    actor: Actor, school: School | None = None, year: int | None = None
) -> QuerySet[Need]:
    """List the needs that still wait for help, the strongest first: of one school or all, of one fiscal year or all."""
    return standing(list_needs(actor, year, school=school)).filter(state=Need.State.OPEN)


def carried_into(year: int) -> Q:
    """Say which needs were written down before a fiscal year and were still open when it began, or are so now.

    A need stays open until somebody says that it is met or not followed, so a new year begins with it.
    """
    first = clock.at(fiscal_year_period(year).start, time(0, 0))
    was_open = Q(state=Need.State.OPEN) | Q(settled_at__gte=first)
    return Q(fiscal_year__lt=year, taken_back_at__isnull=True) & was_open


def held_in(year: int) -> Q:
    """Say which needs the register of a fiscal year holds: its own, and those carried into it."""
    return Q(fiscal_year=year) | carried_into(year)


def register_of(actor: Actor, year: int) -> QuerySet[Need]:
    """List the register of a fiscal year as an actor may read it: what was written down in it, and what is carried into it."""
    return list_needs(actor).filter(held_in(year))


def find_need(actor: Actor, need_id: int) -> Need | None:
    """Return a need the actor may read; None where it is gone or not theirs to see."""
    return list_needs(actor).filter(pk=need_id).first()
