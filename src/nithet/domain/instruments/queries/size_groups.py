"""Schools like one's own: with whom a school is compared, without a name."""

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.listing import newest_census_of
from nithet.domain.directory.queries.school_pages import scheme_of
from nithet.domain.instruments.policy import schools_of_results
from nithet.foundation.access.actors import Actor

FEWEST_SCHOOLS = 5
"""With fewer other schools in the size group, one could tell which they are."""


def size_group_of(actor: Actor) -> tuple[str, frozenset[int]]:
    """Return the name of the size group of a school's own people and the ids of the *other* schools in it.

    ("", none) where the school's size is not known, where several schools are theirs, or where the group is too small.
    """
    own = schools_of_results(actor)
    if len(own) != 1:
        return "", frozenset()
    scheme = scheme_of(actor)
    rows = list(
        School.objects.filter(office_id=actor.office_id, unit__ends_on__isnull=True)
        .annotate(pupils_now=newest_census_of("pupils"))
        .values_list("pk", "unit_id", "pupils_now")
    )
    mine = next((pupils for _, unit, pupils in rows if unit in own), None)
    group = scheme.size_of(mine)
    if group is None:
        return "", frozenset()
    others = frozenset(
        school
        for school, unit, pupils in rows
        if unit not in own and scheme.size_of(pupils) == group
    )
    return (group.thai, others) if len(others) >= FEWEST_SCHOOLS else ("", frozenset())
