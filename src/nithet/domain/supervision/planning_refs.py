"""How plans of visits, their versions and questions about days are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.policy import (
    visible_date_answers,
    visible_planned,
    visible_supervision_plans,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

PLAN = "supervision.supervisionplan"
VERSION = "supervision.supervisionplanversion"
LINE = "supervision.plannedvisit"
ANSWER = "supervision.dateanswer"


def _plans(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): _resolved(PLAN, row.pk, str(row), "plan", row.pk)
        for row in visible_supervision_plans(actor).filter(pk__in=row_keys(ids))
    }


def _versions(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = SupervisionPlanVersion.objects.filter(
        pk__in=row_keys(ids), plan__in=visible_supervision_plans(actor)
    )
    return {
        str(row.pk): _resolved(VERSION, row.pk, str(row), "version", row.pk)
        for row in rows.defer("content").select_related("plan")
    }


def _lines(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_planned(actor).filter(pk__in=row_keys(ids)).select_related("school__unit")
    return {str(row.pk): _resolved(LINE, row.pk, str(row), "line", row.pk) for row in rows}


def _answers(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_date_answers(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): _resolved(ANSWER, row.pk, str(row), "answer", row.pk)
        for row in rows.select_related("visit__school__unit")
    }


def _resolved(kind: str, key: int, title: str, name: str, argument: int) -> Resolved:
    try:
        address: str | None = reverse(f"planner:{name}", args=[argument])
    except NoReverseMatch:
        address = None
    return Resolved(RecordRef(kind, str(key)), title, address)


def register_kinds() -> None:
    """Register the kinds of planning."""
    register(PLAN, _plans)
    register(VERSION, _versions)
    register(LINE, _lines)
    register(ANSWER, _answers)
