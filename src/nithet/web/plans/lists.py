"""Lists of plans as spreadsheets: the same rows in the same order as on the page."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.queries.standing import PlanOfYear, ProjectLine
from nithet.foundation.documents.sheets import Column, Value
from nithet.web.shared.downloads import sheet_answer


def project_columns() -> list[Column]:
    """Return the columns of a list of projects."""
    return [
        Column(_("Fiscal year"), "code"),
        Column(_("Strategy")),
        Column(_("Project"), width=50),
        Column(_("Objective"), width=50),
        Column(_("Responsible")),
        Column(_("Begins on"), "date"),
        Column(_("Ends on"), "date"),
        Column(_("Serves items"), "code"),
        Column(_("Activities"), "whole"),
        Column(_("of them done"), "whole"),
        Column(_("of them overdue"), "whole"),
        Column(_("Planned (baht)"), "money"),
        Column(_("Spent (baht)"), "money"),
        Column(_("Evidence")),
        Column(_("Number in eMENSCR"), "code"),
        Column(_("Cancelled because")),
    ]


def project_row(line: ProjectLine) -> list[Value]:
    """Return a project as a row of a list."""
    row = line.project
    return [
        str(row.plan.fiscal_year),
        row.strategy.title if row.strategy else "",
        row.title,
        row.objective,
        row.owner_title,
        row.period_start,
        row.period_end,
        ", ".join(one.item for one in row.services.all()),
        line.standing.total,
        line.standing.done,
        line.standing.overdue,
        line.sums.planned,
        line.sums.spent,
        _("Has evidence") if line.standing.has_evidence else _("No evidence yet"),
        row.emenscr_code,
        row.taken_back_because,
    ]


def projects_sheet(
    request: HttpRequest, title: str, lines: Iterable[ProjectLine]
) -> HttpResponseBase:
    """Answer with projects as a spreadsheet."""
    rows = (project_row(line) for line in lines)
    return sheet_answer(title, project_columns(), rows, request=request)


def plan_sheet(request: HttpRequest, shown: PlanOfYear) -> HttpResponseBase:
    """Answer with the projects of a plan as a spreadsheet."""
    lines = [line for group in shown.groups for line in group.lines]
    return projects_sheet(request, shown.plan.title, lines)


def policies_sheet(request: HttpRequest, title: str, rows: Iterable[Policy]) -> HttpResponseBase:
    """Answer with policies and their newest figures as a spreadsheet."""
    columns = [
        Column(_("Number"), "code"),
        Column(_("Policy"), width=60),
        Column(_("Responsible")),
        Column(_("Target"), "whole"),
        Column(_("Unit")),
        Column(_("Counted over")),
        Column(_("Reached"), "decimal"),
        Column(_("In words"), width=40),
        Column(_("Figure as at"), "date"),
        Column(_("Source of the figure")),
        Column(_("Project")),
    ]

    def cells(row: Policy) -> list[Value]:
        newest = next((one for one in row.progress.all() if one.stands), None)
        return [
            row.number,
            row.text,
            row.owner_title,
            row.target_value,
            row.target_unit,
            str(row.get_period_kind_display()),
            newest.value if newest else None,
            newest.text if newest else "",
            newest.as_at if newest else None,
            newest.figure_source if newest else "",
            row.project.title if row.project else "",
        ]

    return sheet_answer(title, columns, (cells(row) for row in rows), request=request)


