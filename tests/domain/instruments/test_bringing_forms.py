"""Forms become versions: a draft, then in use, then followed by another; a published one never changes."""

import pytest

from nithet.domain.instruments.actions.forms import Brought, Medium, bring_form, record_form
from nithet.domain.instruments.actions.instruments import (
    edit_instrument,
    reopen_instrument,
    retire_instrument,
)
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.actions.versions import drop_draft, publish_version
from nithet.domain.instruments.files import read
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.kept import kept_digests
from nithet.domain.instruments.queries.published import published_for
from nithet.domain.instruments.queries.serving import instruments_by_project
from nithet.domain.instruments.queries.versions import list_instruments, mark_of
from nithet.domain.instruments.rules.comparing import difference
from nithet.domain.instruments.rules.pasting import Kind, Line
from nithet.domain.instruments.rules.sheets import FormSheet, starter
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.search.registry import search_kinds
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast
from tests.domain.instruments.xlsforms import convert, form, row
from tests.domain.record_factories import make_project

MAY_MAKE = ["planner", "supervisor", "director"]
MAY_NOT_MAKE = ["administrator", "committee_member", "assessor", "school_head", "nobody"]
ONE = form([row("text", label="ข้อหนึ่ง")])
TWO = form([row("text", label="ข้อหนึ่ง"), row("text", label="ข้อสอง")])


def bring(
    cast: Cast, data: bytes = ONE, who: str = "supervisor", **more: object
) -> InstrumentVersion:
    return bring_form(actor=cast.actor(who), data=data, file_name="แบบ.xlsx", **more)  # type: ignore[arg-type]


def states(instrument: Instrument) -> list[tuple[str, str]]:
    return list(instrument.versions.order_by("pk").values_list("version", "state"))


@pytest.mark.parametrize("person", MAY_MAKE)
def test_whoever_does_the_work_brings_a_form_as_a_draft_and_publishes_it(
    cast: Cast, office: Unit, person: str
) -> None:
    draft = bring(cast, who=person)
    assert (draft.version, draft.state, draft.title) == ("1", "draft", "แบบทดสอบ")
    assert not published_for(cast.actor("supervisor")).exists()
    publish_version(actor=cast.actor(person), draft=draft)
    assert [one.pk for one in published_for(cast.actor("supervisor"))] == [draft.pk]
    assert read(draft.xlsx_sha256) == ONE
    assert draft.xlsx_sha256 in kept_digests()
    events = AuditEvent.objects.order_by("pk")
    assert [one.name for one in events] == ["instrument.brought", "instrument.published"]
    assert "แบบทดสอบ" in say(events[0])


@pytest.mark.parametrize("person", MAY_NOT_MAKE)
def test_others_make_no_form(cast: Cast, office: Unit, person: str) -> None:
    draft = bring(cast)
    with pytest.raises(Refused):
        bring(cast, TWO, person)
    with pytest.raises(Refused):
        draw_up(actor=cast.actor(person), sheet=starter("แบบ"))
    with pytest.raises(Refused):
        publish_version(actor=cast.actor(person), draft=draft)
    assert states(draft.instrument) == [("1", "draft")]


def test_another_office_does_not_publish_it(cast: Cast, office: Unit) -> None:
    draft = bring(cast)
    with pytest.raises(Refused):
        publish_version(actor=cast.actor("outsider"), draft=draft)
    with scope(cast.other_office.pk):
        assert not list_instruments(cast.actor("outsider")).exists()


def test_the_same_file_again_gives_the_same_version_and_writes_nothing(
    cast: Cast, office: Unit
) -> None:
    first = bring(cast, publish=True)
    events = AuditEvent.objects.count()
    assert bring(cast, publish=True).pk == first.pk
    assert bring(cast).pk == first.pk
    assert AuditEvent.objects.count() == events


def test_a_changed_file_becomes_the_next_version_although_it_says_the_old_one(
    cast: Cast, office: Unit
) -> None:
    first = bring(cast, publish=True)
    before = (first.xform, first.hash, first.definition)
    second = bring(cast, TWO, publish=True)
    assert (second.version, second.instrument_id) == ("2", first.instrument_id)
    assert 'version="2"' in second.xform
    assert "version_taken" in [one["code"] for one in second.warnings]
    assert states(first.instrument) == [("1", "retired"), ("2", "published")]
    first.refresh_from_db()
    assert (first.xform, first.hash, first.definition) == before
    told = difference(first.definition, second.definition)
    assert [one["label"] for one in told.added] == ["ข้อสอง"]
    assert told.kept == 1 and not told.removed


def test_a_version_of_its_own_is_kept_as_it_is_said(cast: Cast, office: Unit) -> None:
    settings = [{"form_title": "แบบ", "form_id": "own", "version": "2569-1"}]
    made = bring(cast, form([row("text", label="ก")], settings=settings))
    assert (made.version, made.instrument.form_id, made.warnings) == ("2569-1", "own", [])


def test_a_form_without_a_code_begins_an_instrument_with_one_of_ours(
    cast: Cast, office: Unit
) -> None:
    nameless = form([row("text", label="ก")], settings=[{"form_title": "แบบ ก"}])
    other = form([row("text", label="ข")], settings=[{"form_title": "แบบ ข"}])
    codes = [bring(cast, data).instrument.form_id for data in (nameless, other)]
    assert len(set(codes)) == 2 and all(codes)


def test_a_draft_is_replaced_as_a_whole(cast: Cast, office: Unit) -> None:
    first = bring(cast)
    second = bring(cast, TWO)
    assert first.pk == second.pk
    assert states(second.instrument) == [("1", "draft")]
    assert len([one for one in second.definition if one["asks"]]) == 2


def test_of_two_who_bring_a_version_at_once_the_later_is_told(cast: Cast, office: Unit) -> None:
    first = bring(cast, publish=True)
    stale = Brought(convert(TWO), first.instrument, "", "0" * 64, "x.xlsx", [])
    with pytest.raises(Conflict):
        record_form(actor=cast.actor("supervisor"), brought=stale, publish=False)
    assert states(first.instrument) == [("1", "published")]


def test_whoever_changes_a_draft_that_somebody_replaced_is_told(cast: Cast, office: Unit) -> None:
    draft = bring(cast)
    seen = mark_of(draft)
    bring(cast, TWO, "director", seen=seen)
    three = form([row("text", label="ข้อสาม")])
    with pytest.raises(Conflict):
        bring(cast, three, seen=seen)
    draft.refresh_from_db()
    assert [one["label"] for one in draft.definition if one["asks"]] == ["ข้อหนึ่ง", "ข้อสอง"]


def test_of_two_new_forms_of_one_code_the_later_is_told(cast: Cast, office: Unit) -> None:
    bring(cast)
    stale = Brought(convert(ONE), None, "", "0" * 64, "x.xlsx", [])
    with pytest.raises(Conflict):
        record_form(actor=cast.actor("supervisor"), brought=stale, publish=False)


def test_a_published_version_is_not_published_again_and_not_dropped(
    cast: Cast, office: Unit
) -> None:
    made = bring(cast, publish=True)
    for act in (publish_version, drop_draft):
        with pytest.raises(RuleBroken) as refused:
            act(actor=cast.actor("supervisor"), draft=made)
        assert refused.value.code == "version.not_draft"


def test_a_dropped_draft_is_gone_and_its_code_may_be_used_again(cast: Cast, office: Unit) -> None:
    draft = bring(cast)
    drop_draft(actor=cast.actor("supervisor"), draft=draft)
    assert not list_instruments(cast.actor("supervisor")).exists()
    again = bring(cast, publish=True)
    assert again.instrument_id == draft.instrument_id
    assert list_instruments(cast.actor("supervisor")).count() == 1


def test_dropping_the_next_draft_leaves_what_is_in_use(cast: Cast, office: Unit) -> None:
    used = bring(cast, publish=True)
    drop_draft(actor=cast.actor("director"), draft=bring(cast, TWO))
    assert states(used.instrument) == [("1", "published")]


def test_a_form_is_put_away_and_taken_into_use_again(cast: Cast, office: Unit) -> None:
    made = bring(cast, publish=True)
    actor = cast.actor("supervisor")
    kept = Instrument.objects.get(pk=made.instrument_id)
    with pytest.raises(Conflict):
        retire_instrument(actor=actor, instrument=kept, version=kept.version + 1)
    away = retire_instrument(actor=actor, instrument=kept, version=kept.version)
    assert (away.state, states(away)) == ("retired", [("1", "retired")])
    assert not published_for(actor).exists()
    back = reopen_instrument(actor=actor, instrument=away, version=away.version)
    assert (back.state, states(back)) == ("published", [("1", "published")])
    with pytest.raises(RuleBroken):
        reopen_instrument(actor=actor, instrument=back, version=back.version)


@pytest.mark.parametrize("person", MAY_NOT_MAKE)
def test_others_change_nothing_about_a_form(cast: Cast, office: Unit, person: str) -> None:
    kept = Instrument.objects.get(pk=bring(cast, publish=True).instrument_id)
    for act in (retire_instrument, reopen_instrument, edit_instrument):
        with pytest.raises(Refused):
            act(actor=cast.actor(person), instrument=kept, version=kept.version)


def test_a_form_for_the_committee_reaches_its_members_and_not_only_supervisors(
    cast: Cast, office: Unit
) -> None:
    own = bring(cast, publish=True)
    data = form([row("text", label="ก")], settings=[{"form_title": "ก", "form_id": "committee"}])
    theirs = bring(cast, data, audience="committee", publish=True)
    assert [one.pk for one in published_for(cast.actor("committee_member"))] == [theirs.pk]
    assert {one.pk for one in published_for(cast.actor("supervisor"))} == {own.pk, theirs.pk}
    assert not published_for(cast.actor("school_head")).exists()


def test_a_form_serves_projects_of_its_office_alone(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    ref = f"plans.project:{project.pk}"
    kept = Instrument.objects.get(pk=bring(cast, publish=True).instrument_id)
    edited = edit_instrument(actor=actor, instrument=kept, version=kept.version, serves=[ref, ref])
    assert edited.serves == [ref]
    assert instruments_by_project([ref, "plans.project:0"]) == {
        ref: [edited],
        "plans.project:0": [],
    }
    for wrong in ("plans.project:999999", "directory.school:1", "x"):
        with pytest.raises(RuleBroken):
            edit_instrument(actor=actor, instrument=kept, version=edited.version, serves=[wrong])
    with pytest.raises(Conflict) as conflict:
        edit_instrument(actor=actor, instrument=kept, version=kept.version, audience="committee")
    assert conflict.value.params["theirs"] == {"audience": Instrument.Audience.SUPERVISORS.label}


def test_media_are_kept_beside_the_form_and_stay_for_the_next_version(
    cast: Cast, office: Unit
) -> None:
    survey = [row("select_one_from_file list.csv", "a", "ก")]
    csv = b"name,label\n1,one\n2,two\n"
    first = bring(cast, form(survey), media=[Medium("list.csv", csv)], publish=True)
    assert [(one["name"], one["size"]) for one in first.media] == [("list.csv", len(csv))]
    assert first.warnings == []
    assert read(first.media[0]["sha256"]) == csv
    assert first.media[0]["sha256"] in kept_digests()
    second = bring(cast, form([*survey, row("text", "b", "ข")]), publish=True)
    assert second.media == first.media
    third = bring(cast, form([row("text", "b", "ข")]))
    assert third.media == []


@pytest.mark.parametrize("name", ["other.csv", "../list.csv", "", "a/b.csv"])
def test_files_that_the_form_does_not_name_are_refused(cast: Cast, office: Unit, name: str) -> None:
    survey = [row("select_one_from_file list.csv", "a", "ก")]
    with pytest.raises(BadInput):
        bring(cast, form(survey), media=[Medium(name, b"name,label\n1,one\n")])
    assert not Instrument.objects.exists()


def test_a_form_drawn_up_from_lines_is_a_workbook_that_comes_back_as_the_next_version(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    sheet = FormSheet(
        "แบบนิเทศ", [Line(Kind.RATING, "ครูใช้สื่อ"), Line(Kind.RATING, "ครูวัดผล")], "equal-4"
    )
    first = draw_up(actor=actor, sheet=sheet, publish=True)
    assert first.warnings == []
    same = bring_form(actor=actor, data=read(first.xlsx_sha256), file_name="ก.xlsx", publish=True)
    assert same.pk == first.pk
    longer = FormSheet("แบบนิเทศ", [Line(Kind.RATING, "ใหม่"), *sheet.lines], "equal-4")
    second = draw_up(actor=actor, sheet=longer, instrument=first.instrument, publish=True)
    assert (second.version, second.instrument_id) == ("2", first.instrument_id)
    told = difference(first.definition, second.definition)
    assert [one["label"] for one in told.added] == ["ใหม่"]
    assert not told.removed and not told.changed


def test_the_system_brings_forms_for_an_office(cast: Cast, office: Unit) -> None:
    made = bring_form(
        actor=system_actor("console", office.pk),
        data=ONE,
        file_name="f.xlsx",
        purpose="supervision.visit",
        publish=True,
    )
    assert (made.state, made.instrument.purpose) == ("published", "supervision.visit")


def test_a_form_that_becomes_a_record_is_not_drawn_anew(cast: Cast, office: Unit) -> None:
    made = bring(cast, purpose="supervision.visit", publish=True)
    with pytest.raises(RuleBroken) as refused:
        draw_up(actor=cast.actor("supervisor"), sheet=starter("แบบ"), instrument=made.instrument)
    assert refused.value.code == "sheet.purpose"


def test_forms_and_versions_are_named_to_those_who_may_read_them(cast: Cast, office: Unit) -> None:
    made = bring(cast, publish=True)
    refs = [
        RecordRef("instruments.instrument", str(made.instrument_id)),
        RecordRef("instruments.instrumentversion", str(made.pk)),
    ]
    named = resolve(cast.actor("administrator"), refs)
    assert [named[ref].title for ref in refs] == ["แบบทดสอบ", "แบบทดสอบ (1)"]
    assert resolve(cast.actor("school_head"), refs) == {}


def test_search_finds_a_form_by_its_title_and_by_any_of_its_questions(
    cast: Cast, office: Unit
) -> None:
    made = bring(cast, publish=True)
    documents = list(search_kinds()["instruments.instrument"].documents(None))
    assert [(one.id, one.title) for one in documents] == [(str(made.instrument_id), "แบบทดสอบ")]
    assert "ข้อหนึ่ง" in documents[0].body
    drop_draft(
        actor=cast.actor("supervisor"),
        draft=draw_up(actor=cast.actor("supervisor"), sheet=starter("ร่าง")),
    )
    assert len(list(search_kinds()["instruments.instrument"].documents(None))) == 1
