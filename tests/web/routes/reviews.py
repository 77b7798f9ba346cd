"""Addresses of folders, assessors and comparisons."""

from collections.abc import Mapping
from datetime import timedelta

from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.invitations import invite_person
from nithet.domain.reviews.actions.folders import propose_folder
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.domain.reviews.policy import FROZEN
from nithet.domain.reviews.queries.freezing import content_of
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.files.store import store
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from tests.domain.record_factories import PDF_BYTES
from tests.web.routes.who import (
    LEADERS,
    RECORD_WRITERS,
    SIGNED_IN,
    STAFF,
    Route,
    Stage,
    while_closed,
    while_open,
)

INVITERS = LEADERS | {"planner", "group_head"}
INVITED = STAFF | {"assessor"}

TABLE: dict[str, Route] = {
    "reviews:folders": Route(SIGNED_IN, in_view=True),
    "reviews:folder": Route(STAFF, do=frozenset({"director"}), body=lambda known: {"decision": "return", "answer": "x"}),
    "reviews:withdraw": Route(STAFF, get=False, do=RECORD_WRITERS),
    "reviews:propose": Route(
        STAFF,
        do=while_open(RECORD_WRITERS),
        body=lambda known: {"level": "2", "shown": known["shown"], "addressee": known["director"], "reason": "x"},
    ),
    "reviews:assessors": Route(
        STAFF, do=while_closed(INVITERS), body=lambda known: {"title": "x", "until_0": "1", "until_1": "1", "until_2": "2570"}
    ),
    "reviews:end_invitation": Route(INVITED, get=False, do=INVITERS),
    "reviews:frozen": Route(INVITED, shows="<h1"),
    "reviews:frozen_item": Route(INVITED, do=frozenset({"assessor"}), body=lambda known: {"text": "x", "version": "0"}),
    "reviews:frozen_level": Route(
        INVITED, get=False, do=frozenset({"assessor"}), body=lambda known: {"level": "2", "reason": "x"}
    ),
    "reviews:frozen_file": Route(INVITED),
    "reviews:frozen_pack": Route(INVITED),
    "reviews:compare": Route(STAFF),
}
BY_LINK = frozenset({"reviews:sign"})
"""Opened by a word that nobody can guess: `tests/web/reviews/test_signing.py` walks it with each person."""


def records(stage: Stage) -> Mapping[str, str]:
    """A folder before the director, a frozen copy, and the matrix's assessor invited to it."""
    cast, found = stage.cast, stage.round
    planner, director = cast.actor("planner"), Posting.objects.get(user__username="matrix-director").user
    folder, token = propose_folder(
        actor=planner,
        round=found,
        declared_level=None,
        shown=standing_of(found).digest,
        addressee_id=director.pk,
        reason="x",
    )
    kept = store("evidence", PDF_BYTES).sha256
    content = content_of(planner, found)
    content["items"][0]["evidence"][0] |= {"sha256": kept, "media_type": "application/pdf", "file_name": "a.pdf"}
    frozen = FrozenRound.objects.create(
        office_id=found.office_id, round=found, number=1, content=content, digest=digest_of(content), made_by="x", made_at=clock.now()
    )
    invitation, _ = invite_person(
        actor=cast.actor("administrator"),
        unit=found.office,
        role=Role.ASSESSOR,
        title="x",
        display_name="x",
        expires_on=clock.today() + timedelta(days=9),
        limited_to=f"{FROZEN}:{frozen.pk}",
    )
    Posting.objects.filter(user__username="matrix-assessor").update(limited_to=f"{FROZEN}:{frozen.pk}")
    return {
        "folder_id": str(folder.pk),
        "folder_token": token,
        "frozen_id": str(frozen.pk),
        "frozen_item": "1",
        "assessor_invitation_id": str(invitation.pk),
        "sha256": kept,
        "director": str(director.pk),
    }
