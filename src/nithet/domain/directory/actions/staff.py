"""Every write about groups of the office, positions, duties and experts."""

from collections.abc import Iterable, Sequence
from datetime import date

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.actions.versions import edited
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import (
    Assignment,
    Expert,
    OfficeGroup,
    Position,
    PositionHolder,
)
from nithet.domain.directory.policy import staff as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.usual_groups import groups_of_year
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Raise `RuleBroken` "dates.order" where the last day lies before the first."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("dates.order", "The last day lies before the first.", field="ends_on")


@action("group.add", event="group.added")
def add_group(
    *,
    actor: Actor,
    name: str,
    short_name: str = "",
    place: int = 0,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OfficeGroup:
    """Enter a group of the office (กลุ่ม), or return the standing one of that name."""
    tidy = named(name)
    in_order(starts_on, ends_on)
    office = locked_office(actor)
    if kept := OfficeGroup.objects.filter(name=tidy, taken_back_at__isnull=True).first():
        nothing_changed()
        return kept
    return OfficeGroup.objects.create(
        office=office,
        name=tidy,
        short_name=collapse(short_name),
        place=place,
        starts_on=starts_on,
        ends_on=ends_on,
        **made_by(actor),
    )


@action("groups.add_usual", event="groups.usual_added")
def add_usual_groups(*, actor: Actor, year: int) -> list[OfficeGroup]:
    """Enter the groups that an office has in a year (พ.ศ.) by the ministry's announcements; those there already stay."""
    before = set(
        OfficeGroup.objects.filter(taken_back_at__isnull=True).values_list("name", flat=True)
    )
    made = [
        add_group(
            actor=actor, name=one.name, short_name=one.short_name, place=n
        )
        for n, one in enumerate(groups_of_year(year), 1)
        if one.name not in before
    ]
    if not made:
        nothing_changed()
    note(year=year, count=len(made))
    return made


@action("group.edit", event="group.edited", on="group")
def edit_group(
    *,
    actor: Actor,
    group: OfficeGroup,
    version: int,
    name: str,
    short_name: str = "",
    place: int = 0,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OfficeGroup:
    """Change a group; a last day ends it, and its positions are then without a group in force."""
    in_order(starts_on, ends_on)
    new = {
        "name": named(name),
        "short_name": collapse(short_name),
        "place": place,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(group, version, new)


@action("group.take_back", event="group.taken_back", on="group")
def take_back_group(*, actor: Actor, group: OfficeGroup, reason: str = "") -> OfficeGroup:
    """Take a group back that was entered by mistake."""
    take_back(group, actor=actor, reason=reason)
    return group


@action("position.add", event="position.added")
def add_position(
    *,
    actor: Actor,
    unit: Unit,
    role: Role | str,
    title: str,
    number: str = "",
    group: OfficeGroup | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Position:
    """Enter a position (ตำแหน่ง); nobody needs to hold it, it is then vacant (ว่าง)."""
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")
    in_order(starts_on, ends_on)
    office = locked_office(actor)
    _number_free(number, None)
    return Position.objects.create(
        office=office,
        unit=unit,
        role=Role(role),
        title=named(title),
        number=collapse(number),
        group=group,
        starts_on=starts_on,
        ends_on=ends_on,
        **made_by(actor),
    )


def _number_free(number: str, but: int | None) -> None:
    tidy = collapse(number)
    others = Position.objects.filter(number=tidy, taken_back_at__isnull=True)
    if but is not None:
        others = others.exclude(pk=but)
    if tidy and others.exists():
        raise RuleBroken(
            "position.number_taken",
            "The number %(number)s belongs to another position.",
            field="number",
            number=tidy,
        )


@action("position.edit", event="position.edited", on="position")
def edit_position(
    *,
    actor: Actor,
    position: Position,
    version: int,
    title: str,
    number: str = "",
    group: OfficeGroup | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Position:
    """Change a position; its unit and role stay what they are."""
    in_order(starts_on, ends_on)
    _number_free(number, position.pk)
    new = {
        "title": named(title),
        "number": collapse(number),
        "group": group,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(position, version, new)


@action("position.take_back", event="position.taken_back", on="position")
def take_back_position(*, actor: Actor, position: Position, reason: str = "") -> Position:
    """Take a position back that was entered by mistake; not while duties hang on it."""
    if position.assignments.filter(taken_back_at__isnull=True).exists():
        raise RuleBroken(
            "position.has_duties",
            "Duties belong to this position. Move them or take them back first.",
        )
    take_back(position, actor=actor, reason=reason)
    return position


@action("position.fill", event="position.filled", on="position")
def fill_position(*, actor: Actor, position: Position, posting: Posting) -> PositionHolder:
    """Say that a posting fills a position; a posting fills one position only, at the same unit."""
    if posting.unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="posting")
    if posting.unit_id != position.unit_id:
        raise RuleBroken(
            "position.other_unit", "This person works at another unit.", field="posting"
        )
    kept, was_made = PositionHolder.objects.update_or_create(
        posting=posting, defaults={"position": position, "office_id": position.office_id}
    )
    note(person=str(posting.user), made=was_made)
    return kept


@action("duty.assign", event="duty.assigned", on="position")
def assign_duty(
    *,
    actor: Actor,
    position: Position,
    kind: Assignment.Kind | str = Assignment.Kind.SCHOOL_SUPERVISOR,
    school: School | None = None,
    text: str = "",
    order_number: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Assignment:
    """Give a position a duty (งานที่มอบหมาย), such as ศึกษานิเทศก์ประจำโรงเรียน; the same one standing is returned unchanged."""
    in_order(starts_on, ends_on)
    locked_office(actor)
    words = collapse(text)
    if Assignment.Kind(kind) == Assignment.Kind.SCHOOL_SUPERVISOR and school is None:
        raise RuleBroken("duty.school", "Say which school it is.", field="school")
    if Assignment.Kind(kind) != Assignment.Kind.SCHOOL_SUPERVISOR and not words:
        raise RuleBroken("duty.text", "Say what is to be done.", field="text")
    same = {"position": position, "kind": Assignment.Kind(kind), "school": school, "text": words}
    kept = Assignment.objects.filter(**same, taken_back_at__isnull=True, ends_on__isnull=True)
    if found := kept.first():
        nothing_changed()
        return found
    note(position=str(position))
    return Assignment.objects.create(
        office_id=position.office_id,
        **same,
        order_number=collapse(order_number),
        starts_on=starts_on,
        ends_on=ends_on,
        **made_by(actor),
    )


@action("duty.assign_schools", event="duty.schools_assigned", on="position")
def assign_schools(
    *,
    actor: Actor,
    position: Position,
    schools: Iterable[School],
    starts_on: date | None = None,
    order_number: str = "",
) -> list[Assignment]:
    """Make a position ศึกษานิเทศก์ประจำโรงเรียน of several schools at once."""
    wanted: Sequence[School] = list(schools)
    made = [
        assign_duty(
            actor=actor,
            position=position,
            school=one,
            starts_on=starts_on,
            order_number=order_number,
        )
        for one in wanted
    ]
    note(count=len(made))
    return made


@action("duty.edit", event="duty.edited", on="assignment")
def edit_duty(
    *,
    actor: Actor,
    assignment: Assignment,
    version: int,
    position: Position,
    order_number: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Assignment:
    """Change whose duty it is, its order and its days; a last day ends it."""
    in_order(starts_on, ends_on)
    new = {
        "position": position,
        "order_number": collapse(order_number),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(assignment, version, new)


@action("duty.take_back", event="duty.taken_back", on="assignment")
def take_back_duty(*, actor: Actor, assignment: Assignment, reason: str = "") -> Assignment:
    """Take a duty back that was entered by mistake."""
    take_back(assignment, actor=actor, reason=reason)
    return assignment


@action("expert.add", event="expert.added")
def add_expert(
    *,
    actor: Actor,
    title: str,
    field: str,
    holder_name: str = "",
    workplace: str = "",
    phone: str = "",
    user: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Expert:
    """Enter an outside expert (ผู้ทรงคุณวุฒิ) with the field and the days of the appointment."""
    in_order(starts_on, ends_on)
    office = locked_office(actor)
    return Expert.objects.create(
        office=office,
        title=named(title),
        field=named(field),
        holder_name=collapse(holder_name),
        workplace=collapse(workplace),
        phone=collapse(phone),
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
        **made_by(actor),
    )


@action("expert.edit", event="expert.edited", on="expert")
def edit_expert(
    *,
    actor: Actor,
    expert: Expert,
    version: int,
    title: str,
    field: str,
    holder_name: str = "",
    workplace: str = "",
    phone: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Expert:
    """Change an expert's entry; a last day ends the appointment."""
    in_order(starts_on, ends_on)
    new = {
        "title": named(title),
        "field": named(field),
        "holder_name": collapse(holder_name),
        "workplace": collapse(workplace),
        "phone": collapse(phone),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return edited(expert, version, new)


@action("expert.take_back", event="expert.taken_back", on="expert")
def take_back_expert(*, actor: Actor, expert: Expert, reason: str = "") -> Expert:
    """Take an expert's entry back that was made by mistake."""
    take_back(expert, actor=actor, reason=reason)
    return expert
