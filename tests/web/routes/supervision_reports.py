"""Addresses of the reports on supervision."""

from tests.web.routes.who import SIGNED_IN, STAFF, Route

TABLE: dict[str, Route] = {
    "supervision_reports:reports": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:year": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:semester": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:month": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:rows": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "supervision_reports:brief": Route(STAFF | {"committee_member"}),
}
