"""Questions that cross the chain, for the homes of the roles. Read-only; a fixed number of queries."""

from dataclasses import dataclass

from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import declared_of, visible_rounds
from nithet.domain.assessments.queries.sharing import assignments_of
from nithet.domain.assessments.queries.standing import Standing, standing_of
from nithet.domain.evidence.queries.pieces import list_pieces
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.projects import list_projects, projects_without_evidence
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.counting import VisitedSchools, visited_schools
from nithet.domain.supervision.queries.coverage import (
    CommitteeSemester,
    PartOfYear,
    committee_coverage,
    visits_by_semester,
)
from nithet.domain.supervision.queries.visits import (
    list_visits,
    visits_without_visitors,
)
from nithet.foundation.access.actors import Actor


@dataclass(frozen=True, slots=True)
class OfficeHome:
    """What the office's home shows of its newest round and the year it speaks of."""

    round: Round
    standing: Standing
    is_signed: bool
    unproven: list[Project]
    listed_pieces: int
    pieces: int
    visits: int
    unnamed_visits: int
    supervised: VisitedSchools
    seen_by_committee: VisitedSchools
    projects: int
    assigned: dict[str, list[ItemAssignment]]
    parts: list[PartOfYear]
    coverage: list[CommitteeSemester]


def office_home(actor: Actor) -> OfficeHome | None:
    """Return the home of an office; None where no round can be seen."""
    newest = visible_rounds(actor).first()
    if newest is None:
        return None
    year = newest.fiscal_year
    pieces = list_pieces(actor, year)
    return OfficeHome(
        round=newest,
        standing=standing_of(newest),
        is_signed=declared_of(newest) is not None,
        unproven=projects_without_evidence(year),
        listed_pieces=pieces.filter(medium="listed").count(),
        pieces=pieces.count(),
        visits=list_visits(actor, year).filter(state=Visit.State.DONE).count(),
        unnamed_visits=visits_without_visitors(actor, year).count(),
        supervised=visited_schools(actor, year),
        seen_by_committee=visited_schools(actor, year, Visit.Kind.COMMITTEE),
        projects=list_projects(actor, year).prefetch_related(None).count(),
        assigned=assignments_of(newest),
        parts=visits_by_semester(actor, year),
        coverage=committee_coverage(actor, year),
    )
