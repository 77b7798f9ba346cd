"""Reading studies. Fixed numbers of queries, whatever the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.queries.results import Results, results_of
from nithet.domain.instruments.rules.items import Shape
from nithet.domain.supervision.models.studies import (
    Study,
    StudyCycle,
    StudyMeasure,
    StudyVisit,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.rules.comparison import Compared
from nithet.domain.supervision.rules.study_values import Row, compared
from nithet.domain.supervision.study_policy import (
    visible_cycles_of_studies,
    visible_measures,
    visible_studies,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.school_years import fiscal_year_period

STUDY = "supervision.study"
"""The kind under which references name a study."""


@dataclass(frozen=True, slots=True)
class CycleFound:
    """A cycle with the visits on which it was tried."""

    cycle: StudyCycle
    visits: list[Visit]


def list_studies(actor: Actor, fiscal_year: int | None = None) -> QuerySet[Study]:
    """List the studies an actor may read, the newest year first, with their cycles and measures counted."""
    rows = visible_studies(actor)
    if fiscal_year is not None:
        rows = rows.filter(fiscal_year=fiscal_year)
    stands = Q(cycles__taken_back_at__isnull=True)
    return rows.annotate(
        cycle_count=Count("cycles", filter=stands, distinct=True),
        measure_count=Count(
            "measures", filter=Q(measures__taken_back_at__isnull=True), distinct=True
        ),
    )


def find_study(actor: Actor, study_id: int) -> Study | None:
    """Return a study the actor may read; None where it is gone or not theirs to see."""
    return visible_studies(actor).filter(pk=study_id).first()


def cycles_of(actor: Actor, study: Study) -> list[CycleFound]:
    """Return the cycles of a study in order, each with the visits that the actor may read, by day; two queries."""
    cycles = list(standing(study.cycles.all()))
    rows = (
        StudyVisit.objects.filter(cycle__in=cycles, visit__in=visible_to(actor))
        .select_related("visit__school__unit")
        .order_by("visit__visited_on", "pk")
    )
    visits: dict[int, list[Visit]] = {}
    for row in rows:
        visits.setdefault(row.cycle_id, []).append(row.visit)
    return [CycleFound(one, visits.get(one.pk, [])) for one in cycles]


def find_cycle(actor: Actor, cycle_id: int) -> StudyCycle | None:
    """Return a cycle the actor may read."""
    return visible_cycles_of_studies(actor).filter(pk=cycle_id).select_related("study").first()


def find_measure(actor: Actor, measure_id: int) -> StudyMeasure | None:
    """Return what was measured, where the actor may read it."""
    return visible_measures(actor).filter(pk=measure_id).select_related("study").first()


@dataclass(frozen=True, slots=True)
class MeasureFound:
    """A measure with what comparing its sides gave."""

    measure: StudyMeasure
    compared: Compared


def measures_of(study: Study) -> list[MeasureFound]:
    """Return what was measured in a study with what comparing it gives; scipy is loaded where there is enough to compare."""
    return [found(one) for one in standing(study.measures.all())]


def found(measure: StudyMeasure) -> MeasureFound:
    """Compare the sides of a measure."""
    is_paired = measure.design == StudyMeasure.Design.PAIRED
    return MeasureFound(measure, compared(measure.values, is_paired=is_paired))


def choosable_visits(actor: Actor, study: Study, chosen: Iterable[int] = ()) -> list[Visit]:
    """Return the visits that a cycle may go with: done, of the study's fiscal year and the one after, and those chosen before."""
    first = fiscal_year_period(study.fiscal_year).start
    last = fiscal_year_period(study.fiscal_year + 1).end
    period = Q(visited_on__range=(first, last))
    rows = visible_to(actor).filter(state=Visit.State.DONE).filter(period | Q(pk__in=list(chosen)))
    return list(rows.select_related("school__unit").order_by("-visited_on", "pk")[:400])


@dataclass(frozen=True, slots=True)
class Drawn:
    """Values drawn from the results of a form: a row a school that has records in both times; those with one side are counted."""

    rows: list[Row]
    one_sided: int
    hidden: int


def drawn_from_results(
    actor: Actor, instrument: Instrument, key: str, before: Asked, after: Asked
) -> Drawn | None:
    """Draw the mean of an item, school by school, before and after; None where there is no such rating or number.

    Schools hidden because the form names persons and there are too few records are left out, and counted.
    """
    first = results_of(actor, instrument, before, for_others=True)
    second = results_of(actor, instrument, after, for_others=True)
    known = {one.key: one for one in first.items}
    if key not in known or known[key].shape not in {Shape.RATING, Shape.NUMBER}:
        return None
    ahead, hidden_ahead = _means(first, key)
    later, hidden_later = _means(second, key)
    both = [name for name in ahead if name in later]
    return Drawn(
        [(name, str(ahead[name]), str(later[name])) for name in both],
        len(set(ahead) ^ set(later)),
        len(hidden_ahead | hidden_later),
    )


def _means(results: Results, key: str) -> tuple[dict[str, Decimal], set[str]]:
    """Return the mean by name of the school, and the names of the schools that are hidden."""
    means = {}
    for part in results.parts:
        line = part.lines.get(key)
        mean = line.described.mean_2 if line else None
        if part.title and mean is not None:
            means[part.title] = mean
    return means, {part.title for part in results.parts if part.left_out}
