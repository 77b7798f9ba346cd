"""Who goes, as rows of a plan and of a visit; called by the actions of the plan."""

from nithet.domain.supervision.models.plans import PlannedVisit, PlannedVisitor
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.facts import Person


def goes(line: PlannedVisit, person: Person, *, is_companion: bool = False) -> PlannedVisitor:
    """Return a person as one who is to go on a line."""
    return PlannedVisitor(
        office_id=line.office_id,
        line=line,
        position_id=person.position_id,
        member_id=person.member_id,
        user_id=person.user_id,
        title=person.title[:200],
        is_companion=is_companion,
    )


def visitor_of(visit: Visit, one: PlannedVisitor) -> Visitor:
    """Return one who is to go as a visitor of the visit."""
    return Visitor(
        office_id=visit.office_id,
        visit=visit,
        title=one.title,
        user_id=one.user_id,
        member_id=one.member_id,
        is_companion=one.is_companion,
    )
