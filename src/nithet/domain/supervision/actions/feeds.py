"""Calendars to subscribe to: made, renewed, ended."""

import secrets

from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.rules.feeds import WantedFeed
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken


def digest_of_word(word: str) -> str:
    """Return what is kept of the word in a feed's address."""
    return sha256_hex(word.encode())


@action("feed.make", event="feed.made", on="wanted")
def make_feed(*, actor: Actor, wanted: WantedFeed) -> tuple[CalendarFeed, str]:
    """Make an address for a calendar; return it and the word of the address, which is shown this once."""
    kind = CalendarFeed.Kind(wanted.kind)
    if kind == CalendarFeed.Kind.SCHOOL and wanted.school_id is None:
        raise RuleBroken("feed.school", "Choose the school.", field="school")
    word = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        office_id=wanted.office_id,
        kind=kind,
        user_id=wanted.user_id if kind == CalendarFeed.Kind.PERSON else None,
        school_id=wanted.school_id if kind == CalendarFeed.Kind.SCHOOL else None,
        token_digest=digest_of_word(word),
        made_at=clock.now(),
        made_by=actor.signature,
        made_by_id=actor.user_id,
    )
    about(feed)
    note(kind=str(kind))
    return feed, word


@action("feed.renew", event="feed.renewed", on="feed")
def renew_feed(*, actor: Actor, feed: CalendarFeed) -> tuple[CalendarFeed, str]:
    """Give a calendar a new address; the old one opens nothing any more."""
    fresh = _hold(feed)
    word = secrets.token_urlsafe(32)
    # Set apart from `change`, so that not even the digest of a word stands in the history.
    fresh.token_digest = digest_of_word(word)
    fresh.save(update_fields=["token_digest"])
    change(fresh, renewed_at=clock.now(), version=fresh.version + 1)
    return fresh, word


@action("feed.revoke", event="feed.revoked", on="feed")
def revoke_feed(*, actor: Actor, feed: CalendarFeed) -> CalendarFeed:
    """End a calendar's address; doing it again changes nothing."""
    fresh = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if fresh.revoked_at is not None:
        nothing_changed()
        return fresh
    change(fresh, revoked_at=clock.now(), revoked_by=actor.signature, version=fresh.version + 1)
    return fresh


def _hold(feed: CalendarFeed) -> CalendarFeed:
    fresh = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if fresh.revoked_at is not None:
        raise RuleBroken("feed.ended", "This calendar has ended. Make a new one.")
    return fresh
