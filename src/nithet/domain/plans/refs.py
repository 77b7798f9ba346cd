"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.review import PlanReview, PlanVersion
from nithet.domain.plans.policy import (
    visible_needs,
    visible_plans,
    visible_policies,
    visible_surveys,
    visible_to,
)
from nithet.domain.plans.queries.needs import NEED
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

PLAN = "plans.plan"
POLICY = "plans.policy"
VERSION = "plans.planversion"
REVIEW = "plans.planreview"
SURVEY = "plans.needsurvey"


def _projects(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(RecordRef(PROJECT, str(row.pk)), str(row), _address("project", row.pk))
        for row in visible_to(actor).filter(pk__in=row_keys(ids))
    }


def _plans(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(RecordRef(PLAN, str(row.pk)), str(row), _address("plan", row.pk))
        for row in visible_plans(actor).filter(pk__in=row_keys(ids))
    }


def _policies(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(RecordRef(POLICY, str(row.pk)), str(row), _address("policy", row.pk))
        for row in visible_policies(actor).filter(pk__in=row_keys(ids))
    }


def _address(name: str, key: int) -> str | None:
    try:
        return reverse(f"plans:{name}", args=[key])
    except NoReverseMatch:
        return None


def _activities(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    """An activity has no page of its own: its project's page shows it."""
    found = Activity.objects.filter(pk__in=row_keys(ids), project__in=visible_to(actor))
    return {
        str(row.pk): Resolved(RecordRef(ACTIVITY, str(row.pk)), str(row), _address("project", row.project_id))
        for row in found
    }


def _versions(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = PlanVersion.objects.filter(pk__in=row_keys(ids), plan__in=visible_plans(actor))
    return {
        str(row.pk): Resolved(RecordRef(VERSION, str(row.pk)), str(row), _address("version", row.pk))
        for row in found.defer("content").select_related("plan")
    }


def _reviews(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = PlanReview.objects.filter(pk__in=row_keys(ids), plan__in=visible_plans(actor))
    return {
        str(row.pk): Resolved(RecordRef(REVIEW, str(row.pk)), str(row), _address("reviews", row.plan_id))
        for row in found.select_related("plan", "project")
    }


def _needs(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_needs(actor).filter(pk__in=row_keys(ids))
    return {str(row.pk): Resolved(RecordRef(NEED, str(row.pk)), str(row), _need_page(row.pk)) for row in found}


def _surveys(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(SURVEY, str(row.pk)), str(row), _need_page(row.pk, "survey")
        )
        for row in visible_surveys(actor).filter(pk__in=row_keys(ids))
    }


def _need_page(key: int, name: str = "need") -> str | None:
    try:
        return reverse(f"needs:{name}", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(ACTIVITY, _activities)
    register(PROJECT, _projects)
    register(PLAN, _plans)
    register(POLICY, _policies)
    register(VERSION, _versions)
    register(REVIEW, _reviews)
    register(NEED, _needs)
    register(SURVEY, _surveys)
