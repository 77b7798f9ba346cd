"""Last year's way forward becomes lines of the plan."""

from collections.abc import Iterable

from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import own
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.rules.carrying import PointDraft
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

Outcome = CarriedPoint.Outcome


@action("plan.carry_points", event="plan.points_carried", on="plan")
def carry_points(
    *, actor: Actor, plan: Plan, points: Iterable[PointDraft], from_year: int | None = None
) -> list[CarriedPoint]:
    """Take points of last year's way forward into a plan, to be decided on; what is there already is left as it is.

    A point is the same by its `source_ref`, or by its words where it has none. `from_year` None: the year before the plan's.
    Returns every carried point of the plan's year in order.
    """
    year = plan.fiscal_year
    came_from = year - 1 if from_year is None else from_year
    kept = list(CarriedPoint.objects.filter(to_year=year))
    refs = {one.source_ref for one in kept if one.source_ref}
    texts = {one.text for one in kept}
    added = 0
    for point in points:
        words = collapse(point.text)
        if not words or point.source_ref in refs or (not point.source_ref and words in texts):
            continue
        if point.source_ref:
            refs.add(point.source_ref)
        texts.add(words)
        CarriedPoint.objects.create(
            office_id=plan.office_id,
            from_year=came_from,
            to_year=year,
            text=words,
            source_ref=point.source_ref,
            source_words=collapse(point.source_words)[:300],
            position=len(kept) + added,
        )
        added += 1
    about(plan)
    note(count=added, from_year=came_from)
    if not added:
        nothing_changed()
    return list(CarriedPoint.objects.filter(to_year=year))


@action("plan.decide_point", event="plan.point_decided", on="point")
def decide_point(
    *,
    actor: Actor,
    point: CarriedPoint,
    version: int,
    outcome: CarriedPoint.Outcome | str,
    project: Project | None = None,
    activity: Activity | None = None,
    policy: Policy | None = None,
    new_project: str = "",
    reason: str = "",
) -> CarriedPoint:
    """Say what a point became: the record of the plan, or dropped with a reason; "undecided" opens it again.

    `new_project` is the title of a project that is added to the plan for it. `version` is the one that the writer had before them.
    """
    chosen, because = Outcome(outcome), collapse(reason)
    for name, record in (("project", project), ("activity", activity), ("policy", policy)):
        own(actor, record, name)
    if chosen is Outcome.DROPPED and not because:
        raise RuleBroken(
            "carried.reason", "Please say why the point is dropped.", field="reason"
        )
    fresh = CarriedPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if fresh.version != version:
        raise Conflict(
            "plans.changed_meanwhile",
            "Somebody else changed this meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={"outcome": str(fresh.outcome), "reason": fresh.reason},
            yours={"outcome": str(chosen), "reason": because},
        )
    if chosen is Outcome.PROJECT and project is None and new_project:
        project = _added(actor, fresh, new_project)
    became = {Outcome.PROJECT: project, Outcome.ACTIVITY: activity, Outcome.POLICY: policy}
    if chosen in became and became[chosen] is None:
        raise RuleBroken(
            "carried.record", "Choose what the point became.", field=chosen.value
        )
    new = {
        "outcome": chosen,
        "project": project if chosen is Outcome.PROJECT else None,
        "activity": activity if chosen is Outcome.ACTIVITY else None,
        "policy": policy if chosen is Outcome.POLICY else None,
        "reason": because,
    }
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    is_open = chosen is Outcome.UNDECIDED
    change(
        fresh,
        version=version + 1,
        decided_by="" if is_open else actor.signature,
        decided_at=None if is_open else clock.now(),
        **new,
    )
    return fresh


def _added(actor: Actor, point: CarriedPoint, title: str) -> Project:
    plan = Plan.objects.get(fiscal_year=point.to_year)
    return add_project(actor=actor, plan=plan, title=title, source=point.source_words[:250])
