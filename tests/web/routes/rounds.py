"""Addresses of rounds."""

from tests.web.routes.who import (
    LEADERS,
    ROUND_READERS,
    SIGNED_IN,
    WRITERS,
    Route,
    while_closed,
    while_open,
)

TABLE: dict[str, Route] = {
    "rounds:rounds": Route(SIGNED_IN, in_view=True),
    "rounds:round": Route(ROUND_READERS, shows="<h1"),
    "rounds:what_if": Route(ROUND_READERS),
    "rounds:rights": Route(ROUND_READERS),
    "rounds:sign": Route(
        ROUND_READERS,
        get=False,
        do=while_open(LEADERS),
        body=lambda known: {
            "level": "none",
            "shown": known["shown"],
            "request_key": "matrix",
            "reason": "x",
        },
    ),
    "rounds:close": Route(ROUND_READERS, get=False, do=while_open(LEADERS)),
    "rounds:reopen": Route(
        ROUND_READERS, get=False, do=while_closed(LEADERS), body=lambda known: {"reason": "x"}
    ),
    "rounds:assess": Route(
        ROUND_READERS,
        get=False,
        do=while_closed(frozenset({"assessor"})),
        body=lambda known: {"level": "2", "reason": "x"},
    ),
    "rounds:item": Route(ROUND_READERS, shows="<h1"),
    "rounds:answer": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"answer": "done", "reason": "x"},
    ),
    "rounds:paragraph": Route(
        ROUND_READERS,
        do=while_open(WRITERS),
        body=lambda known: {"text": "ถ้อยคำใหม่", "seen": known["paragraph_text"]},
    ),
}
