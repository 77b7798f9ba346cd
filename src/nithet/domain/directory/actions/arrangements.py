"""Entering that schools learn together, and acts of law by which a school ends."""

from collections.abc import Mapping
from datetime import date, timedelta

from nithet.domain.directory.actions.versions import edited
from nithet.domain.directory.models.arrangements import (
    JointLearning,
    JointLearningPartner,
    LegalAct,
)
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.rules.levels import LEVELS
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note
from nithet.foundation.actions.taking_back import made_by, standing, take_back
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

ONE_DAY = timedelta(days=1)


@action("joint_learning.arrange", event="joint_learning.arranged", on="host")
def arrange_joint_learning(
    *,
    actor: Actor,
    host: School,
    partners: Mapping[School, list[str]],
    starts_on: date,
    ends_on: date | None = None,
    note_text: str = "",
) -> JointLearning:
    """Enter that pupils of partner schools learn at a host (การจัดการเรียนรวม); every school keeps its legal life.

    `partners` maps each partner to the codes of the classes that go; an empty list means all of them.
    """
    if not partners:
        raise RuleBroken(
            "joint_learning.partners",
            "Name at least one school that learns there.",
            field="partners",
        )
    if any(school.pk == host.pk or school.office_id != host.office_id for school in partners):
        raise RuleBroken(
            "joint_learning.own", "A partner is another school of the office.", field="partners"
        )
    _check_dates(starts_on, ends_on)
    made = JointLearning.objects.create(
        office=host.office,
        host=host,
        starts_on=starts_on,
        ends_on=ends_on,
        note=collapse(note_text),
        **made_by(actor),
    )
    JointLearningPartner.objects.bulk_create(
        [
            JointLearningPartner(
                office=host.office,
                arrangement=made,
                school=school,
                classes=[c for c in LEVELS if c in classes],
            )
            for school, classes in partners.items()
        ]
    )
    note(partners=[school.name for school in partners])
    return made


@action("joint_learning.edit", event="joint_learning.edited", on="arrangement")
def edit_joint_learning(
    *,
    actor: Actor,
    arrangement: JointLearning,
    version: int,
    starts_on: date,
    ends_on: date | None,
    note_text: str,
) -> JointLearning:
    """Change from when until when schools learn together. Raises `Conflict` where somebody else was quicker."""
    _check_dates(starts_on, ends_on)
    new = {"starts_on": starts_on, "ends_on": ends_on, "note": collapse(note_text)}
    return edited(arrangement, version, new)


@action("joint_learning.take_back", event="joint_learning.taken_back", on="arrangement")
def take_back_joint_learning(
    *, actor: Actor, arrangement: JointLearning, reason: str = ""
) -> JointLearning:
    """Take back an arrangement that was entered by mistake; one that ended gets its last day instead."""
    take_back(arrangement, actor=actor, reason=reason)
    return arrangement


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise RuleBroken("joint_learning.dates", "It cannot end before it begins.", field="ends_on")


@action("legal_act.record", event="legal_act.recorded", on="school")
def record_legal_act(
    *,
    actor: Actor,
    school: School,
    kind: str,
    order_number: str,
    ordered_on: date,
    effective_on: date,
    into: School | None = None,
) -> LegalAct:
    """Record an announcement that merges a school into another or closes it; the school ends the day before it is in force.

    Its records stay. Raises `RuleBroken` without a number, for a second act of one school, and for a merger without host.
    """
    if kind not in LegalAct.Kind.values:
        raise RuleBroken(
            "legal_act.kind", "Choose whether the school is merged or closed.", field="kind"
        )
    if not collapse(order_number):
        raise RuleBroken(
            "legal_act.order", "The number of the announcement is needed.", field="order_number"
        )
    is_merger = kind == LegalAct.Kind.MERGE
    if is_merger != (into is not None) or (
        into and (into.pk == school.pk or into.office_id != school.office_id)
    ):
        raise RuleBroken(
            "legal_act.into",
            "A merger names another school of the office; a closing names none.",
            field="into",
        )
    if standing(LegalAct.objects.filter(school=school)).exists():
        raise RuleBroken(
            "legal_act.twice", "An announcement about the end of this school is recorded already."
        )
    _end(school, effective_on - ONE_DAY)
    note(order_number=collapse(order_number))
    return LegalAct.objects.create(
        office=school.office,
        kind=kind,
        school=school,
        into=into,
        order_number=collapse(order_number),
        ordered_on=ordered_on,
        effective_on=effective_on,
        **made_by(actor),
    )


@action("legal_act.edit", event="legal_act.edited", on="act")
def edit_legal_act(
    *,
    actor: Actor,
    act: LegalAct,
    version: int,
    order_number: str,
    ordered_on: date,
    effective_on: date,
) -> LegalAct:
    """Put number and dates of an announcement right; the school's last day follows."""
    if not collapse(order_number):
        raise RuleBroken(
            "legal_act.order", "The number of the announcement is needed.", field="order_number"
        )
    new = {
        "order_number": collapse(order_number),
        "ordered_on": ordered_on,
        "effective_on": effective_on,
    }
    fresh = edited(act, version, new)
    _end(act.school, effective_on - ONE_DAY)
    return fresh


@action("legal_act.take_back", event="legal_act.taken_back", on="act")
def take_back_legal_act(*, actor: Actor, act: LegalAct, reason: str = "") -> LegalAct:
    """Take back an announcement that was recorded by mistake: the school goes on."""
    take_back(act, actor=actor, reason=reason)
    _end(act.school, None)
    return act


def _end(school: School, last_day: date | None) -> None:
    change(school.unit, ends_on=last_day)
