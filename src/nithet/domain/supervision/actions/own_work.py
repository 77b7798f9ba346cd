"""What supervisors enter of their own development, and to whom they open their page of work."""

from datetime import date
from decimal import Decimal
from typing import Any

from nithet.domain.supervision import study_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.studies import WorkEntry, WorkShare
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import action, change, nothing_changed
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

MOST_HOURS = Decimal(2000)


@action("work.enter", event="work.entered")
def enter_work(*, actor: Actor, **values: Any) -> WorkEntry:
    """Enter a course, a time with a mentor or another work of one's own."""
    return WorkEntry.objects.create(
        office_id=actor.writes_in,
        user_id=actor.user_id or 0,
        **_checked(values),
        **made_by(actor),
    )


@action("work.edit", event="work.edited", on="entry")
def edit_work(*, actor: Actor, entry: WorkEntry, version: int, **values: Any) -> WorkEntry:
    """Write an entry of one's own anew."""
    new = _checked(values)
    fresh = WorkEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not fresh.stands:
        raise RuleBroken("work.taken_back", "This was taken back, so it can no longer be changed.")
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("work.take_back", event="work.taken_back", on="entry")
def take_back_work(*, actor: Actor, entry: WorkEntry, reason: str = "") -> WorkEntry:
    """Take an entry back."""
    take_back(entry, actor=actor, reason=reason)
    return entry


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    start: date = new["starts_on"]
    end: date | None = new.get("ends_on")
    hours: Decimal | None = new.get("hours")
    if not collapse(str(new.get("title", ""))):
        raise RuleBroken("work.title", "Say what it was about.", field="title")
    if start > clock.today():
        raise RuleBroken("work.later", "This day has not come yet.", field="starts_on")
    if end is not None and end < start:
        raise RuleBroken("work.backwards", "The end lies before the beginning.", field="ends_on")
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise RuleBroken(
            "work.hours", "Hours lie above 0 and at most %(most)s.", field="hours", most=MOST_HOURS
        )
    return new


@action("work.share", event="work.shared")
def share_work(*, actor: Actor, reader: User) -> WorkShare:
    """Open one's page of work to another person of the office; open already, nothing changes."""
    if reader.pk == actor.user_id:
        raise RuleBroken("work.self", "Your own page is open to you.", field="reader")
    given = WorkShare.objects.filter(
        owner_id=actor.user_id or 0, reader_id=reader.pk, ended_at__isnull=True
    ).first()
    if given is not None:
        nothing_changed()
        return given
    return WorkShare.objects.create(
        office_id=actor.writes_in,
        owner_id=actor.user_id or 0,
        owner_title=actor.signature,
        reader_id=reader.pk,
        reader_title=(reader.display_name or reader.username)[:300],
        given_at=clock.now(),
    )


@action("work.end_share", event="work.share_ended", on="share")
def end_share(*, actor: Actor, share: WorkShare) -> WorkShare:
    """Close one's page of work to a person again."""
    fresh = WorkShare.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if fresh.ended_at is not None:
        nothing_changed()
        return fresh
    change(fresh, ended_at=clock.now())
    return fresh
