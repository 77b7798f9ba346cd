"""The plan of visits is put to the director, who approves exactly what was shown or sends it back; an edit takes it back."""

from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.information_packs import freeze_information_pack
from nithet.domain.supervision.models.plan_submissions import PlanSubmission
from nithet.domain.supervision.models.plans import SupervisionPlan, SupervisionPlanVersion
from nithet.domain.supervision.planning_notices import (
    PLAN_APPROVED,
    PLAN_SENT_BACK,
    PLAN_SUBMITTED,
    PLAN_TAKEN_BACK,
)
from nithet.domain.supervision.queries.information import PACK
from nithet.domain.supervision.queries.plan_summary import summary_of
from nithet.domain.supervision.queries.planning import content_of, digest_of_content
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import OFFICE_LEADERS
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

VERSION = "supervision.supervisionplanversion"
PLAN = "supervision.supervisionplan"


@action("supervision_plan.submit", event="supervision_plan.submitted", on="plan")
def submit_plan(
    *, actor: Actor, plan: SupervisionPlan, shown: str, words: str = ""
) -> PlanSubmission:
    """Put the plan as it was shown (`shown` is its digest) to the director and the deputies, who are told.

    Saying so again changes nothing while it waits. After the first version `words` say what led to the changes. Raises
    `Conflict` where the plan has changed since it was shown.
    """
    held = hold_plan(plan.pk)
    content, digest = _as_shown(held, shown)
    waiting = _waiting(held)
    if waiting is not None and waiting.digest == digest:
        nothing_changed()
        return waiting
    if not content["lines"]:
        raise RuleBroken("supervision_plan.empty", "No visit has been taken into the plan yet.")
    last = held.versions.defer("content").first()
    if last and last.digest == digest:
        raise RuleBroken(
            "supervision_plan.as_approved", "The plan stands as it was approved, so nothing is put."
        )
    said = collapse(words)[:500]
    if last and not said:
        raise RuleBroken(
            "supervision_plan.reason", "Say what led to this version of the plan.", field="words"
        )
    if waiting is not None:
        _withdraw(actor, waiting, "เสนอใหม่ตามแผนที่แก้ไขแล้ว")
    summary = summary_of(actor, held)
    made = PlanSubmission.objects.create(
        office_id=held.office_id,
        plan=held,
        digest=digest,
        summary=summary.plain(),
        words=said,
        submitted_at=clock.now(),
        submitted_by=actor.signature,
        submitted_by_id=actor.user_id,
    )
    about(held)
    note(visits=summary.visits, digest=digest, words=said)
    tell(
        actor=actor,
        to=_leaders(held),
        kind=PLAN_SUBMITTED,
        ref=RecordRef(PLAN, str(held.pk)),
        title=held.title,
        visits=summary.visits,
    )
    return made


@action("supervision_plan.approve", event="supervision_plan.approved", on="plan")
def approve_supervision_plan(
    *, actor: Actor, plan: SupervisionPlan, shown: str, reason: str = ""
) -> SupervisionPlanVersion:
    """Freeze the plan as it was put and shown, with the information it was made on, or return the same version.

    `reason` "" takes the words with which it was put. Whoever put it is told. Raises `Conflict` where the plan has changed since
    it was shown, a broken rule where nobody has put it or it is not as it was put.
    """
    held = hold_plan(plan.pk)
    content, digest = _as_shown(held, shown)
    last = held.versions.first()
    if last and last.digest == digest:
        nothing_changed()
        return last
    if not content["lines"]:
        raise RuleBroken("supervision_plan.empty", "No visit has been taken into the plan yet.")
    waiting = _waiting(held)
    if waiting is None:
        raise RuleBroken(
            "supervision_plan.not_submitted",
            "Nobody has put this plan to the director yet. A planner does so on the page of the plan.",
        )
    if waiting.digest != digest:
        raise RuleBroken(
            "supervision_plan.not_as_put",
            "The plan is not as it was put any more, so it cannot be approved. Send it back, and it is put again.",
        )
    because = collapse(reason)[:500] or waiting.words
    number = last.number + 1 if last else 1
    made = SupervisionPlanVersion.objects.create(
        office_id=held.office_id,
        plan=held,
        number=number,
        digest=digest,
        content=content,
        reason=because,
        approved_at=clock.now(),
        approved_by=actor.signature,
    )
    about(held)
    note(number=number, digest=digest, reason=because)
    pack = freeze_information_pack(
        actor=actor, year=held.fiscal_year, plan=RecordRef(VERSION, str(made.pk))
    )
    change(made, information_pack=str(RecordRef(PACK, str(pack.pk))))
    change(
        waiting,
        state=PlanSubmission.State.APPROVED,
        answered_at=made.approved_at,
        answered_by=actor.signature,
        approved_version_id=made.pk,
    )
    _tell_submitter(actor, waiting, PLAN_APPROVED, number=number)
    return made


@action("supervision_plan.send_back", event="supervision_plan.sent_back", on="plan")
def send_plan_back(
    *, actor: Actor, plan: SupervisionPlan, shown: str, words: str
) -> PlanSubmission:
    """Send the plan back with words on what is to be mended; whoever put it is told them.

    Raises `Conflict` where another plan than the one shown waits, or none.
    """
    held = hold_plan(plan.pk)
    said = collapse(words)[:1000]
    if not said:
        raise RuleBroken(
            "supervision_plan.back_words", "Say what is to be mended in the plan.", field="words"
        )
    waiting = _waiting(held)
    if waiting is None or waiting.digest != shown:
        raise Conflict(
            "supervision_plan.waits_no_more",
            "The plan that you were shown does not wait any more. Look at it again.",
        )
    about(held)
    note(words=said)
    change(
        waiting,
        state=PlanSubmission.State.SENT_BACK,
        answer=said,
        answered_at=clock.now(),
        answered_by=actor.signature,
    )
    _tell_submitter(actor, waiting, PLAN_SENT_BACK, words=said)
    return waiting


@action("supervision_plan.take_back", event="supervision_plan.taken_back", on="plan")
def take_plan_back(*, actor: Actor, plan: SupervisionPlan) -> PlanSubmission | None:
    """Take the plan back from the director before it is answered; None where it does not wait."""
    held = hold_plan(plan.pk)
    waiting = _waiting(held)
    about(held)
    if waiting is None:
        nothing_changed()
        return None
    _withdraw(actor, waiting, "ผู้วางแผนดึงแผนกลับ")
    return waiting


def hold_plan(plan_id: int) -> SupervisionPlan:
    """Return a plan as it stands, locked: before its lines and visits, so that who edits and who approves wait for each other."""
    return SupervisionPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)


def taken_back_by_edit(actor: Actor, plan: SupervisionPlan, because: str) -> None:
    """Take a waiting plan back because it is being edited; called by the actions that edit what is in the plan."""
    waiting = _waiting(plan)
    if waiting is not None:
        _withdraw(actor, waiting, f"แผนถูกแก้ไขหลังเสนอ: {because}")


def _withdraw(actor: Actor, waiting: PlanSubmission, because: str) -> None:
    """Take it back; the event is about what was done to the plan, so only this fact is noted there."""
    PlanSubmission.objects.filter(pk=waiting.pk).update(
        state=PlanSubmission.State.WITHDRAWN,
        answer=because[:1000],
        answered_at=clock.now(),
        answered_by=actor.signature,
    )
    note(plan_taken_back=because)
    tell(
        actor=actor,
        to={*_leaders(waiting.plan), *_put_by(waiting)},
        kind=PLAN_TAKEN_BACK,
        ref=RecordRef(PLAN, str(waiting.plan_id)),
        title=waiting.plan.title,
        words=because,
    )


def _waiting(plan: SupervisionPlan) -> PlanSubmission | None:
    rows = PlanSubmission.objects.select_for_update(of=("self",)).select_related("plan")
    return rows.filter(plan=plan, state=PlanSubmission.State.WAITING).first()


def _as_shown(plan: SupervisionPlan, shown: str) -> tuple[dict[str, object], str]:
    content = content_of(plan)
    digest = digest_of_content(content)
    if digest != shown:
        raise Conflict(
            "supervision_plan.changed_meanwhile",
            "The plan has changed since you opened it. Look at it again before you approve it.",
        )
    return content, digest


def _leaders(plan: SupervisionPlan) -> list[int]:
    rows = Posting.objects.on(clock.today()).filter(unit=plan.office_id, role__in=OFFICE_LEADERS)
    return list(rows.values_list("user_id", flat=True))


def _put_by(submission: PlanSubmission) -> list[int]:
    return [submission.submitted_by_id] if submission.submitted_by_id is not None else []


def _tell_submitter(actor: Actor, submission: PlanSubmission, kind: str, **values: object) -> None:
    tell(
        actor=actor,
        to=_put_by(submission),
        kind=kind,
        ref=RecordRef(PLAN, str(submission.plan_id)),
        title=submission.plan.title,
        **values,
    )
