"""Every write to the supervision cycle of a year: its model, its steps, and what belongs to them."""

from datetime import date

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.pieces import find_piece
from nithet.domain.supervision import cycle_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.cycle import (
    CycleModel,
    CycleStep,
    StepLink,
    SupervisionCycle,
)
from nithet.domain.supervision.queries.cycle import STEP, items_asking, known_models
from nithet.domain.supervision.rules.cycle_models import Model, as_values
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period

PIECE = "evidence.piece"
PIECE_KIND = "report"
"""The kind of evidence that a finished step becomes (รายงานผล)."""


@action("cycle_model.save", event="cycle_model.saved")
def save_model(*, actor: Actor, model: Model) -> CycleModel:
    """Keep a model that the office wrote itself; raises `RuleBroken` where its name is taken."""
    _refuse_name(actor, model.name, None)
    note(steps=len(model.steps))
    return CycleModel.objects.create(
        office_id=actor.writes_in, name=model.name, content=as_values(model), **made_by(actor)
    )


@action("cycle_model.edit", event="cycle_model.edited", on="kept")
def edit_model(*, actor: Actor, kept: CycleModel, version: int, model: Model) -> CycleModel:
    """Write a model of the office anew; years that chose it keep their own copy."""
    fresh = CycleModel.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if not fresh.stands:
        raise Conflict("cycle_model.gone", "Somebody took this back meanwhile.")
    new = {"name": model.name, "content": as_values(model)}
    refuse_if_changed(fresh, version=version, new={"name": model.name})
    _refuse_name(actor, model.name, fresh)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


def _refuse_name(actor: Actor, name: str, itself: CycleModel | None) -> None:
    taken = {one.name for one in known_models(actor).values()}
    if name in taken - ({itself.name} if itself else set()):
        raise RuleBroken("cycle_model.name_taken", "There is a model of this name.", field="name")


@action("cycle_model.take_back", event="cycle_model.taken_back", on="kept")
def take_back_model(*, actor: Actor, kept: CycleModel, reason: str = "") -> CycleModel:
    """Take a model of the office back; years that chose it keep their copy."""
    taking_back.take_back(kept, actor=actor, reason=reason)
    return kept


@action("cycle.choose_model", event="cycle.model_chosen")
def choose_model(*, actor: Actor, fiscal_year: int, key: str, version: int = 0) -> SupervisionCycle:
    """Choose the model of a fiscal year; its steps are copied. `version` is 0 where the year has none yet.

    Once something was written in a step, the model of that year stays: raises `RuleBroken` "cycle.begun".
    """
    model = known_models(actor).get(key)
    if model is None:
        raise RuleBroken("cycle_model.unknown", "Choose a model.", field="model")
    kept = (
        SupervisionCycle.objects.select_for_update(of=("self",))
        .filter(fiscal_year=fiscal_year)
        .first()
    )
    new = {
        "model_key": key,
        "model": as_values(model),
        "chosen_by": actor.signature,
        "chosen_at": clock.now(),
    }
    note(fiscal_year=fiscal_year, model=model.name)
    if kept is None:
        kept = SupervisionCycle.objects.create(
            office_id=actor.writes_in, fiscal_year=fiscal_year, **new
        )
    else:
        refuse_if_changed(kept, version=version, new={"model_key": key})
        if kept.model_key == key and kept.model == new["model"]:
            nothing_changed()
            return kept
        if (
            kept.steps.exclude(state=CycleStep.State.OPEN).exists()
            or kept.steps.exclude(links=None).exists()
        ):
            raise RuleBroken(
                "cycle.begun",
                "Steps of this year hold records already, so its model stays. Choose another for the next year.",
                field="model",
            )
        change(kept, version=kept.version + 1, **new)
        kept.steps.all().delete()
    CycleStep.objects.bulk_create(
        CycleStep(
            office_id=kept.office_id,
            cycle=kept,
            code=one.code,
            mark=one.mark,
            title=one.title,
            purpose=one.purpose,
            serves=one.serves,
            position=position,
        )
        for position, one in enumerate(model.steps, 1)
    )
    return kept


def _fresh(step: CycleStep) -> CycleStep:
    return CycleStep.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=step.pk)


@action("cycle_step.write", event="cycle_step.written", on="step")
def write_step(*, actor: Actor, step: CycleStep, version: int, text: str) -> CycleStep:
    """Write what was done in a step; a finished one is opened again first, because its evidence stands on its words."""
    fresh, words = _fresh(step), text.strip()
    refuse_if_changed(fresh, version=version, new={"text": words})
    if fresh.text == words:
        nothing_changed()
        return fresh
    if fresh.state == CycleStep.State.DONE:
        raise RuleBroken(
            "step.finished",
            "This step is finished. Open it again before you change it.",
            field="text",
        )
    state = CycleStep.State.UNDER_WAY if words else CycleStep.State.OPEN
    change(
        fresh,
        version=version + 1,
        text=words,
        state=state,
        written_by=actor.signature,
        written_at=clock.now(),
    )
    return fresh


@action("cycle_step.finish", event="cycle_step.finished", on="step")
def finish_step(
    *, actor: Actor, step: CycleStep, version: int, done_on: date | None = None
) -> CycleStep:
    """Finish a step; its record becomes a piece of evidence for the items that ask about the system of supervision.

    A document among the step's records is that piece; where there is none, the words of the step are. `done_on` None: the
    source does not say the day. Raises `RuleBroken` without words, or for a day to come.
    """
    fresh = _fresh(step)
    refuse_if_changed(fresh, version=version, new={"state": CycleStep.State.DONE})
    if fresh.state == CycleStep.State.DONE:
        nothing_changed()
        return fresh
    if not fresh.text.strip():
        raise RuleBroken(
            "step.words", "Write what was done before you finish the step.", field="text"
        )
    if done_on is not None and done_on > clock.today():
        raise RuleBroken("step.later", "This day has not come yet.", field="done_on")
    piece = _linked_piece(actor, fresh) or _piece_of_words(actor, fresh)
    for asked in items_asking(fresh.cycle.fiscal_year):
        use_piece(
            actor=actor,
            piece=piece,
            edition=asked.edition,
            fiscal_year=asked.fiscal_year,
            item=asked.item,
        )
    note(piece=f"{PIECE}:{piece.pk}", done_on=done_on)
    about(fresh)
    change(
        fresh,
        version=version + 1,
        state=CycleStep.State.DONE,
        done_on=done_on,
        finished_by=actor.signature,
        finished_at=clock.now(),
        piece=f"{PIECE}:{piece.pk}",
    )
    return fresh


def _linked_piece(actor: Actor, step: CycleStep) -> Piece | None:
    for link in step.links.filter(ref__startswith=f"{PIECE}:"):
        piece = find_piece(actor, int(RecordRef.parse(link.ref).id))
        if piece is not None and piece.stands:
            return piece
    return (
        standing(Piece.objects.filter(about=f"{STEP}:{step.pk}"))
        .exclude(source__startswith="cycle:")
        .first()
    )


def _piece_of_words(actor: Actor, step: CycleStep) -> Piece:
    """Return a statement of the step's words; a step opened and finished again with other words gets another one."""
    year = step.cycle.fiscal_year
    return bring_piece(
        actor=actor,
        title=f"{step.cycle} ปีงบประมาณ {year} ขั้นที่ {step}"[:500],
        kind=PIECE_KIND,
        medium=Piece.Medium.STATEMENT,
        body=step.text,
        period=fiscal_year_period(year),
        about=f"{STEP}:{step.pk}",
        source=f"cycle:{year}:{step.code}:{step.version}",
    )


@action("cycle_step.reopen", event="cycle_step.reopened", on="step")
def reopen_step(*, actor: Actor, step: CycleStep, version: int, reason: str) -> CycleStep:
    """Open a finished step again, with the reason; the evidence that it became stays, because it was true that day."""
    fresh, why = _fresh(step), reason.strip()
    if not why:
        raise RuleBroken("step.reason", "Please say why the step is opened again.", field="reason")
    refuse_if_changed(fresh, version=version, new={"state": CycleStep.State.UNDER_WAY})
    if fresh.state != CycleStep.State.DONE:
        nothing_changed()
        return fresh
    note(reason=why)
    change(
        fresh,
        version=version + 1,
        state=CycleStep.State.UNDER_WAY,
        done_on=None,
        finished_by="",
        finished_at=None,
        piece="",
    )
    return fresh


@action("cycle_step.link", event="cycle_step.linked", on="step")
def link_record(*, actor: Actor, step: CycleStep, ref: RecordRef) -> CycleStep:
    """Say that a record that the actor may see belongs to a step; saying it again changes nothing."""
    found = resolve(actor, [ref]).get(ref) if ref.kind in kinds() else None
    if found is None:
        raise RuleBroken("step.record", "There is no such record.", field="ref")
    _, was_made = StepLink.objects.get_or_create(
        step=step,
        ref=str(ref),
        defaults={
            "office_id": step.office_id,
            "linked_by": actor.signature,
            "linked_at": clock.now(),
        },
    )
    if not was_made:
        nothing_changed()
    note(ref=str(ref), record=found.title)
    return step


@action("cycle_step.unlink", event="cycle_step.unlinked", on="step")
def unlink_record(*, actor: Actor, step: CycleStep, ref: RecordRef) -> CycleStep:
    """Take back that a record belongs to a step that is not finished."""
    if step.state == CycleStep.State.DONE:
        raise RuleBroken(
            "step.finished",
            "This step is finished. Open it again before you change it.",
            field="text",
        )
    found = StepLink.objects.filter(step=step, ref=str(ref))
    if not found.exists():
        nothing_changed()
        return step
    found.delete()
    note(ref=str(ref))
    return step
