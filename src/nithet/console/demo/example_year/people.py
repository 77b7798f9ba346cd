"""Groups, positions, duties, committees and experts of the example year: role titles only, nobody has a name."""

from collections.abc import Mapping
from datetime import date

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.actions.staff import (
    add_expert,
    add_position,
    add_usual_groups,
    assign_schools,
    fill_position,
)
from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit

EXPERTS = 55
DEPUTIES, OFFICERS = 4, 46
SUPERVISION_GROUP = "นิเทศ"
SEATS = (
    ("ประธานกรรมการ", CommitteeMember.Seat.CHAIR),
    ("ผู้แทนองค์กรชุมชน", CommitteeMember.Seat.MEMBER),
    ("ผู้แทนองค์กรเอกชน", CommitteeMember.Seat.MEMBER),
    ("ผู้แทนองค์กรปกครองส่วนท้องถิ่น", CommitteeMember.Seat.MEMBER),
    ("ผู้แทนสมาคมผู้ประกอบวิชาชีพครู", CommitteeMember.Seat.MEMBER),
    ("ผู้แทนสมาคมผู้ประกอบวิชาชีพบริหารการศึกษา", CommitteeMember.Seat.MEMBER),
    ("ผู้แทนสมาคมผู้ปกครองและครู", CommitteeMember.Seat.MEMBER),
    ("ผู้ทรงคุณวุฒิด้านการศึกษา", CommitteeMember.Seat.MEMBER),
    ("ผู้ทรงคุณวุฒิด้านศาสนา ศิลปะ หรือวัฒนธรรม", CommitteeMember.Seat.MEMBER),
    ("ผู้ทรงคุณวุฒิด้านงบประมาณ การเงิน", CommitteeMember.Seat.MEMBER),
    ("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", CommitteeMember.Seat.SECRETARY),
)


def staff(actor: Actor, office: Unit, year: int, supervised: Mapping[int, list[School]]) -> None:
    """Enter groups and positions, and who is the supervisor of which school; `supervised`: number of a supervisor -> schools.

    The accounts of the demo hold the positions of the director, the head of group and the first supervisor; the others are vacant.
    """
    groups = add_usual_groups(actor=actor, year=year)
    group = next((one for one in groups if SUPERVISION_GROUP in one.name), None)
    held = [add_position(actor=actor, unit=office, role=Role.DIRECTOR, title="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")]
    for number in range(1, DEPUTIES + 1):
        add_position(actor=actor, unit=office, role=Role.DEPUTY_DIRECTOR, title=f"รองผู้อำนวยการ คนที่ {number}")
    held.append(add_position(actor=actor, unit=office, role=Role.GROUP_HEAD, title="ผู้อำนวยการกลุ่มนิเทศฯ", group=group))
    for number, schools in sorted(supervised.items()):
        position = add_position(
            actor=actor, unit=office, role=Role.SUPERVISOR, title=f"ศึกษานิเทศก์ คนที่ {number + 1}", group=group
        )
        assign_schools(actor=actor, position=position, schools=schools)
        if number == 0:
            held.append(position)
    for position in held:
        posting = Posting.objects.filter(unit=office, role=position.role, limited_to="").order_by("pk").first()
        if posting is not None:
            fill_position(actor=actor, position=position, posting=posting)


def seat(actor: Actor, kind: Committee.Kind, name: str, starts_on: date, ends_on: date | None = None) -> Committee:
    """Enter a committee with its seats."""
    made = create_committee(
        actor=actor, kind=kind, name=name, order_number=f"คำสั่ง{EXAMPLE}", starts_on=starts_on, ends_on=ends_on
    )
    if not made.members.exists():
        for title, place in SEATS:
            seat_member(actor=actor, committee=made, title=title, seat=place, starts_on=starts_on, ends_on=ends_on)
    return made


def experts(actor: Actor, starts_on: date, count: int = EXPERTS) -> None:
    """Enter the outside experts that the office has trained."""
    for number in range(1, count + 1):
        add_expert(
            actor=actor, title=f"ผู้ทรงคุณวุฒิ คนที่ {number}", field="การประกันคุณภาพภายในสถานศึกษา", starts_on=starts_on
        )
