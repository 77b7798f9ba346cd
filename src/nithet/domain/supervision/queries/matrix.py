"""Projects against instruments, and what indicators ask against what is planned. Fixed numbers of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.frameworks.measures import Measured, known_measures, measure
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.queries.serving import instruments_by_project
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.plans.policy import visible_to
from nithet.domain.plans.queries.projects import PROJECT
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.school_years import fiscal_year_period


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A project of the year's plan and what it is supervised with.

    `visits` are those planned or carried out in the year; `is_supervised` that it has such visits or an activity of supervision.
    """

    project: Project
    instruments: tuple[Instrument, ...]
    needs: int
    visits: int
    is_supervised: bool

    @property
    def is_hole(self) -> bool:
        """Say whether the project is supervised and has no instrument to do it with."""
        return self.is_supervised and not self.instruments


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows, and the instruments of the columns in their order."""

    rows: tuple[MatrixRow, ...]
    instruments: tuple[Instrument, ...]

    @property
    def holes(self) -> list[MatrixRow]:
        """Return the projects that are supervised without an instrument."""
        return [row for row in self.rows if row.is_hole]


def matrix_of(actor: Actor, year: int) -> Matrix:
    """Return the projects of a fiscal year against the instruments in use; four queries."""
    period = fiscal_year_period(year)
    in_year = Q(supervision_visits__visited_on__range=(period.start, period.end))
    projects = list(
        standing(visible_to(actor).filter(plan__fiscal_year=year))
        .annotate(
            visit_count=Count(
                "supervision_visits",
                filter=in_year & ~Q(supervision_visits__state=Visit.State.CANCELLED),
                distinct=True,
            ),
            need_count=Count("needs_served", distinct=True),
        )
        .order_by("position", "pk")
    )
    refs = {one.pk: str(RecordRef(PROJECT, str(one.pk))) for one in projects}
    serving = instruments_by_project(refs.values())
    activities = standing(Activity.objects.filter(project__in=projects))
    supervising = set(
        activities.filter(kind=Activity.Kind.SUPERVISION).values_list("project_id", flat=True)
    )
    rows = tuple(
        MatrixRow(
            one,
            tuple(serving[refs[one.pk]]),
            one.need_count,
            one.visit_count,
            is_supervised=bool(one.visit_count) or one.pk in supervising,
        )
        for one in projects
    )
    columns = standing(Instrument.objects.exclude(state=Instrument.State.RETIRED))
    return Matrix(rows, tuple(columns.order_by("title", "pk")))


@dataclass(frozen=True, slots=True)
class AskedTest:
    """A test of an item and what the records say of it; `measured` None: a person answers it."""

    name: str
    measured: Measured | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An item of a round: what it asks, the tests, and the projects that serve it. `is_hole`: no project does."""

    edition: str
    item: str
    title: str
    asks: str
    tests: tuple[AskedTest, ...]
    projects: tuple[Project, ...]

    @property
    def is_hole(self) -> bool:
        """Say whether no project of the plan serves the item."""
        return not self.projects


def indicators_of(actor: Actor, year: int) -> list[IndicatorRow]:
    """Return what every item of the office's rounds of a year asks, against what is planned.

    A fixed number of queries for each measure that the editions name, whatever the projects.
    """
    rounds = list(visible_rounds(actor).filter(fiscal_year=year))
    editions = {one.edition_id: one.edition for one in rounds}
    known, period, answers = known_measures(), fiscal_year_period(year), {}
    serving: dict[tuple[int, str], list[Project]] = defaultdict(list)
    services = ProjectService.objects.filter(
        edition__in=editions, project__plan__fiscal_year=year, project__taken_back_at=None
    ).select_related("project")
    for service in services.order_by("position", "pk"):
        serving[service.edition_id, service.item].append(service.project)
    found = []
    for key, edition in editions.items():
        for node in rules_of(edition).root.leaves():
            tests = []
            for test in node.tests:
                name = test.thresholds[0].measure if test.thresholds else ""
                if name in known and (key, node.id, name) not in answers:
                    asked = measure(name, [actor.writes_in], period, edition_id=key, item=node.id)
                    answers[key, node.id, name] = asked[actor.writes_in]
                tests.append(AskedTest(test.name.th, answers.get((key, node.id, name))))
            found.append(
                IndicatorRow(
                    str(edition),
                    node.id,
                    node.title.th,
                    node.asks.th if node.asks else "",
                    tuple(tests),
                    tuple(serving[key, node.id]),
                )
            )
    return found
