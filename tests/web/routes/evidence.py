"""Addresses of evidence."""

from tests.web.routes.who import RECORD_WRITERS, SIGNED_IN, STAFF, Route

TABLE: dict[str, Route] = {
    "evidence:evidence_list": Route(SIGNED_IN, in_view=True),
    "evidence:evidence": Route(STAFF | {"assessor"}),
    "evidence:answer_point": Route(
        STAFF | {"assessor"},
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"holds": "yes", "reason": "x"},
    ),
}
