"""Activities of projects and how far they are."""

from datetime import date

from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, refuse_taken_back, span_of, words_of
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.project import Project
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse


@action("activity.add", event="activity.added", on="project")
def add_activity(
    *,
    actor: Actor,
    project: Project,
    title: str,
    kind: Activity.Kind | str,
    mark: str = "",
    period: Period | None = None,
    position: int = 0,
    owner_title: str = "",
    state: Activity.State | str = Activity.State.NOT_STATED,
) -> Activity:
    """Add an activity to a project, or return the one of that title, mark and time; `period` None: no time is stated.

    What a person plans has the state "planned"; what is read from an old return does not say.
    """
    refuse_taken_back(project)
    words = words_of(title, "title")
    same = standing(Activity.objects.filter(project=project, title=words, mark=mark))
    if kept := same.filter(**span_of(period)).first():
        nothing_changed()
        return kept
    note(project=project.title, kind=str(kind))
    return Activity.objects.create(
        office_id=project.office_id,
        project=project,
        title=words,
        mark=mark,
        kind=Activity.Kind(kind),
        owner_title=collapse(owner_title),
        **span_of(period),
        period_label=period.label if period else "",
        state=Activity.State(state),
        position=position or project.activities.count(),
        **made_by(actor),
    )


@action("activity.edit", event="activity.edited", on="activity")
def edit_activity(
    *,
    actor: Actor,
    activity: Activity,
    version: int,
    title: str,
    kind: Activity.Kind | str,
    owner_title: str = "",
    period: Period | None = None,
) -> Activity:
    """Change what an activity is, who does it and when; `version` is the one that the writer had before them."""
    same_days = span_of(period) == {
        "period_start": activity.period_start,
        "period_end": activity.period_end,
    }
    label = activity.period_label if same_days else (period.label if period else "")
    new = {
        "title": words_of(title, "title"),
        "kind": Activity.Kind(kind),
        "owner_title": collapse(owner_title),
        **span_of(period),
        "period_label": label,
    }
    return edit(activity, version, new)


@action("activity.report", event="activity.reported", on="activity")
def report_activity(
    *,
    actor: Actor,
    activity: Activity,
    version: int,
    state: Activity.State | str,
    reason: str = "",
    done_on: date | None = None,
) -> Activity:
    """Say how far an activity is. Calling it off needs a reason; what is done may name its last day (None: not stated).

    Raises `RuleBroken` "activity.reason" and "activity.done_later" for a day that has not come yet.
    """
    chosen, because = Activity.State(state), collapse(reason)
    if chosen is Activity.State.CALLED_OFF and not because:
        raise RuleBroken(
            "activity.reason", "Please say why the activity is called off.", field="reason"
        )
    if chosen is not Activity.State.DONE:
        done_on = None
    if done_on and done_on > clock.today():
        raise RuleBroken(
            "activity.done_later", "This day has not come yet.", field="done_on"
        )
    return edit(
        activity, version, {"state": chosen, "state_because": because, "done_on": done_on}
    )


@action("activity.take_back", event="activity.taken_back", on="activity")
def take_back_activity(*, actor: Actor, activity: Activity, reason: str = "") -> Activity:
    """Take an activity back that was entered by mistake; what will not happen is called off instead."""
    taking_back.take_back(activity, actor=actor, reason=reason)
    return activity
