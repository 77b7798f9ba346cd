"""How many schools "every school" is on a day, and in which words a figure says so."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nithet.domain.directory.models.arrangements import JointLearningPartner
from nithet.domain.directory.models.populations import Population, PopulationMember
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.listing import newest_census_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.thai_dates import format_date


@dataclass(frozen=True, slots=True)
class PopulationStatement:
    """What stands under a figure of "every school".

    `n` is the number of schools, `sentence` says which and as at when, in the language of the reader. `population_id` is the
    declaration, None where the office has declared none and the schools of the day were counted instead.
    """

    n: int
    sentence: str
    as_at: date
    population_id: int | None

    @property
    def is_declared(self) -> bool:
        """Say whether the office declared it."""
        return self.population_id is not None


def open_on(day: date) -> Q:
    """Return the condition that a school exists on a day."""
    began = Q(unit__starts_on__isnull=True) | Q(unit__starts_on__lte=day)
    return began & (Q(unit__ends_on__isnull=True) | Q(unit__ends_on__gte=day))


def schools_by_rule(rule: str, day: date) -> QuerySet[School]:
    """Return the schools of the office in scope that a rule counts on a day."""
    schools = School.objects.filter(open_on(day)).order_by("pk")
    if rule == Population.Rule.WITH_PUPILS:
        return schools.annotate(pupils_now=newest_census_of("pupils")).exclude(pupils_now=0)
    if rule == Population.Rule.OWN_CLASSES:
        away = JointLearningPartner.objects.filter(
            Q(arrangement__ends_on__isnull=True) | Q(arrangement__ends_on__gte=day),
            school=OuterRef("pk"),
            arrangement__starts_on__lte=day,
            arrangement__taken_back_at__isnull=True,
            classes=[],
        )
        return schools.exclude(Exists(away))
    return schools


def population_of(actor: Actor, day: date) -> PopulationStatement:
    """Return what "ทุกโรงเรียน" means on a day: the newest declaration that holds by then, else the schools of the day."""
    kept = (
        standing(Population.objects.filter(office_id=actor.office_id, as_at__lte=day))
        .order_by("-as_at", "-pk")
        .first()
    )
    if kept is None:
        count = School.objects.filter(open_on(day), office_id=actor.office_id).count()
        sentence = _(
            "%(count)s schools in the directory on %(day)s; the office has declared no population yet"
        )
        return PopulationStatement(
            count, sentence % {"count": count, "day": format_date(day)}, day, None
        )
    sentence = _("%(name)s: %(count)s schools as at %(day)s (%(rule)s)") % {
        "name": kept.name,
        "count": kept.counted,
        "day": format_date(kept.as_at),
        "rule": kept.get_rule_display(),
    }
    return PopulationStatement(kept.counted, sentence, kept.as_at, kept.pk)


def members_of(population_id: int) -> frozenset[int]:
    """Return the ids of the schools that a declaration counted."""
    rows = PopulationMember.objects.filter(population=population_id)
    return frozenset(rows.values_list("school_id", flat=True))
