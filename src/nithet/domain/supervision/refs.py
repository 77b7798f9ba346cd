"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.supervision.cycle_policy import (
    visible_cycles,
    visible_packs,
    visible_reviews,
    visible_steps,
)
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.paper_policy import visible_issues
from nithet.domain.supervision.policy import visible_findings, visible_to
from nithet.domain.supervision.queries.cycle import CYCLE, REVIEW, STEP
from nithet.domain.supervision.queries.information import PACK
from nithet.domain.supervision.queries.reports.issued import ISSUED
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register
from nithet.kernel import clock
from nithet.kernel.thai_dates import format_date

FINDING = "supervision.finding"


def _visits(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_to(actor).filter(pk__in=row_keys(ids)).select_related("school__unit")
    return {
        str(row.pk): Resolved(RecordRef(VISIT, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _findings(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_findings(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(
            RecordRef(FINDING, str(row.pk)),
            str(row),
            _address(row.visit_id) if row.visit_id else None,
        )
        for row in found
    }


def _steps(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_steps(actor).filter(pk__in=row_keys(ids)).select_related("cycle")
    return {
        str(row.pk): Resolved(RecordRef(STEP, str(row.pk)), str(row), _cycle_page("step", row.pk))
        for row in found
    }


def _cycles(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_cycles(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(RecordRef(CYCLE, str(row.pk)), str(row), _cycle_page("cycle"))
        for row in found
    }


def _system_reviews(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_reviews(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(
            RecordRef(REVIEW, str(row.pk)), str(row), _cycle_page("review", row.pk)
        )
        for row in found
    }


def _packs(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_packs(actor).filter(pk__in=row_keys(ids)).defer("content")
    return {
        str(row.pk): Resolved(RecordRef(PACK, str(row.pk)), str(row), _cycle_page("pack", row.pk))
        for row in found
    }


def _issued_reports(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_issues(actor).filter(pk__in=row_keys(ids)).defer("content")
    return {
        str(row.pk): Resolved(
            RecordRef(ISSUED, str(row.pk)), _issue_title(row), _issue_page(row.pk)
        )
        for row in found
    }


def _issue_title(row: IssuedReport) -> str:
    """Name a report; one that was taken back says so wherever it is named, also behind the code of its paper."""
    if row.taken_back_at is None:
        return str(row)
    return f"{row} (ยกเลิกแล้วเมื่อ {format_date(clock.day_of(row.taken_back_at))})"


def _issue_page(key: int) -> str | None:
    try:
        return reverse("supervision_reports:issue", args=[key])
    except NoReverseMatch:
        return None


def _cycle_page(name: str, *keys: int) -> str | None:
    try:
        return reverse(f"cycle:{name}", args=keys)
    except NoReverseMatch:
        return None


def _address(key: int) -> str | None:
    try:
        return reverse("visits:visit", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(VISIT, _visits)
    register(FINDING, _findings)
    register(STEP, _steps)
    register(CYCLE, _cycles)
    register(REVIEW, _system_reviews)
    register(PACK, _packs)
    register(ISSUED, _issued_reports)
