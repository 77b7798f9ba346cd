"""Reviews of a plan and the versions that are approved."""

from datetime import date

from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, own, words_of
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.models.review import PlanReview, PlanVersion
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

CHECKED_MISSING = msgid("Write what was found.")


@action("plan.review", event="plan.reviewed", on="plan")
def review_plan(
    *,
    actor: Actor,
    plan: Plan,
    reviewed_on: date,
    checked: str,
    planned: str = "",
    done: str = "",
    changed: str = "",
    why: str = "",
    project: Project | None = None,
) -> PlanReview:
    """Record a turn of plan, do, check, act; a change needs its why. `project` None: the plan as a whole."""
    own(actor, project, "project")
    if project is not None and project.plan_id != plan.pk:
        raise RuleBroken(
            "review.other_plan", "This project is not one of this plan.", field="project"
        )
    given = _review(reviewed_on, planned, done, checked, changed, why)
    note(fiscal_year=plan.fiscal_year, changed=changed.strip())
    return PlanReview.objects.create(
        office_id=plan.office_id,
        plan=plan,
        project=project,
        reviewed_by=actor.signature,
        **given,
        **made_by(actor),
    )


@action("plan.edit_review", event="plan.review_edited", on="review")
def edit_review(
    *,
    actor: Actor,
    review: PlanReview,
    version: int,
    reviewed_on: date,
    checked: str,
    planned: str = "",
    done: str = "",
    changed: str = "",
    why: str = "",
) -> PlanReview:
    """Write a review anew, whole, as long as no approved version has followed from it."""
    if review.versions.exists():
        raise RuleBroken(
            "review.has_version",
            "A version of the plan was approved because of this review, so it stays as it is.",
        )
    return edit(review, version, _review(reviewed_on, planned, done, checked, changed, why))


def _review(
    reviewed_on: date, planned: str, done: str, checked: str, changed: str, why: str
) -> dict[str, object]:
    if reviewed_on > clock.today():
        raise RuleBroken("review.later", "This day has not come yet.", field="reviewed_on")
    if not checked.strip():
        raise RuleBroken("review.checked", CHECKED_MISSING, field="checked")
    if changed.strip() and not why.strip():
        raise RuleBroken("review.why", "Say why this is changed.", field="why")
    return {
        "reviewed_on": reviewed_on,
        "planned": planned.strip(),
        "done": done.strip(),
        "checked": checked.strip(),
        "changed": changed.strip(),
        "why": why.strip(),
    }


@action("plan.take_back_review", event="plan.review_taken_back", on="review")
def take_back_review(*, actor: Actor, review: PlanReview, reason: str = "") -> PlanReview:
    """Take a review back, as long as no approved version has followed from it."""
    if review.versions.exists():
        raise RuleBroken(
            "review.has_version",
            "A version of the plan was approved because of this review, so it stays as it is.",
        )
    taking_back.take_back(review, actor=actor, reason=reason)
    return review


@action("plan.approve", event="plan.approved", on="plan")
def approve_plan(
    *, actor: Actor, plan: Plan, shown: str, reason: str = "", review: PlanReview | None = None
) -> PlanVersion:
    """Freeze the plan as it was shown (`shown` is its digest) under the next number, or return the version that is the same.

    From the second version on it says what led to it: the review, or a reason. Raises `Conflict` where the plan has changed
    since it was shown, `RuleBroken` "plan.undecided" while a carried point is neither a line nor dropped.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    content = content_of(plan)
    digest = digest_of(content)
    if digest != shown:
        raise Conflict(
            "plan.changed_meanwhile",
            "The plan has changed since you opened it. Look at it again before you approve it.",
        )
    last = plan.versions.first()
    if last and last.digest == digest:
        nothing_changed()
        return last
    _refuse_unready(plan, content)
    own(actor, review, "review")
    if review is not None and (review.plan_id != plan.pk or not review.stands):
        raise RuleBroken("review.other", "This is not a review of this plan.", field="review")
    because = collapse(reason)
    if last and review is None and not because:
        words_of(because, "reason", msgid("Say what led to this version of the plan."))
    number = last.number + 1 if last else 1
    about(plan)
    note(number=number, digest=digest, reason=because)
    return PlanVersion.objects.create(
        office_id=plan.office_id,
        plan=plan,
        number=number,
        digest=digest,
        content=content,
        reason=because,
        review=review,
        approved_at=clock.now(),
        approved_by=actor.signature,
    )


def _refuse_unready(plan: Plan, content: dict[str, object]) -> None:
    open_points = CarriedPoint.objects.filter(
        to_year=plan.fiscal_year, outcome=CarriedPoint.Outcome.UNDECIDED
    ).count()
    if open_points:
        raise RuleBroken(
            "plan.undecided",
            "%(count)s points of last year's way forward are neither in the plan nor dropped with a reason.",
            count=open_points,
        )
    if not content["projects"]:
        raise RuleBroken("plan.empty", "The plan has no project yet.")
