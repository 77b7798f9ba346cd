"""Addresses of the history."""

from collections.abc import Mapping

from tests.web.routes.who import LEADERS, STAFF, Route, Stage


def records(stage: Stage) -> Mapping[str, str]:
    """Ask for the history of the round's school."""
    return {"history_kind": "directory.school", "history_id": str(stage.school.pk)}


TABLE: dict[str, Route] = {
    "history:history": Route(LEADERS | {"administrator", "outsider"}),
    "history:record": Route(STAFF, shows="<table"),
}
