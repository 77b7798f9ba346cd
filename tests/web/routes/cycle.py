"""Addresses of the supervision cycle, and this year's cycle, a model, a review and a frozen pack for them."""

from collections.abc import Mapping
from datetime import date

from nithet.domain.supervision.actions.cycle import (
    choose_model,
    link_record,
    save_model,
    write_step,
)
from nithet.domain.supervision.actions.information_packs import freeze_information_pack
from nithet.domain.supervision.actions.system_reviews import record_review
from nithet.domain.supervision.models.cycle import CycleStep
from nithet.domain.supervision.rules.cycle_models import read_lines
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from tests.web.routes.plans import day
from tests.web.routes.who import RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

ELSEWHERE = RECORD_WRITERS | {"outsider"}
"""Where a page is about the reader's own office, the director of another one succeeds in theirs."""


def writes(body: Mapping[str, str], *, get: bool = True) -> Route:
    """Return a form that the people who keep the cycle may send."""
    return Route(STAFF, get=get, do=RECORD_WRITERS, body=lambda known: dict(body))


TABLE: dict[str, Route] = {
    "cycle:cycle": Route(SIGNED_IN, in_view=True),
    "cycle:choose": Route(
        STAFF | {"outsider"}, do=ELSEWHERE, body=lambda known: {"model": "pdca", "version": "0"}
    ),
    "cycle:add_model": Route(
        SIGNED_IN, do=ELSEWHERE, body=lambda known: {"name": "แบบของเรา", "steps": "ก\nข"}
    ),
    "cycle:edit_model": writes({"version": "1", "name": "แบบอื่น", "steps": "ก\nข"}),
    "cycle:take_back_model": writes({}, get=False),
    "cycle:model_file": Route(STAFF | {"outsider"}, shows="steps:"),
    "cycle:step": writes({"version": "2", "text": "ทำอื่น"}),
    "cycle:finish": writes({"version": "2"}),
    "cycle:reopen": writes({"version": "2", "reason": "แก้"}),
    "cycle:link": writes({"ref": "nothing.here:1"}, get=False),
    "cycle:unlink": writes({"ref": "nothing.here:1"}, get=False),
    "cycle:matrix": Route(SIGNED_IN, in_view=True),
    "cycle:indicators": Route(SIGNED_IN, in_view=True),
    "cycle:summary": Route(SIGNED_IN, in_view=True),
    "cycle:reviews": Route(SIGNED_IN, in_view=True),
    "cycle:add_review": Route(
        SIGNED_IN, do=ELSEWHERE, body=lambda known: {**day("reviewed_on"), "checked": "พบว่า"}
    ),
    "cycle:review": Route(STAFF, shows="<h1"),
    "cycle:edit_review": writes({"version": "1", **day("reviewed_on"), "checked": "พบอื่น"}),
    "cycle:take_back_review": writes({}, get=False),
    "cycle:handbook": Route(STAFF),
    "cycle:information": Route(SIGNED_IN, in_view=True),
    "cycle:freeze": Route(SIGNED_IN, get=False, do=ELSEWHERE),
    "cycle:pack": Route(STAFF, shows="<h1"),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring this year's cycle with a written step, a model of the office, a review and a frozen pack."""
    planner, year = stage.cast.actor("planner"), fiscal_year(clock.today())
    cycle = choose_model(actor=planner, fiscal_year=year, key="eight_steps")
    step = write_step(
        actor=planner,
        step=CycleStep.objects.get(cycle=cycle, code="plan"),
        version=1,
        text="จัดทำแผน",
    )
    link_record(actor=planner, step=step, ref=RecordRef("directory.school", str(stage.school.pk)))
    kept = save_model(actor=planner, model=read_lines("แบบของเขต", "", "วางแผน\nนิเทศ"))
    review = record_review(actor=planner, reviewed_on=date(2012, 2, 1), checked="พบว่า")
    pack = freeze_information_pack(actor=planner, year=2555)
    return {
        "cycle_model_id": str(kept.pk),
        "cycle_step_id": str(step.pk),
        "system_review_id": str(review.pk),
        "pack_id": str(pack.pk),
        "model_key": "pdca",
        "handbook_kind": "docx",
    }
