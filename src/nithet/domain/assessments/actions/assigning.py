"""Giving items to people and groups."""

from datetime import date

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import held_answer, hold_open
from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.people import person_of_office
from nithet.domain.assessments.queries.rounds import item_ref
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.notices.sending import tell
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

GIVEN = "assessments.item_given"
"""The kind of notice: an item is yours to work on."""


@action("item.assign", event="item.assigned", on="round")
def assign_item(
    *,
    actor: Actor,
    round: Round,
    item: str,
    user_id: int | None = None,
    title: str = "",
    due_on: date | None = None,
) -> ItemAssignment:
    """Give an item to a person of the office or to a group by its title, or return the assignment that stands unchanged.

    The person is told.
    """
    answer = held_answer(round, item)
    name = collapse(title)
    if user_id is not None:
        person = person_of_office(round.office_id, user_id)
        if person is None:
            raise RuleBroken("assign.person", "There is no such person.", field="who")
        name = name or person.name
    if not name:
        raise RuleBroken("assign.who", "Say who works on it: a person or a group.", field="who")
    standing = round.assignments.filter(item=item, title=name[:200], taken_back_at__isnull=True)
    about(answer)
    note(item=item, who=name, due_on=due_on)
    if kept := standing.first():
        nothing_changed()
        return kept
    made = ItemAssignment.objects.create(
        office_id=round.office_id,
        round=round,
        item=item,
        user_id=user_id,
        title=name[:200],
        due_on=due_on,
        **made_by(actor),
    )
    if user_id is not None:
        tell(actor=actor, to=[user_id], kind=GIVEN, ref=item_ref(round.pk, item), item=item)
    return made


@action("item.reassign", event="item.reassigned", on="assignment")
def set_assignment_due(
    *, actor: Actor, assignment: ItemAssignment, version: int, due_on: date | None
) -> ItemAssignment:
    """Change the day by which an item should be ready."""
    hold_open(assignment.round)
    fresh = _fresh(assignment)
    refuse_if_changed(fresh, version=version, new={"due_on": due_on})
    note(item=fresh.item, who=fresh.title)
    if fresh.due_on == due_on:
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, due_on=due_on)
    about(held_answer(fresh.round, fresh.item))
    return fresh


@action("item.unassign", event="item.unassigned", on="assignment")
def take_back_assignment(
    *, actor: Actor, assignment: ItemAssignment, reason: str = ""
) -> ItemAssignment:
    """Take an assignment back: within a day without a reason, later with one."""
    hold_open(assignment.round)
    note(item=assignment.item, who=assignment.title)
    take_back(assignment, actor=actor, reason=reason)
    about(held_answer(assignment.round, assignment.item))
    return assignment


def _fresh(assignment: ItemAssignment) -> ItemAssignment:
    fresh = (
        ItemAssignment.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(pk=assignment.pk)
    )
    if not fresh.stands:
        raise Conflict("assignment.gone", "Somebody took this assignment back meanwhile.")
    return fresh
