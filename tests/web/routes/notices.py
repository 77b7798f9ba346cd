"""Addresses of notices."""

from collections.abc import Mapping

from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.web.routes.who import NO_OFFICE, SIGNED_IN, Route, Stage

EVERYBODY_POSTED = SIGNED_IN - NO_OFFICE


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a notice of somebody who is not among the people of the matrix: it is there for none of them."""
    with scope(stage.cast.office.pk):
        notice = Notice.objects.create(
            office=stage.cast.office,
            user=stage.cast.users["committee_member"],
            kind="matrix.trial",
            same="matrix",
            made_at=clock.now(),
        )
    return {"notice_id": str(notice.pk)}


TABLE: dict[str, Route] = {
    "notices:notices": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "notices:read_all": Route(
        SIGNED_IN - NO_OFFICE, get=False, do=EVERYBODY_POSTED
    ),
    "notices:open": Route(frozenset(), get=False, do=frozenset()),
}
