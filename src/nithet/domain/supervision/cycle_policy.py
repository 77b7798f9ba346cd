"""Who may read and write the supervision cycle and the information for planning, with the reason."""

from django.db.models import QuerySet

from nithet.domain.supervision.models.cycle import (
    CycleModel,
    CycleStep,
    SupervisionCycle,
    SystemReview,
)
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.taking_back import shown, standing
from nithet.foundation.tenancy.models import OfficeOwned

CYCLE_READERS = tuple(sorted(OFFICE_STAFF))


@policy("cycle.choose_model")
@policy("cycle_model.save")
@policy("system_review.record")
@policy("information_pack.freeze")
def may_keep_cycle(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans and visits keeps the office's system of supervision."""
    return by_role(actor, *RECORD_WRITERS)


@policy("cycle_model.edit")
@policy("cycle_model.take_back")
@policy("cycle_step.write")
@policy("cycle_step.finish")
@policy("cycle_step.reopen")
@policy("cycle_step.link")
@policy("cycle_step.unlink")
@policy("system_review.edit")
@policy("system_review.take_back")
def may_write_cycle(actor: Actor, record: OfficeOwned) -> Verdict:
    """The same people, for a record of their own office."""
    return by_role_over(actor, record, *RECORD_WRITERS)


def may_read_cycle(actor: Actor) -> Verdict:
    """Say whether an actor reads the office's system of supervision: the office's people."""
    return by_role(actor, *CYCLE_READERS)


def visible_cycles(actor: Actor) -> QuerySet[SupervisionCycle]:
    """Return the years' cycles that an actor may read."""
    rows = SupervisionCycle.objects.filter(office_id=actor.office_id)
    return rows if may_read_cycle(actor) else rows.none()


def visible_steps(actor: Actor) -> QuerySet[CycleStep]:
    """Return the steps that an actor may read."""
    rows = CycleStep.objects.filter(office_id=actor.office_id)
    return rows if may_read_cycle(actor) else rows.none()


def visible_models(actor: Actor) -> QuerySet[CycleModel]:
    """Return the models that the office wrote itself."""
    rows = standing(CycleModel.objects.filter(office_id=actor.office_id))
    return rows if may_read_cycle(actor) else rows.none()


def visible_reviews(actor: Actor) -> QuerySet[SystemReview]:
    """Return the reviews of the system that an actor may read."""
    rows = shown(SystemReview.objects.filter(office_id=actor.office_id))
    return rows if may_read_cycle(actor) else rows.none()


def visible_packs(actor: Actor) -> QuerySet[InformationPack]:
    """Return the frozen information for planning that an actor may read."""
    rows = InformationPack.objects.filter(office_id=actor.office_id)
    return rows if may_read_cycle(actor) else rows.none()
