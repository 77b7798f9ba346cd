"""Groups, positions, duties, committees, boards and experts of an office."""

import datetime

import pytest

from nithet.domain.directory.actions.committees import (
    create_committee,
    edit_committee,
    edit_member,
    seat_member,
    take_back_committee,
    take_back_member,
)
from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.actions.staff import (
    add_expert,
    add_group,
    add_position,
    add_usual_groups,
    assign_duty,
    assign_schools,
    edit_duty,
    edit_expert,
    edit_group,
    edit_position,
    fill_position,
    take_back_duty,
    take_back_expert,
    take_back_group,
    take_back_position,
)
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Assignment, Position
from nithet.domain.directory.people import end_posting
from nithet.domain.directory.queries.staff import (
    list_bodies,
    list_duties,
    list_groups,
    list_positions,
    supervisors_of,
)
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

TODAY = clock.today()
DAY = datetime.timedelta(days=1)


def school(office: Unit, n: int = 1) -> School:
    return register_school(
        actor=system_actor("test", office.pk), name=f"โรงเรียนตัวอย่างที่ {n}", smis_code=f"7601{n:04}"
    )


def filled(cast: Cast) -> Position:
    """A supervisor's position that the cast's supervisor fills."""
    administrator = cast.actor("administrator")
    position = add_position(
        actor=administrator, unit=cast.office, role=Role.SUPERVISOR, title="ศึกษานิเทศก์", number="12"
    )
    posting = Posting.objects.get(user=cast.users["supervisor"])
    fill_position(actor=administrator, position=position, posting=posting)
    return position


def test_the_usual_groups_of_today_are_ten_and_come_once(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    assert len(add_usual_groups(actor=administrator, year=2569)) == 10
    assert add_usual_groups(actor=administrator, year=2569) == []
    assert len(list_groups(administrator)) == 10


def test_an_office_of_2555_has_no_legal_and_no_ict_group(cast: Cast, office: Unit) -> None:
    names = {one.name for one in add_usual_groups(actor=cast.actor("administrator"), year=2555)}
    assert "กลุ่มส่งเสริมสถานศึกษาเอกชน" in names
    assert not any("กฎหมาย" in name or "ทางไกล" in name for name in names)


def test_a_duty_survives_the_holder_who_leaves(cast: Cast, office: Unit) -> None:
    position, one = filled(cast), school(office)
    assign_duty(actor=cast.actor("administrator"), position=position, school=one)
    assert supervisors_of(one, TODAY) == ["supervisor"]
    posting = Posting.objects.select_related("unit").get(user=cast.users["supervisor"])
    end_posting(actor=cast.actor("administrator"), posting=posting, ends_on=TODAY, version=1)
    assert supervisors_of(one, TODAY + DAY) == ["ศึกษานิเทศก์ (12)"]
    shown = list_positions(cast.actor("director"), TODAY + DAY).get(pk=position.pk)
    assert (shown.is_held, shown.holders_now, shown.duty_count) == (False, [], 1)


def test_schools_are_assigned_at_once_and_a_second_time_changes_nothing(
    cast: Cast, office: Unit
) -> None:
    position, schools = filled(cast), [school(office, n) for n in range(1, 4)]
    administrator = cast.actor("administrator")
    made = assign_schools(actor=administrator, position=position, schools=schools)
    assert len(made) == 3
    assert assign_schools(actor=administrator, position=position, schools=schools) == made
    assert list_duties(cast.actor("planner"), TODAY).count() == 3


def test_a_duty_moves_to_another_position_and_two_who_move_it_are_told(
    cast: Cast, office: Unit
) -> None:
    administrator = cast.actor("administrator")
    position, one = filled(cast), school(office)
    duty = assign_duty(actor=administrator, position=position, school=one)
    other = add_position(
        actor=administrator, unit=office, role=Role.SUPERVISOR, title="ศึกษานิเทศก์", number="13"
    )
    edit_duty(actor=administrator, assignment=duty, version=1, position=other)
    with pytest.raises(Conflict) as told:
        edit_duty(actor=administrator, assignment=duty, version=1, position=position)
    assert told.value.params["version"] == 2


def test_a_duty_without_a_school_or_without_words_is_none(cast: Cast, office: Unit) -> None:
    position = filled(cast)
    for kind, code in (
        (Assignment.Kind.SCHOOL_SUPERVISOR, "duty.school"),
        (Assignment.Kind.OTHER, "duty.text"),
    ):
        with pytest.raises(RuleBroken) as refused:
            assign_duty(actor=cast.actor("administrator"), position=position, kind=kind)
        assert refused.value.code == code


def test_a_position_with_duties_is_not_taken_back(cast: Cast, office: Unit) -> None:
    position, administrator = filled(cast), cast.actor("administrator")
    duty = assign_duty(actor=administrator, position=position, school=school(office))
    with pytest.raises(RuleBroken, match="Duties belong"):
        take_back_position(actor=administrator, position=position)
    take_back_duty(actor=administrator, assignment=duty)
    take_back_position(actor=administrator, position=position)
    assert not list_positions(administrator, TODAY).exists()


def test_a_number_belongs_to_one_position(cast: Cast, office: Unit) -> None:
    filled(cast)
    with pytest.raises(RuleBroken, match="another position"):
        add_position(
            actor=cast.actor("administrator"),
            unit=office,
            role=Role.PLANNER,
            title="x",
            number=" 12 ",
        )


def test_nobody_fills_a_position_at_another_unit(cast: Cast, office: Unit) -> None:
    position = filled(cast)
    for who in ("school_head", "outsider"):
        posting = Posting.objects.select_related("unit").get(user=cast.users[who])
        with pytest.raises(RuleBroken):
            fill_position(actor=cast.actor("administrator"), position=position, posting=posting)


def test_area_committees_end_by_law_and_none_begins_later(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    old = create_committee(
        actor=administrator,
        kind="area",
        name="คณะกรรมการเขตพื้นที่การศึกษา",
        starts_on=datetime.date(2011, 1, 1),
    )
    assert old.last_day == datetime.date(2016, 3, 21)
    with pytest.raises(RuleBroken, match="ceased to exist"):
        create_committee(
            actor=administrator,
            kind="area",
            name="คณะกรรมการเขต",
            starts_on=datetime.date(2020, 1, 1),
        )
    new = create_committee(
        actor=administrator, kind="monitoring", name="ก.ต.ป.น.", starts_on=datetime.date(2020, 1, 1)
    )
    assert new.last_day is None


def test_a_board_names_its_school_and_only_a_board_does(cast: Cast, office: Unit) -> None:
    administrator, one = cast.actor("administrator"), school(office)
    board = create_committee(
        actor=administrator, kind="school_board", name="คณะกรรมการสถานศึกษา", school=one
    )
    assert [row.pk for row in list_bodies(administrator, boards=True)] == [board.pk]
    for kind, given in (("school_board", None), ("monitoring", one)):
        with pytest.raises(RuleBroken) as refused:
            create_committee(actor=administrator, kind=kind, name="x", school=given)
        assert refused.value.code == "committee.school"


def test_seats_are_entered_changed_and_taken_back(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    committee = create_committee(actor=administrator, kind="monitoring", name="ก.ต.ป.น.")
    member = seat_member(
        actor=administrator, committee=committee, title="ผู้แทนองค์กรเอกชน", seat="c_member"
    )
    member = edit_member(
        actor=administrator, member=member, version=1, title="ผู้แทนองค์กรเอกชน", seat="b_deputy"
    )
    assert (member.seat, member.version) == ("b_deputy", 2)
    with pytest.raises(Conflict):
        edit_member(actor=administrator, member=member, version=1, title="x", seat="b_deputy")
    take_back_member(actor=administrator, member=member)
    assert list_bodies(administrator).get().seat_count == 0


def test_who_keeps_and_who_does_not(cast: Cast, office: Unit) -> None:
    for who in ("planner", "supervisor", "school_head", "committee_member", "nobody"):
        with pytest.raises((Refused, LookupError)):
            add_group(actor=cast.actor(who), name="กลุ่มทดสอบ")
    assert add_group(actor=cast.actor("director"), name="กลุ่มทดสอบ").pk
    assert AuditEvent.objects.filter(name="group.added").count() == 1


def test_every_noun_is_edited_with_its_version_and_taken_back(cast: Cast, office: Unit) -> None:
    keeper = cast.actor("administrator")
    group = add_group(actor=keeper, name="กลุ่มทดสอบ")
    expert = add_expert(actor=keeper, title="ผู้ทรงคุณวุฒิ", field="การวัดและประเมินผล")
    committee = create_committee(actor=keeper, kind="other", name="คณะทำงาน")
    position = add_position(actor=keeper, unit=office, role=Role.PLANNER, title="นักวิเคราะห์")
    edits = {
        "group": lambda v: edit_group(actor=keeper, group=group, version=v, name="กลุ่มใหม่"),
        "expert": lambda v: edit_expert(
            actor=keeper, expert=expert, version=v, title="ผู้ทรงคุณวุฒิ", field="อื่น"
        ),
        "committee": lambda v: edit_committee(
            actor=keeper, committee=committee, version=v, name="คณะใหม่"
        ),
        "position": lambda v: edit_position(
            actor=keeper, position=position, version=v, title="ใหม่"
        ),
    }
    for edit in edits.values():
        assert edit(1).version == 2
        with pytest.raises(Conflict):
            edit(1)
    take_back_group(actor=keeper, group=group)
    take_back_expert(actor=keeper, expert=expert)
    take_back_committee(actor=keeper, committee=committee)
    take_back_position(actor=keeper, position=position)
    assert not list_groups(keeper).exists() and not list_bodies(keeper).exists()


def test_another_office_reads_none_of_it(cast: Cast, office: Unit) -> None:
    filled(cast)
    create_committee(actor=cast.actor("administrator"), kind="other", name="คณะทำงาน")
    outsider = cast.actor("outsider")
    assert not list_bodies(outsider).exists()
    assert not list_positions(outsider, TODAY).exists()
    assert Committee.objects.count() == 1
