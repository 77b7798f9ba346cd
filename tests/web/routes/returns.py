"""Addresses of returns."""

from collections.abc import Mapping

from nithet.domain.returns.actions.sending import mark_sent
from nithet.domain.returns.models import IssuedReturn
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.web.routes.who import (
    EVERYBODY,
    IMPORTERS,
    LEADERS,
    ROUND_READERS,
    SIGNED_IN,
    STAFF,
    WRITERS,
    Route,
    Stage,
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
    "returns:issued_pack": Route(ROUND_READERS),
    "returns:sent": Route(ROUND_READERS, get=False, do=WRITERS),
    "returns:unsent": Route(ROUND_READERS, get=False, do=WRITERS),
    "returns:publish": Route(ROUND_READERS, get=False, do=WRITERS),
    "returns:deck": Route(ROUND_READERS),
    "returns:verify": Route(EVERYBODY),
}


def records(stage: Stage) -> Mapping[str, str]:
    """The return stands as sent."""
    with scope(stage.cast.office.pk):
        issued = IssuedReturn.objects.filter(round=stage.round).order_by("-pk")[0]
        mark = mark_sent(
            actor=system_actor("matrix", stage.cast.office.pk),
            issued=issued,
            system="emes",
            sent_on=clock.today(),
        )
    return {"sent_mark_id": str(mark.pk)}
