"""What became of last year's way forward."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from nithet.domain.evidence.models import Piece
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import may_read
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing


@dataclass(frozen=True, slots=True)
class WhatBecame:
    """A point of last year's way forward and how its line stands; counts are 0 where it became none or is a policy.

    `evidence` counts the pieces about the line (and, for a project, not about its activities).
    """

    point: CarriedPoint
    activities_done: int
    activities: int
    evidence: int

    @property
    def text(self) -> str:
        """Return the point in its author's words."""
        return self.point.text

    @property
    def outcome(self) -> str:
        """Return what became of it, a value of `CarriedPoint.Outcome`."""
        return str(self.point.outcome)

    @property
    def became(self) -> Project | Activity | Policy | None:
        """Return the line that it became; None while undecided and where it was dropped."""
        return self.point.project or self.point.activity or self.point.policy


def carried_into(fiscal_year: int) -> QuerySet[CarriedPoint]:
    """List the points that were carried into a year's plan, in order."""
    return CarriedPoint.objects.filter(to_year=fiscal_year).select_related(
        "project", "activity__project", "policy"
    )


def what_became_of(actor: Actor, fiscal_year: int) -> list[WhatBecame]:
    """Say what became in a year of the way forward of the year before it, and how each stands; four queries.

    An actor who may not read plans gets nothing.
    """
    if not may_read(actor):
        return []
    points = list(carried_into(fiscal_year))
    projects = [one.project_id for one in points if one.project_id]
    done: dict[int, list[str]] = {}
    for key, state in standing(Activity.objects.filter(project_id__in=projects)).values_list(
        "project_id", "state"
    ):
        if state != Activity.State.CALLED_OFF:
            done.setdefault(key, []).append(state)
    pieces = _pieces_about(points)
    return [_became(one, done, pieces) for one in points]


def _pieces_about(points: Iterable[CarriedPoint]) -> dict[str, int]:
    refs = [f"{PROJECT}:{one.project_id}" for one in points if one.project_id]
    refs += [f"{ACTIVITY}:{one.activity_id}" for one in points if one.activity_id]
    rows = standing(Piece.objects.filter(about__in=refs))
    return dict(rows.values_list("about").annotate(Count("pk")).order_by())


def _became(
    point: CarriedPoint, states: dict[int, list[str]], pieces: dict[str, int]
) -> WhatBecame:
    if point.project_id:
        found = states.get(point.project_id, [])
        evidence = pieces.get(f"{PROJECT}:{point.project_id}", 0)
        return WhatBecame(point, found.count(Activity.State.DONE), len(found), evidence)
    if point.activity is not None:
        is_done = point.activity.state == Activity.State.DONE
        evidence = pieces.get(f"{ACTIVITY}:{point.activity_id}", 0)
        return WhatBecame(point, int(is_done), 1, evidence)
    return WhatBecame(point, 0, 0, 0)
