"""Reading the supervision cycle of a year. Fixed numbers of queries, whatever the rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.supervision.cycle_policy import (
    visible_cycles,
    visible_models,
    visible_reviews,
    visible_steps,
)
from nithet.domain.supervision.models.cycle import (
    CycleModel,
    CycleStep,
    StepLink,
    SupervisionCycle,
    SystemReview,
)
from nithet.domain.supervision.rules.cycle_models import Model, checked, shipped_models
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve

STEP = "supervision.cyclestep"
CYCLE = "supervision.supervisioncycle"
REVIEW = "supervision.systemreview"
"""The kinds under which references name a step, a year's cycle, and a review of the system."""
NEEDS_MEASURE = "supervision.visits_answering_needs"
SYSTEM_MEASURES = frozenset(
    {NEEDS_MEASURE, "supervision.planned_visits_done", "supervision.system_reviews"}
)
"""Measures by which an item of an edition is known to ask about the system of supervision."""


def known_models(actor: Actor) -> dict[str, Model]:
    """Return every model that the office may choose by its key: the shipped ones, then its own."""
    own = {f"own:{row.pk}": model_of(row) for row in visible_models(actor)}
    return {**shipped_models(), **own}


def model_of(row: CycleModel) -> Model:
    """Return a model of the office as plain values."""
    return checked(row.content, key=f"own:{row.pk}")


def cycle_of(actor: Actor, year: int) -> SupervisionCycle | None:
    """Return the cycle of a fiscal year with its steps and their links fetched; None where none was chosen."""
    links = Prefetch("links", queryset=StepLink.objects.order_by("pk"))
    steps = Prefetch("steps", queryset=CycleStep.objects.prefetch_related(links))
    return visible_cycles(actor).filter(fiscal_year=year).prefetch_related(steps).first()


def cycle_years(actor: Actor) -> list[int]:
    """Return the fiscal years that have a cycle, the newest first."""
    rows = visible_cycles(actor).order_by("-fiscal_year")
    return list(rows.values_list("fiscal_year", flat=True))


def find_step(actor: Actor, step_id: int) -> CycleStep | None:
    """Return a step the actor may read, with its cycle; None where there is none."""
    return visible_steps(actor).select_related("cycle").filter(pk=step_id).first()


def list_reviews(actor: Actor, year: int | None = None) -> QuerySet[SystemReview]:
    """List the reviews of the system, the newest first, cancelled ones among them."""
    rows = visible_reviews(actor)
    return rows if year is None else rows.filter(fiscal_year=year)


def find_review(actor: Actor, review_id: int) -> SystemReview | None:
    """Return a review the actor may read; None where there is none."""
    return visible_reviews(actor).filter(pk=review_id).first()


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step with what belongs to it, as far as the reader may see it."""

    step: CycleStep
    records: tuple[Resolved, ...]
    pieces: tuple[object, ...]


def steps_shown(actor: Actor, cycle: SupervisionCycle) -> list[StepShown]:
    """Return the steps of a cycle with their records and evidence, in a fixed number of queries."""
    steps = list(cycle.steps.all())
    refs = {link.ref: RecordRef.parse(link.ref) for step in steps for link in step.links.all()}
    own = {step.pk: RecordRef(STEP, str(step.pk)) for step in steps}
    found: Mapping[RecordRef, Resolved] = resolve(actor, list(refs.values()))
    pieces = pieces_about(actor, *own.values())
    return [
        StepShown(
            step,
            tuple(found[refs[link.ref]] for link in step.links.all() if refs[link.ref] in found),
            tuple(pieces.get(own[step.pk], ())),
        )
        for step in steps
    ]


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item of an open round that asks about the system of supervision."""

    edition: Edition
    fiscal_year: int
    item: str


def items_asking(fiscal_year: int, measures: frozenset[str] = SYSTEM_MEASURES) -> list[AskedItem]:
    """Return the items of the office's open rounds of a year with a test that one of these measures answers."""
    rounds = Round.objects.filter(fiscal_year=fiscal_year, state=Round.State.OPEN).select_related(
        "edition"
    )
    found: dict[tuple[int, str], AskedItem] = {}
    for one in rounds:
        for item in rules_of(one.edition).root.leaves():
            asked = {bound.measure for test in item.tests for bound in test.thresholds}
            if asked & measures:
                found[one.edition_id, item.id] = AskedItem(one.edition, fiscal_year, item.id)
    return list(found.values())
