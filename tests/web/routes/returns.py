"""Addresses of returns."""

from tests.web.routes.who import (
    EVERYBODY,
    IMPORTERS,
    LEADERS,
    ROUND_READERS,
    SIGNED_IN,
    STAFF,
    WRITERS,
    Route,
    while_open,
)

TABLE: dict[str, Route] = {
    "returns:returns": Route(SIGNED_IN, in_view=True),
    "returns:imports": Route(SIGNED_IN, in_view=True),
    "returns:import": Route(STAFF),
    "returns:confirm": Route(
        STAFF, get=False, do=IMPORTERS, body=lambda known: {"edition": known["edition"]}
    ),
    "returns:drop": Route(STAFF, get=False, do=IMPORTERS),
    "returns:drop_one": Route(STAFF, get=False, do=IMPORTERS),
    "returns:preview": Route(ROUND_READERS, shows="<table"),
    "returns:draft_docx": Route(ROUND_READERS),
    "returns:draft_pdf": Route(ROUND_READERS),
    "returns:bring": Route(ROUND_READERS, get=False, do=while_open(WRITERS)),
    "returns:edited": Route(STAFF),
    "returns:decide": Route(
        STAFF, get=False, do=while_open(WRITERS), body=lambda known: {"take": "no"}
    ),
    "returns:issue": Route(
        ROUND_READERS, get=False, do=LEADERS, body=lambda known: {"request_key": "matrix"}
    ),
    "returns:issued": Route(ROUND_READERS),
    "returns:issued_docx": Route(ROUND_READERS),
    "returns:issued_pdf": Route(ROUND_READERS),
    "returns:verify": Route(EVERYBODY),
}
