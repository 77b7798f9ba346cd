"""Addresses of plans."""

from tests.web.routes.who import SIGNED_IN, STAFF, Route

TABLE: dict[str, Route] = {
    "plans:projects": Route(SIGNED_IN, in_view=True),
    "plans:project": Route(STAFF | {"assessor"}),
}
