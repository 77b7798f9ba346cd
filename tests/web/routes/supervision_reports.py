"""Addresses of the reports on supervision."""

from collections.abc import Mapping

from nithet.domain.supervision.actions.issued_reports import issue_report
from nithet.domain.supervision.queries.reports.subjects import year_subject
from nithet.foundation.tenancy.models import Unit
from tests.web.routes.who import RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

READERS = STAFF | {"committee_member"}

TABLE: dict[str, Route] = {
    "supervision_reports:reports": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:year": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:semester": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:month": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:rows": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:brief": Route(READERS),
    "supervision_reports:issue_now": Route(
        SIGNED_IN, get=False, do=RECORD_WRITERS | {"outsider"}, for_nobody=True
    ),
    "supervision_reports:issue_brief": Route(READERS, get=False, do=RECORD_WRITERS),
    "supervision_reports:issues": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:issue": Route(READERS, shows="<h1"),
    "supervision_reports:issue_file": Route(READERS),
    "supervision_reports:take_back_issue": Route(READERS, get=False, do=RECORD_WRITERS),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Issue the year report."""
    actor = stage.cast.actor("planner")
    office = Unit.objects.get(pk=actor.office_id)
    made = issue_report(actor=actor, office=office, subject=year_subject(2555))
    return {"issued_report_id": str(made.pk), "report_file": "pdf"}
