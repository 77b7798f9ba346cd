"""Reading the directory. Fixed numbers of queries, whatever the rows."""

from django.db.models import Count, QuerySet

from nithet.domain.directory.models import Committee, Network, School, StatedFigure
from nithet.domain.directory.policy import (
    visible_committees,
    visible_figures,
    visible_networks,
    visible_to,
)
from nithet.domain.directory.rules import spellings
from nithet.foundation.access.actors import Actor


def list_schools(actor: Actor) -> QuerySet[School]:
    """List the schools an actor may read by name, with unit and network."""
    return visible_to(actor).select_related("unit", "network__unit").order_by("unit__name", "pk")


def find_school(actor: Actor, school_id: int) -> School | None:
    """Return a school the actor may read; None where there is none or it is not theirs to see."""
    return list_schools(actor).filter(pk=school_id).first()


def schools_named(name: str) -> QuerySet[School]:
    """Find the office's schools of exactly this name, with or without the word โรงเรียน; never by a part of it."""
    return (
        School.objects.filter(unit__name__in=spellings(name)).select_related("unit").order_by("pk")
    )


def list_networks(actor: Actor) -> QuerySet[Network]:
    """List the networks an actor may read by name, with the number of their schools (`school_count`)."""
    rows = visible_networks(actor).select_related("unit").annotate(school_count=Count("schools"))
    return rows.order_by("unit__name", "pk")


def list_committees(actor: Actor) -> QuerySet[Committee]:
    """List the committees an actor may read, the newest first."""
    return visible_committees(actor).order_by("-starts_on", "name", "pk")


def list_figures(actor: Actor, fiscal_year: int) -> QuerySet[StatedFigure]:
    """List the figures that documents of a year state, in the order of the documents."""
    return visible_figures(actor).filter(fiscal_year=fiscal_year).order_by("source", "line", "pk")


def known_school_count() -> int:
    """Return how many schools the office has registered, which need not be all that there are."""
    return School.objects.count()
