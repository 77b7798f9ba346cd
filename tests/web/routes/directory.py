"""Addresses of directory."""

from tests.web.routes.who import FOREIGN, NO_OFFICE, SIGNED_IN, Route

TABLE: dict[str, Route] = {
    "directory:schools": Route(SIGNED_IN, in_view=True),
    "directory:school": Route(SIGNED_IN - NO_OFFICE - FOREIGN - {"outside_expert"}),
}
