"""How studies are named to those who may see them, and what search knows of them; work entries are nobody else's to find."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.studies import Study, StudyCycle, StudyMeasure
from nithet.domain.supervision.queries.studies import STUDY
from nithet.domain.supervision.study_policy import (
    may_keep_work,
    shares_given,
    visible_cycles_of_studies,
    visible_entries,
    visible_measures,
    visible_studies,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register
from nithet.foundation.search import registry as search
from nithet.kernel.school_years import fiscal_year_period

CYCLE = "supervision.studycycle"
MEASURE = "supervision.studymeasure"
ENTRY = "supervision.workentry"
SHARE = "supervision.workshare"


def _studies(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_studies(actor).filter(pk__in=row_keys(ids))
    return {str(row.pk): _named(STUDY, row.pk, str(row), row.pk) for row in rows}


def _cycles(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_cycles_of_studies(actor).filter(pk__in=row_keys(ids)).select_related("study")
    return {str(row.pk): _named(CYCLE, row.pk, str(row), row.study_id) for row in rows}


def _measures(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_measures(actor).filter(pk__in=row_keys(ids))
    return {str(row.pk): _named(MEASURE, row.pk, str(row), row.study_id) for row in rows}


def _entries(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_entries(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(RecordRef(ENTRY, str(row.pk)), row.title, _address("studies:work"))
        for row in rows
    }


def _shares(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = shares_given(actor).filter(pk__in=row_keys(ids)) if may_keep_work(actor) else ()
    return {
        str(row.pk): Resolved(RecordRef(SHARE, str(row.pk)), str(row), _address("studies:work"))
        for row in rows
    }


def _named(kind: str, key: int, title: str, study: int) -> Resolved:
    return Resolved(RecordRef(kind, str(key)), title, _address("studies:study", study))


def _address(name: str, *parts: int) -> str | None:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return None


def _found(ids: Collection[str] | None) -> Iterator[search.SearchDocument]:
    rows = Study.objects.all() if ids is None else Study.objects.filter(pk__in=ids)
    for row in standing(rows).prefetch_related("cycles", "measures"):
        lines = [
            row.owner_title,
            row.problem,
            row.aims,
            row.innovation,
            row.findings,
            row.published_where,
            *(one.design for one in row.cycles.all() if one.stands),
            *(one.title for one in row.measures.all() if one.stands),
        ]
        yield search.SearchDocument(
            STUDY,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join(filter(None, lines)),
            row.published_on or fiscal_year_period(row.fiscal_year).start,
            row.fiscal_year,
        )


def _of_cycles(ids: Collection[str]) -> Iterable[object]:
    return StudyCycle.objects.filter(pk__in=row_keys(ids)).values_list("study_id", flat=True)


def _of_measures(ids: Collection[str]) -> Iterable[object]:
    return StudyMeasure.objects.filter(pk__in=row_keys(ids)).values_list("study_id", flat=True)


def register_kinds() -> None:
    """Register the kinds and make studies searchable."""
    register(STUDY, _studies)
    register(CYCLE, _cycles)
    register(MEASURE, _measures)
    register(ENTRY, _entries)
    register(SHARE, _shares)
    search.register(
        STUDY,
        _("Studies of supervision"),
        _found,
        visible=visible_studies,
        icon="level",
        order=34,
        touched_by={CYCLE: _of_cycles, MEASURE: _of_measures},
    )
