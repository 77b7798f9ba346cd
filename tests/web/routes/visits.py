"""Addresses of visits."""

from tests.web.routes.who import SCHOOL, SIGNED_IN, STAFF, Route

TABLE: dict[str, Route] = {
    "visits:visits": Route(SIGNED_IN, in_view=True),
    "visits:visit": Route(STAFF | {"committee_member"} | SCHOOL),
}
