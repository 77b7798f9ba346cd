"""Addresses of results, and a form that a school's own people read results of too."""

from collections.abc import Mapping

from tests.domain.instruments.result_factories import fill, make_form, question, rating
from tests.web.routes.who import SIGNED_IN, STAFF, Route, Stage

READERS = STAFF | {"school_head", "school_clerk"}

# A list stands behind the first address: whoever may see none is told so there.
TABLE: dict[str, Route] = {
    "results:instruments": Route(SIGNED_IN, in_view=True),
    "results:instrument": Route(READERS, shows="<svg"),
    "results:rows": Route(READERS, shows="<table"),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a form that was filled in at the stage's school."""
    form = make_form(stage.cast.office, [rating("works"), question("words", "text")])
    fill(form, {"works": "5", "words": "ดี"}, school=stage.school)
    return {"result_form_id": str(form.instrument_id), "item_key": "works.5"}
