"""Reviews of the system of supervision, and what was changed because of them."""

from datetime import date
from typing import Any

from nithet.domain.supervision import cycle_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.cycle import SystemReview
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.text import collapse


@action("system_review.record", event="system_review.recorded")
def record_review(
    *,
    actor: Actor,
    reviewed_on: date,
    checked: str,
    planned: str = "",
    done: str = "",
    changed: str = "",
    why: str = "",
    took_part: str = "",
    changed_in: RecordRef | None = None,
) -> SystemReview:
    """Record a review of the system; its fiscal year is that of its day. A change needs its why.

    `changed_in` is the record in which the change can be seen, for example the next version of the plan.
    """
    given = _given(actor, reviewed_on, planned, done, checked, changed, why, took_part, changed_in)
    note(reviewed_on=reviewed_on, changed=given["changed"])
    return SystemReview.objects.create(
        office_id=actor.writes_in, reviewed_by=actor.signature, **given, **made_by(actor)
    )


@action("system_review.edit", event="system_review.edited", on="review")
def edit_review(
    *,
    actor: Actor,
    review: SystemReview,
    version: int,
    reviewed_on: date,
    checked: str,
    planned: str = "",
    done: str = "",
    changed: str = "",
    why: str = "",
    took_part: str = "",
    changed_in: RecordRef | None = None,
) -> SystemReview:
    """Write a review anew, whole; the history keeps what was said before."""
    fresh = SystemReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not fresh.stands:
        raise Conflict("system_review.gone", "Somebody took this back meanwhile.")
    new = _given(actor, reviewed_on, planned, done, checked, changed, why, took_part, changed_in)
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("system_review.take_back", event="system_review.taken_back", on="review")
def take_back_review(*, actor: Actor, review: SystemReview, reason: str = "") -> SystemReview:
    """Take a review back that was entered by mistake."""
    taking_back.take_back(review, actor=actor, reason=reason)
    return review


def _given(
    actor: Actor,
    reviewed_on: date,
    planned: str,
    done: str,
    checked: str,
    changed: str,
    why: str,
    took_part: str,
    changed_in: RecordRef | None,
) -> dict[str, Any]:
    if reviewed_on > clock.today():
        raise RuleBroken("system_review.later", "This day has not come yet.", field="reviewed_on")
    if not checked.strip():
        raise RuleBroken("system_review.checked", "Write what was found.", field="checked")
    if changed.strip() and not why.strip():
        raise RuleBroken("system_review.why", "Say why this is changed.", field="why")
    if changed_in is not None and (
        changed_in.kind not in kinds() or changed_in not in resolve(actor, [changed_in])
    ):
        raise RuleBroken("system_review.record", "There is no such record.", field="changed_in")
    return {
        "fiscal_year": fiscal_year(reviewed_on),
        "reviewed_on": reviewed_on,
        "planned": planned.strip(),
        "done": done.strip(),
        "checked": checked.strip(),
        "changed": changed.strip(),
        "why": why.strip(),
        "took_part": collapse(took_part)[:500],
        "changed_in": str(changed_in or ""),
    }
