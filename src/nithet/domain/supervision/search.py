"""What search knows of visits, of what was found on them and of issued reports."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.paper_policy import visible_issues
from nithet.domain.supervision.policy import visible_findings, visible_to
from nithet.domain.supervision.queries.reports.issued import ISSUED
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.refs import FINDING
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year, fiscal_year_period


def _visits(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Visit.objects.all() if ids is None else Visit.objects.filter(pk__in=ids)
    kept = rows.exclude(state=Visit.State.CANCELLED).select_related("school__unit", "project")
    for row in kept.prefetch_related("visitors", "findings", "needs_served__need"):
        lines = [
            row.get_kind_display(),
            row.purpose,
            row.need,
            *(one.need.text for one in row.needs_served.all()),
            row.project.title if row.project else "",
            *(one.title for one in row.visitors.all()),
            *(one.text for one in row.findings.all()),
        ]
        yield SearchDocument(
            VISIT,
            str(row.pk),
            row.office_id,
            str(row),
            "\n".join(filter(None, lines)),
            row.visited_on,
            fiscal_year(row.visited_on),
        )


def _findings(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    """Findings of many visits together; those of one visit are found with their visit."""
    rows = Finding.objects.all() if ids is None else Finding.objects.filter(pk__in=ids)
    for row in rows.filter(visit__isnull=True).select_related("project"):
        yield SearchDocument(
            FINDING,
            str(row.pk),
            row.office_id,
            row.text,
            "\n".join(filter(None, [row.text, row.project.title if row.project else ""])),
            fiscal_year_period(row.fiscal_year).start,
            row.fiscal_year,
        )


def _issues(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    """Issued reports by title, subject and who issued them; what they say is found with its records."""
    rows = IssuedReport.objects.all() if ids is None else IssuedReport.objects.filter(pk__in=ids)
    for row in standing(rows).defer("content"):
        yield SearchDocument(
            ISSUED,
            str(row.pk),
            row.office_id,
            str(row),
            "\n".join((str(row), row.get_kind_display(), row.issued_by)),
            clock.day_of(row.issued_at),
            row.fiscal_year,
        )


def _visits_of_findings(ids: Collection[str]) -> Iterable[object]:
    return Finding.objects.filter(pk__in=row_keys(ids), visit__isnull=False).values_list(
        "visit_id", flat=True
    )


def _visits_of_visitors(ids: Collection[str]) -> Iterable[object]:
    return Visitor.objects.filter(pk__in=row_keys(ids)).values_list("visit_id", flat=True)


def _visits_to_schools(ids: Collection[str]) -> Iterable[object]:
    return Visit.objects.filter(school__in=row_keys(ids)).values_list("pk", flat=True)


def _visits_of_projects(ids: Collection[str]) -> Iterable[object]:
    return Visit.objects.filter(project__in=row_keys(ids)).values_list("pk", flat=True)


def register_kinds() -> None:
    """Make visits, findings and issued reports searchable."""
    register(
        VISIT,
        _("Visits"),
        _visits,
        visible=visible_to,
        icon="visit",
        order=40,
        touched_by={
            FINDING: _visits_of_findings,
            "supervision.visitor": _visits_of_visitors,
            "directory.school": _visits_to_schools,
            "plans.project": _visits_of_projects,
        },
    )
    register(FINDING, _("Findings"), _findings, visible=visible_findings, icon="visit", order=41)
    register(ISSUED, _("Issued reports"), _issues, visible=visible_issues, icon="file", order=42)
