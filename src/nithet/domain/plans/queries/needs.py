"""Reading the register of needs. Fixed numbers of queries, whatever the rows."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.policy import visible_needs
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing

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


def find_need(actor: Actor, need_id: int) -> Need | None:
    """Return a need the actor may read; None where it is gone or not theirs to see."""
    return list_needs(actor).filter(pk=need_id).first()
