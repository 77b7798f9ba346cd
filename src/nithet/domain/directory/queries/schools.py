"""Reading schools. Fixed numbers of queries, whatever the rows."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import visible_to
from nithet.domain.directory.rules.names import spellings
from nithet.foundation.access.actors import Actor


def list_schools(actor: Actor) -> QuerySet[School]:
    """List the schools an actor may read by name, with unit and network."""
    return visible_to(actor).select_related("unit", "network__unit").order_by("unit__name_key", "pk")


def find_school(actor: Actor, school_id: int) -> School | None:
    """Return a school the actor may read; None where there is none or it is not theirs to see."""
    return list_schools(actor).filter(pk=school_id).first()


def schools_named(name: str) -> QuerySet[School]:
    """Find the office's schools of exactly this name, with or without the word โรงเรียน; never by a part of it."""
    return (
        School.objects.filter(unit__name__in=spellings(name)).select_related("unit").order_by("pk")
    )


def known_school_count() -> int:
    """Return how many schools the office has registered, which need not be all that there are."""
    return School.objects.count()
