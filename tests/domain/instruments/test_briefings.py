"""Who was briefed on which version, when, by whom."""

from datetime import date, timedelta

import pytest

from nithet.domain.instruments.actions.briefings import (
    Briefed,
    Told,
    edit_briefing,
    record_briefing,
    take_back_briefing,
)
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.actions.versions import drop_draft
from nithet.domain.instruments.models.briefings import Briefing
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.briefings import (
    briefed_accounts,
    find_briefing,
    list_briefings,
    people_to_brief,
)
from nithet.domain.instruments.rules.sheets import starter
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

DAY = date(2012, 6, 11)


@pytest.fixture
def version(cast: Cast, office: Unit) -> InstrumentVersion:
    return draw_up(actor=cast.actor("supervisor"), sheet=starter("แบบนิเทศ"), publish=True)


def told(cast: Cast, **more: object) -> Told:
    values: dict[str, object] = {
        "briefed_on": DAY,
        "briefed_by": " ผอ.กลุ่มนิเทศ ",
        "people": [Briefed("ศึกษานิเทศก์", cast.users["supervisor"].pk), Briefed("ประธานเครือข่าย")],
        "place": "ห้องประชุม",
    }
    return Told(**{**values, **more})  # type: ignore[arg-type]


def test_a_briefing_names_version_day_and_people(cast: Cast, version: InstrumentVersion) -> None:
    kept = record_briefing(actor=cast.actor("planner"), version=version, told=told(cast))
    assert (kept.briefed_on, kept.briefed_by, kept.place) == (DAY, "ผอ.กลุ่มนิเทศ", "ห้องประชุม")
    assert [one.title for one in kept.people.all()] == ["ศึกษานิเทศก์", "ประธานเครือข่าย"]
    assert briefed_accounts(version.pk) == {cast.users["supervisor"].pk}
    assert list(list_briefings(cast.actor("director"), version.instrument)) == [kept]
    assert AuditEvent.objects.order_by("pk").last().name == "briefing.recorded"  # type: ignore[union-attr]


@pytest.mark.parametrize("person", ["administrator", "committee_member", "school_head", "outsider"])
def test_others_record_no_briefing(cast: Cast, version: InstrumentVersion, person: str) -> None:
    kept = record_briefing(actor=cast.actor("planner"), version=version, told=told(cast))
    actor = cast.actor(person)
    with pytest.raises(Refused):
        record_briefing(actor=actor, version=version, told=told(cast))
    with pytest.raises(Refused):
        edit_briefing(actor=actor, briefing=kept, version=1, told=told(cast))
    with pytest.raises(Refused):
        take_back_briefing(actor=actor, briefing=kept)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"briefed_by": "  "}, "briefed_by"),
        ({"people": [Briefed("  ")]}, "people"),
        ({"people": [Briefed("ใคร", 999_999)]}, "people"),
        ({"briefed_on": clock.today() + timedelta(days=2)}, "briefed_on"),
    ],
)
def test_what_is_missing_or_strange_is_told_at_its_field(
    cast: Cast, version: InstrumentVersion, more: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        record_briefing(actor=cast.actor("planner"), version=version, told=told(cast, **more))
    assert refused.value.field == field
    assert not Briefing.objects.exists()


def test_somebody_of_another_office_is_answered_as_if_they_did_not_exist(
    cast: Cast, version: InstrumentVersion
) -> None:
    stranger = [Briefed("ใคร", cast.users["outsider"].pk)]
    with pytest.raises(RuleBroken) as refused:
        record_briefing(
            actor=cast.actor("planner"), version=version, told=told(cast, people=stranger)
        )
    assert refused.value.code == "briefing.unknown"


def test_of_two_who_correct_a_briefing_the_later_is_told(
    cast: Cast, version: InstrumentVersion
) -> None:
    actor = cast.actor("planner")
    kept = record_briefing(actor=actor, version=version, told=told(cast))
    new = told(cast, place="ออนไลน์", people=[Briefed("ผู้แทน")])
    edited = edit_briefing(actor=actor, briefing=kept, version=1, told=new)
    assert (edited.place, edited.version) == ("ออนไลน์", 2)
    assert [one.title for one in edited.people.all()] == ["ผู้แทน"]
    with pytest.raises(Conflict):
        edit_briefing(actor=actor, briefing=kept, version=1, told=told(cast))


def test_a_briefing_is_taken_back_and_counts_nowhere(
    cast: Cast, version: InstrumentVersion
) -> None:
    actor = cast.actor("planner")
    kept = record_briefing(actor=actor, version=version, told=told(cast))
    take_back_briefing(actor=actor, briefing=kept)
    assert briefed_accounts(version.pk) == frozenset()
    assert find_briefing(actor, kept.pk) is None
    kept.refresh_from_db()
    with pytest.raises(RuleBroken):
        edit_briefing(actor=actor, briefing=kept, version=1, told=told(cast))


def test_a_draft_that_people_were_briefed_on_is_not_dropped(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    draft = draw_up(actor=actor, sheet=starter("แบบร่าง"))
    record_briefing(actor=actor, version=draft, told=told(cast))
    with pytest.raises(RuleBroken) as refused:
        drop_draft(actor=actor, draft=draft)
    assert refused.value.code == "version.briefed"


def test_those_who_fill_the_form_are_offered(cast: Cast, version: InstrumentVersion) -> None:
    actor = cast.actor("planner")
    offered = people_to_brief(actor, "supervisors", clock.today())
    assert offered.keys() == {cast.users[name].pk for name in ("supervisor", "director", "planner")}
    committee = people_to_brief(actor, "committee", clock.today())
    assert cast.users["committee_member"].pk in committee
