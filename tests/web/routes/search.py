"""Address of the search."""

from tests.web.routes.who import SIGNED_IN, Route

TABLE: dict[str, Route] = {"search:search": Route(SIGNED_IN, in_view=True, for_nobody=True)}
