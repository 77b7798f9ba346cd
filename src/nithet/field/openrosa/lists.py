"""Entity lists: the schools and open agreements that a device takes along."""

from xml.sax.saxutils import quoteattr

from django.http import Http404, HttpResponse

from nithet.domain.instruments import entity_lists
from nithet.domain.instruments.entity_lists import EntityList, as_csv
from nithet.field.openrosa.answers import XML
from nithet.field.openrosa.door import Call, answers_devices

MOST_ASKED = 1000


@answers_devices("GET", "HEAD")
def entity_list(call: Call, name: str) -> HttpResponse:
    """Give a list as CSV."""
    actor, entities = call.owner, _named(name)
    response = HttpResponse(as_csv(entities, actor), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = "attachment"
    return response


@answers_devices("GET", "HEAD")
def integrity(call: Call, name: str) -> HttpResponse:
    """Say which of some rows (`?id=a,b`) are gone, so that a device forgets what was dropped or is done."""
    actor, entities = call.owner, _named(name)
    asked = [one for one in call.request.GET.get("id", "").split(",") if one][:MOST_ASKED]
    here = {row.name for row in entities.rows(actor)} if asked else set()
    rows = "".join(
        f"<entity id={quoteattr(one)}><deleted>{'false' if one in here else 'true'}</deleted></entity>"
        for one in asked
    )
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<data><entities>{rows}</entities></data>',
        content_type=XML,
    )


def _named(name: str) -> EntityList:
    if (found := entity_lists.named(name)) is None:
        raise Http404
    return found
