"""Addresses of instruments, with a form in use, one put away, a draft and a briefing."""

from collections.abc import Mapping

from nithet.domain.instruments.actions.briefings import Briefed, Told, record_briefing
from nithet.domain.instruments.actions.instruments import retire_instrument
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.rules.sheets import starter
from nithet.kernel import clock
from tests.web.routes.plans import day
from tests.web.routes.who import RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

READERS = STAFF
PRINTERS = STAFF
HERE_AND_THERE = RECORD_WRITERS | {"outsider"}


def writes(body: Mapping[str, str] | None = None, *, get: bool = True) -> Route:
    """Return a form that the people who do the office's work may send."""
    return Route(READERS, get=get, do=RECORD_WRITERS, body=lambda known: dict(body or {}))


BRIEFING = {"briefed_by": "กลุ่มนิเทศ", "others": "ศึกษานิเทศก์", **day("briefed_on")}
TABLE: dict[str, Route] = {
    "instruments:instruments": Route(SIGNED_IN, in_view=True),
    "instruments:new": Route(
        SIGNED_IN,
        do=HERE_AND_THERE,
        body=lambda known: {"pasted": "1. ข้อหนึ่ง\n2. ข้อสอง"},
    ),
    "instruments:draw": Route(
        SIGNED_IN,
        do=HERE_AND_THERE,
        body=lambda known: {"title": "แบบใหม่", "audience": "supervisors", "four_parts": "on"},
    ),
    "instruments:old_form": Route(SIGNED_IN, do=HERE_AND_THERE),
    "instruments:bring": Route(SIGNED_IN, do=HERE_AND_THERE),
    "instruments:instrument": Route(READERS, shows="<h1"),
    "instruments:next": Route(READERS),
    "instruments:settings": writes({"version": "2", "audience": "committee"}),
    "instruments:retire": writes({"version": "2"}, get=False),
    "instruments:reopen": writes({"version": "3"}, get=False),
    "instruments:version": Route(READERS, shows="สิ่งที่พบเห็น"),
    "instruments:publish": writes(get=False),
    "instruments:drop": writes(get=False),
    "instruments:changes": Route(READERS),
    "instruments:file": Route(READERS),
    "instruments:paper": Route(READERS, do=PRINTERS, body=lambda known: {"kind": "docx"}),
    "instruments:brief": writes(BRIEFING),
    "instruments:briefing": writes({"version": "1", **BRIEFING}),
    "instruments:take_back_briefing": writes(),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a form for each address."""
    actor = stage.cast.actor("supervisor")
    used = draw_up(actor=actor, sheet=starter("แบบนิเทศที่ใช้อยู่"), publish=True)
    away = draw_up(actor=actor, sheet=starter("แบบนิเทศที่เลิกใช้"), publish=True)
    retire_instrument(actor=actor, instrument=away.instrument, version=_version(away.instrument_id))
    draft = draw_up(actor=actor, sheet=starter("แบบนิเทศที่กำลังร่าง"))
    told = Told(clock.today(), "กลุ่มนิเทศ", [Briefed("ศึกษานิเทศก์")])
    briefing = record_briefing(actor=actor, version=used, told=told)
    return {
        "office_form_id": str(used.instrument_id),
        "retired_form_id": str(away.instrument_id),
        "form_version_id": str(used.pk),
        "form_draft_id": str(draft.pk),
        "form_file": "xlsx",
        "briefing_id": str(briefing.pk),
    }


def _version(key: int) -> int:
    return Instrument.objects.get(pk=key).version
