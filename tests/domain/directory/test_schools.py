"""Schools, networks, committees and stated figures."""

from datetime import date

import pytest

from nithet.domain.directory.actions.committees import create_committee
from nithet.domain.directory.actions.figures import state_figure
from nithet.domain.directory.actions.networks import create_network
from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy import committees as committee_policy
from nithet.domain.directory.policy import figures as figure_policy
from nithet.domain.directory.policy import schools as policy
from nithet.domain.directory.queries.committees import list_committees
from nithet.domain.directory.queries.figures import list_figures
from nithet.domain.directory.queries.networks import list_networks
from nithet.domain.directory.queries.schools import (
    find_school,
    known_school_count,
    list_schools,
    schools_named,
)
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_school


def test_a_registered_school_has_a_unit_under_its_office_and_an_event(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast, "วัดเพรียง", source="แบบรายงาน", district="เมือง")
    assert (school.unit.kind, school.unit.office_id, school.unit.parent_id) == (
        "school",
        office.pk,
        office.pk,
    )
    assert (school.name, str(school), school.source) == ("วัดเพรียง", "วัดเพรียง", "แบบรายงาน")
    event = AuditEvent.objects.get()
    assert (event.name, event.target_kind, event.target_id) == (
        "school.registered",
        "directory.school",
        str(school.pk),
    )
    assert "วัดเพรียง" in say(event)


def test_a_school_is_known_by_its_whole_name_and_never_by_a_part_of_it(
    cast: Cast, office: Unit
) -> None:
    longer = make_school(cast, "วัดโพธิ์ทัยมณี")
    shorter = make_school(cast, "วัดโพธิ์")
    assert shorter.pk != longer.pk
    assert [s.pk for s in schools_named("วัดโพธิ์")] == [shorter.pk]
    assert [s.pk for s in schools_named("โรงเรียนวัดโพธิ์ทัยมณี")] == [longer.pk]


def test_the_same_name_returns_the_kept_school_unchanged_and_writes_no_second_event(
    cast: Cast, office: Unit
) -> None:
    first = make_school(cast, "วัดเพรียง", district="เมือง")
    again = make_school(cast, "  โรงเรียนวัดเพรียง ", district="อื่น", source="ภายหลัง")
    assert (again.pk, again.district, again.source) == (first.pk, "เมือง", "")
    assert AuditEvent.objects.count() == 1
    assert known_school_count() == 1
    long = make_school(cast, "โรงเรียนวัดหนองหว้า")
    assert (make_school(cast, "วัดหนองหว้า").pk, long.name) == (long.pk, "โรงเรียนวัดหนองหว้า")


def test_two_schools_may_share_a_name_when_their_codes_differ(cast: Cast, office: Unit) -> None:
    one = make_school(cast, "บ้านหนองบัว", smis_code="01234567")
    other = make_school(cast, "บ้านหนองบัว", smis_code="07654321")
    assert one.pk != other.pk
    assert make_school(cast, "บ้านหนองบัว", smis_code="01234567").pk == one.pk
    with pytest.raises(RuleBroken) as broken:
        make_school(cast, "บ้านหนองบัว")
    assert broken.value.code == "school.several"
    with pytest.raises(RuleBroken) as broken:
        make_school(cast, "วัดอื่น", smis_code="01234567")
    assert broken.value.code == "school.code_taken"


@pytest.mark.parametrize("name", ["", "   ", "\u00a0\u200b"])
def test_a_school_needs_a_name(cast: Cast, office: Unit, name: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        make_school(cast, name)
    assert (broken.value.code, broken.value.field) == ("name.missing", "name")
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "person", ["planner", "supervisor", "school_head", "assessor", "outsider", "nobody"]
)
def test_only_the_administrator_registers_schools_networks_and_committees(
    cast: Cast, office: Unit, person: str
) -> None:
    if person == "outsider":
        # Their own office's scope is the only one in which they may ask; here they hold another role.
        assert not policy.may_register_school(cast.actor(person), None)
        return
    actor = cast.actor(person)
    for attempt in (
        lambda: register_school(actor=actor, name="วัดทดสอบ"),
        lambda: create_network(actor=actor, name="เครือข่ายทดสอบ"),
        lambda: create_committee(actor=actor, kind="area", name="คณะกรรมการทดสอบ"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.verdict.reason
    assert not School.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_system_registers_schools_for_an_import(cast: Cast, office: Unit) -> None:
    register_school(actor=system_actor("import", office.pk), name="วัดทดสอบ")
    assert AuditEvent.objects.get().actor_name == "system:import"


def test_the_same_name_in_another_office_is_another_school(cast: Cast) -> None:
    with scope(cast.office.pk):
        here = make_school(cast, "วัดทดสอบ")
    with scope(cast.other_office.pk):
        there = register_school(actor=system_actor("import", cast.other_office.pk), name="วัดทดสอบ")
        assert there.pk != here.pk
        assert known_school_count() == 1


def test_networks_and_committees_are_kept_once(cast: Cast, office: Unit) -> None:
    actor = cast.actor("administrator")
    network = create_network(actor=actor, name="เครือข่ายเมือง")
    assert create_network(actor=actor, name="เครือข่ายเมือง ").pk == network.pk
    school = make_school(cast, "วัดทดสอบ", network=network)
    assert school.unit.parent_id == network.unit_id
    committee = create_committee(
        actor=actor, kind="area", name="คณะกรรมการเขต", starts_on=date(2011, 10, 1)
    )
    assert create_committee(actor=actor, kind="area", name="คณะกรรมการเขต").pk == committee.pk
    assert AuditEvent.objects.count() == 3
    assert [n.school_count for n in list_networks(actor)] == [1]
    assert list(list_committees(actor)) == [committee]


def test_a_committee_cannot_end_before_it_begins(cast: Cast, office: Unit) -> None:
    with pytest.raises(RuleBroken) as broken:
        create_committee(
            actor=cast.actor("administrator"),
            kind=Committee.Kind.MONITORING,
            name="ก.ต.ป.น.",
            starts_on=date(2012, 1, 2),
            ends_on=date(2012, 1, 1),
        )
    assert broken.value.code == "committee.dates"


def state(cast: Cast, **fields: object) -> StatedFigure:
    given = {
        "value": 75,
        "counted_in": "โรงเรียน",
        "text": "โรงเรียนขนาดเล็ก",
        "source": "แบบรายงาน 5.4",
    }
    return state_figure(actor=cast.actor("planner"), fiscal_year=2555, **{**given, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("line", [211, None])
def test_a_stated_figure_is_kept_once_with_where_it_stands(
    cast: Cast, office: Unit, line: int | None
) -> None:
    kept = state(cast, line=line)
    assert state(cast, line=line).pk == kept.pk
    assert state(cast, value=55, counted_in="คน", line=line).pk != kept.pk
    assert [f.value for f in list_figures(cast.actor("planner"), 2555)].count(75) == 1
    assert not list_figures(cast.actor("planner"), 2556).exists()


def test_a_figure_without_a_source_is_refused_and_so_is_a_person_without_the_work(
    cast: Cast, office: Unit
) -> None:
    with pytest.raises(RuleBroken) as broken:
        state(cast, source=" ")
    assert broken.value.code == "figure.source"
    with pytest.raises(Refused):
        state_figure(
            actor=cast.actor("school_head"),
            fiscal_year=2555,
            value=1,
            counted_in="x",
            text="x",
            source="x",
        )
    assert not StatedFigure.objects.exists()


PEOPLE = [
    *("supervisor", "director", "planner", "administrator", "committee_member"),
    *("assessor", "school_head", "school_desk", "outsider", "nobody"),
]


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_the_question_whether_one_may_see_agree(
    cast: Cast, office: Unit, person: str
) -> None:
    own = School.objects.create(office=office, unit=cast.school)
    other = make_school(cast, "วัดอื่น")
    network = create_network(actor=cast.actor("administrator"), name="เครือข่าย")
    committee = create_committee(actor=cast.actor("administrator"), kind="area", name="คณะกรรมการ")
    figure = state(cast)
    actor = cast.actor(person)
    assert {own, other} & set(policy.visible_to(actor)) == {
        s for s in (own, other) if policy.may_see(actor, s)
    }
    assert (network in policy.visible_networks(actor)) == bool(
        policy.may_see_network(actor, network)
    )
    assert (committee in committee_policy.visible_committees(actor)) == bool(
        committee_policy.may_see_committee(actor, committee)
    )
    assert (figure in figure_policy.visible_figures(actor)) == bool(
        figure_policy.may_see_figure(actor, figure)
    )
    nothing: set[School] = set()
    expected = {"school_head": {own}, "school_desk": {own}, "assessor": nothing, "outsider": nothing, "nobody": nothing}
    assert set(policy.visible_to(actor)) == expected.get(person, {own, other})
    assert policy.may_see(actor, other).reason


def test_a_network_chair_reads_the_list_of_schools(cast: Cast, office: Unit) -> None:
    network = create_network(actor=cast.actor("administrator"), name="เครือข่าย")
    school = make_school(cast)
    Posting.objects.create(user=cast.users["nobody"], role=Role.NETWORK_CHAIR, unit=network.unit)
    assert policy.may_see(cast.actor("nobody"), school)
    assert find_school(cast.actor("nobody"), school.pk) == school
    assert Network.objects.get() in policy.visible_networks(cast.actor("nobody"))


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_one_question_whatever_the_rows(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    network = create_network(actor=cast.actor("administrator"), name="เครือข่าย")
    for number in range(count):
        make_school(cast, f"วัดที่ {number}", network=network)
        state(cast, line=number)
    actor = cast.actor("director")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert (
            len([(s.name, s.network and s.network.unit.name) for s in list_schools(actor)]) == count
        )
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [n.school_count for n in list_networks(actor)] == [count]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(list_figures(actor, 2555)) == count


def test_references_name_only_what_the_reader_may_see(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    refs = [RecordRef("directory.school", key) for key in (str(school.pk), "999999", "x")]
    found = resolve(cast.actor("planner"), refs)
    assert [(ref.id, one.title) for ref, one in found.items()] == [(str(school.pk), "วัดทดสอบ")]
    assert resolve(cast.actor("school_head"), refs) == {}
    assert resolve(cast.actor("outsider"), refs) == {}
