"""What else is at schools is recorded, other bodies and days of their own: the planner keeps these days free of visits."""

from datetime import date

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.dates import OtherBodysVisit
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

LONGEST_SPAN_DAYS = 92


@action("other_body.record", event="other_body.recorded", on="school")
def record_other_body(
    *,
    actor: Actor,
    school: School,
    body: str,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
    kind: str = OtherBodysVisit.Kind.OTHER_BODY,
) -> OtherBodysVisit:
    """Record that another body comes to a school or that it is closed, or return the same record; `ends_on` None: one day."""
    given = _other(kind, body, starts_on, ends_on, source)
    same = {name: given[name] for name in ("kind", "body", "starts_on", "ends_on")}
    if kept := standing(OtherBodysVisit.objects.filter(school=school, **same)).first():
        nothing_changed()
        return kept
    made = OtherBodysVisit.objects.create(
        office_id=school.office_id, school=school, **given, **made_by(actor)
    )
    about(made)
    note(school=str(school), starts_on=starts_on)
    return made


@action("other_body.edit", event="other_body.edited", on="record")
def edit_other_body(
    *,
    actor: Actor,
    record: OtherBodysVisit,
    version: int,
    body: str,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
    kind: str = OtherBodysVisit.Kind.OTHER_BODY,
) -> OtherBodysVisit:
    """Write the visit of another body anew, whole."""
    given = _other(kind, body, starts_on, ends_on, source)
    fresh = OtherBodysVisit.objects.select_for_update(of=("self",)).get(pk=record.pk)
    refuse_if_changed(fresh, version=version, new=given)
    if all(getattr(fresh, name) == value for name, value in given.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **given)
    return fresh


@action("other_body.take_back", event="other_body.taken_back", on="record")
def take_back_other_body(
    *, actor: Actor, record: OtherBodysVisit, reason: str = ""
) -> OtherBodysVisit:
    """Take the visit of another body back."""
    taking_back.take_back(record, actor=actor, reason=reason)
    return record


def _other(
    kind: str, body: str, starts_on: date, ends_on: date | None, source: str
) -> dict[str, object]:
    words, last = collapse(body)[:200], ends_on or starts_on
    if not words:
        raise RuleBroken(
            "other_body.body", "Write who comes, or why the school is closed.", field="body"
        )
    if last < starts_on:
        raise RuleBroken("other_body.order", "The last day is before the first.", field="ends_on")
    if (last - starts_on).days > LONGEST_SPAN_DAYS:
        raise RuleBroken(
            "other_body.long",
            "A visit lasts at most %(days)s days.",
            field="ends_on",
            days=LONGEST_SPAN_DAYS,
        )
    return {
        "kind": OtherBodysVisit.Kind(kind),
        "body": words,
        "starts_on": starts_on,
        "ends_on": last,
        "source": collapse(source)[:250],
    }
