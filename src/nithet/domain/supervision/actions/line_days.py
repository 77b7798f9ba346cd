"""What the day of a line brings: a closed school, and neighbours on the same day; called by the actions of the plan."""

from datetime import date

from django.db.models import Prefetch

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.plans import PlannedVisit, PlannedVisitor, SupervisionPlan
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.planning import key_of
from nithet.domain.supervision.queries.school_days import days_around
from nithet.domain.supervision.rules.beside import Neighbour, beside_words
from nithet.foundation.access.actors import Actor
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date


def refuse_closed(actor: Actor, school_id: int, day: date, insist_because: str) -> str:
    """Refuse a day on which the school is closed; return the words with which a planner insists on it, "" where it is open."""
    days, words = days_around(actor, school_id, day), collapse(insist_because)[:500]
    why = days.why_closed(school_id, day)
    if not why:
        return ""
    if words:
        return words
    near = days.nearest_open(school_id, day)
    raise RuleBroken(
        "planned_visit.closed",
        "%(day)s is no day for a visit: %(why)s. The nearest day of teaching is %(near)s. "
        "If it has to be this day, say why below.",
        field="insist_because",
        day=format_date(day, "short"),
        why=why,
        near=format_date(near, "full") if near else "–",
    )


def say_neighbours(plan: SupervisionPlan, *days: date) -> None:
    """Say anew, for some days, which schools the same supervisor visits together; what stood there may not hold any more."""
    lines = list(
        plan.lines.filter(planned_on__in=days, kind=Visit.Kind.SUPERVISION)
        .exclude(state=PlannedVisit.State.DROPPED)
        .select_related("school__unit", "school__network__unit")
        .prefetch_related(Prefetch("party", PlannedVisitor.objects.order_by("pk")))
        .order_by("pk")
    )
    together: dict[tuple[date, str], list[PlannedVisit]] = {}
    for line in lines:
        leads = next(iter(line.party.all()), None)
        if leads is not None:
            together.setdefault((line.planned_on, key_of(leads)), []).append(line)
        elif line.why_beside:
            together[line.planned_on, f"alone {line.pk}"] = [line]
    changed = []
    for group in together.values():
        for line in group:
            others = [_neighbour(one.school) for one in group if one.pk != line.pk]
            words = beside_words(_neighbour(line.school), others)[:600]
            if words != line.why_beside:
                line.why_beside = words
                changed.append(line)
    PlannedVisit.objects.bulk_update(changed, ["why_beside"])


def _neighbour(school: School) -> Neighbour:
    has_place = school.latitude is not None and school.longitude is not None
    place = (float(school.latitude or 0), float(school.longitude or 0)) if has_place else None
    return Neighbour(school.name, place, school.network.unit.name if school.network else "")
