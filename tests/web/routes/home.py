"""Addresses of home."""

from tests.web.routes.who import EVERYBODY, SIGNED_IN, Route

TABLE: dict[str, Route] = {
    "home:home": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "home:health": Route(EVERYBODY, shows="ok"),
    "ui_display": Route(
        EVERYBODY, get=False, do=EVERYBODY, body=lambda known: {"language": "en", "next": "/"}
    ),
}
