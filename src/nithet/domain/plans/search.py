"""What search knows of projects, activities, policies and carried points."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import visible_needs, visible_policies, visible_to
from nithet.domain.plans.queries.needs import NEED
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT
from nithet.domain.plans.refs import POLICY
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs import registry as refs
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel.school_years import fiscal_year_period

CARRIED = "plans.carriedpoint"


def _projects(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Project.objects.all() if ids is None else Project.objects.filter(pk__in=ids)
    for row in standing(rows).select_related("plan", "strategy"):
        year = row.plan.fiscal_year
        lines = [
            row.objective,
            row.owner_title,
            str(row.strategy or ""),
            row.technique_name,
            row.technique_document,
            row.kpi,
            row.emenscr_code,
        ]
        yield SearchDocument(
            PROJECT,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join(filter(None, lines)),
            row.period_start or fiscal_year_period(year).start,
            year,
        )


def _activities(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Activity.objects.all() if ids is None else Activity.objects.filter(pk__in=ids)
    kept = standing(rows).filter(project__taken_back_at__isnull=True)
    for row in kept.select_related("project__plan"):
        year = row.project.plan.fiscal_year
        yield SearchDocument(
            ACTIVITY,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join(filter(None, [row.project.title, row.owner_title, row.period_label])),
            row.period_start or fiscal_year_period(year).start,
            year,
        )


def _policies(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Policy.objects.all() if ids is None else Policy.objects.filter(pk__in=ids)
    for row in standing(rows):
        yield SearchDocument(
            POLICY,
            str(row.pk),
            row.office_id,
            row.text,
            row.text,
            fiscal_year_period(row.fiscal_year).start,
            row.fiscal_year,
        )


def _carried(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = CarriedPoint.objects.all() if ids is None else CarriedPoint.objects.filter(pk__in=ids)
    for row in rows:
        yield SearchDocument(
            CARRIED,
            str(row.pk),
            row.office_id,
            row.text,
            "\n".join(filter(None, [row.text, row.source_words, row.reason])),
            fiscal_year_period(row.to_year).start,
            row.to_year,
        )


def _needs(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Need.objects.all() if ids is None else Need.objects.filter(pk__in=ids)
    for row in standing(rows).select_related("school__unit"):
        yield SearchDocument(
            NEED,
            str(row.pk),
            row.office_id,
            row.text,
            "\n".join(filter(None, [row.school.name, row.area, row.because, row.state_reason])),
            fiscal_year_period(row.fiscal_year).start,
            row.fiscal_year,
        )


def _needs_of_schools(ids: Collection[str]) -> Iterable[object]:
    return Need.objects.filter(school__in=row_keys(ids)).values_list("pk", flat=True)


def _activities_of(ids: Collection[str]) -> Iterable[object]:
    return Activity.objects.filter(project__in=row_keys(ids)).values_list("pk", flat=True)


def _projects_of_strategies(ids: Collection[str]) -> Iterable[object]:
    return Project.objects.filter(strategy__in=row_keys(ids)).values_list("pk", flat=True)


def _every_project(ids: Collection[str]) -> Iterable[object]:
    return Project.objects.values_list("pk", flat=True)


def _every_activity(ids: Collection[str]) -> Iterable[object]:
    return Activity.objects.values_list("pk", flat=True)


def _every_policy(ids: Collection[str]) -> Iterable[object]:
    return Policy.objects.values_list("pk", flat=True)


def _every_point(ids: Collection[str]) -> Iterable[object]:
    return CarriedPoint.objects.values_list("pk", flat=True)


def _name_points(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    """The office's staff see what is carried into a plan."""
    if not by_role(actor, *sorted(OFFICE_STAFF)):
        return {}
    rows = CarriedPoint.objects.filter(office_id=actor.office_id, pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(RecordRef(CARRIED, str(row.pk)), str(row), _address(row.project_id))
        for row in rows
    }


def _address(project_id: int | None) -> str | None:
    try:
        return reverse("plans:project", args=[project_id]) if project_id else None
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Make the kinds of this package searchable."""
    if CARRIED not in refs.kinds():
        refs.register(CARRIED, _name_points)
    register(
        PROJECT,
        _("Projects"),
        _projects,
        visible=visible_to,
        icon="plan",
        order=20,
        touched_by={
            "plans.strategy": _projects_of_strategies,
            "plans.plan": _every_project,
            "plans.planimport": _every_project,
        },
    )
    register(
        ACTIVITY,
        _("Activities"),
        _activities,
        icon="plan",
        order=21,
        touched_by={PROJECT: _activities_of, "plans.planimport": _every_activity},
    )
    register(
        POLICY,
        _("Policies"),
        _policies,
        visible=visible_policies,
        icon="plan",
        order=22,
        touched_by={"plans.planimport": _every_policy},
    )
    register(
        CARRIED,
        _("Points carried into the plan"),
        _carried,
        icon="plan",
        order=23,
        touched_by={"plans.plan": _every_point, "plans.planimport": _every_point},
    )
    register(
        NEED,
        _("Needs"),
        _needs,
        visible=visible_needs,
        icon="flag",
        order=24,
        touched_by={"directory.school": _needs_of_schools},
    )
