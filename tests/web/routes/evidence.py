"""Addresses of evidence."""

from collections.abc import Mapping

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.printouts import register_printout
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import keep_file
from nithet.foundation.access.actors import system_actor
from nithet.foundation.refs.registry import RecordRef
from tests.domain.record_factories import PDF_BYTES
from tests.web.routes.who import (
    EVERYBODY,
    LEADERS,
    RECORD_WRITERS,
    SCHOOL,
    SIGNED_IN,
    STAFF,
    Route,
    Stage,
)

READERS = STAFF
"""An invited assessor reads the frozen copy of a round, not the house."""


def records(stage: Stage) -> Mapping[str, str]:
    """Return a piece with a file and a use that nobody of the matrix brought, and a printed paper."""
    system = system_actor("matrix", stage.round.office_id)
    piece = bring_piece(
        actor=system,
        title="หลักฐานของตารางสิทธิ",
        kind="project_document",
        kept=keep_file("a.pdf", PDF_BYTES),
    )
    use = use_piece(
        actor=system,
        piece=piece,
        edition=stage.round.edition,
        fiscal_year=stage.round.fiscal_year,
        item="1",
    )
    paper = register_printout(
        actor=system, about=RecordRef("evidence.piece", str(piece.pk)), title="คำสั่ง", kind="order"
    )
    return {
        "piece_id": str(piece.pk),
        "use_id": str(use.pk),
        "number": "1",
        "code": paper.code,
        "upload_token": "0" * 32,
    }


VERSION = {"version": "1"}
TABLE: dict[str, Route] = {
    "evidence:evidence_list": Route(SIGNED_IN, in_view=True),
    "evidence:reviews": Route(SIGNED_IN, in_view=True),
    "evidence:add": Route(
        SIGNED_IN,
        in_view=True,
        do=RECORD_WRITERS | SCHOOL | {"outsider"},
        body=lambda known: {"links": "https://example.org/a", "kind": "photo"},
    ),
    "evidence:add_thing": Route(
        SIGNED_IN,
        in_view=True,
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: {"title": "ก", "kind": "disc", "custodian": "ข", "place": "ค"},
    ),
    "evidence:scan": Route(
        SIGNED_IN,
        in_view=True,
        do=RECORD_WRITERS | {"communications_officer", "outsider"},
    ),
    "evidence:upload_begin": Route(
        SIGNED_IN,
        get=False,
        do=RECORD_WRITERS | SCHOOL | {"outsider"},
        body=lambda known: {"size": "0", "name": "a.pdf"},
    ),
    "evidence:upload_piece": Route(SIGNED_IN, get=False),
    "evidence:evidence": Route(READERS, shows="หลักฐานของตารางสิทธิ"),
    "evidence:edit": Route(
        READERS,
        do=RECORD_WRITERS,
        body=lambda known: {**VERSION, "title": "ก", "kind": "disc"},
    ),
    "evidence:add_version": Route(READERS, get=False, do=RECORD_WRITERS, body=lambda known: VERSION),
    "evidence:place": Route(
        READERS,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {**VERSION, "found": "yes", "custodian": "ก", "place": "ข"},
    ),
    "evidence:sharing": Route(
        READERS,
        get=False,
        do=LEADERS | {"group_head"},
        body=lambda known: {**VERSION, "because": "ก"},
    ),
    "evidence:reviewer": Route(READERS, get=False, do=RECORD_WRITERS),
    "evidence:withdraw": Route(
        READERS, get=False, do=RECORD_WRITERS, body=lambda known: {"reason": "ก"}
    ),
    "evidence:add_use": Route(READERS, get=False, do=RECORD_WRITERS),
    "evidence:tick_return": Route(
        READERS,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"report": "krs", "year": "2555", "tick": "on"},
    ),
    "evidence:edit_use": Route(READERS, do=RECORD_WRITERS, body=lambda known: VERSION),
    "evidence:withdraw_use": Route(
        READERS, get=False, do=RECORD_WRITERS, body=lambda known: {"reason": "ก"}
    ),
    "evidence:file": Route(READERS),
    "evidence:shared_copy": Route(READERS),
    "evidence:look": Route(READERS),
    "evidence:picture": Route(READERS),
    "evidence:recheck": Route(READERS, get=False, do=STAFF),
    "evidence:answer_point": Route(
        READERS,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"holds": "yes", "reason": "x"},
    ),
    "evidence:paper": Route(EVERYBODY),
    "evidence:authority": Route(
        STAFF,
        get=False,
        do=LEADERS,
        body=lambda known: {**VERSION, "authority": "electronic", "because": "ก"},
    ),
}
