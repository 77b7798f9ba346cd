"""What stands in a calendar that somebody subscribed to."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Prefetch, QuerySet
from django.utils.crypto import salted_hmac

from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.models.plans import PlannedVisit
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import visible_feeds
from nithet.domain.supervision.rules.feeds import FeedVisit
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock
from nithet.kernel.clock import BANGKOK

KEPT_BACK = timedelta(days=366)
"""How long a visit stays in a calendar after its day."""


def feed_of_digest(digest: str) -> CalendarFeed | None:
    """Return the calendar of an address; None where there is none, it has ended, or its person has no account any more."""
    # An address is opened before anybody is known, so no office can be in scope yet.
    with unscoped():
        rows = CalendarFeed.objects.select_related("office", "school__unit")
        found = rows.filter(token_digest=digest, revoked_at__isnull=True).first()
    if found is not None and found.user_id is not None:
        is_there = User.objects.filter(pk=found.user_id, is_active=True).exists()
        return found if is_there else None
    return found


def feed_domain(office_id: int) -> str:
    """Return what makes the UIDs of an office's visits its own: the same under every address by which the product is reached."""
    mark = salted_hmac("nithet.supervision.calendar", str(office_id), algorithm="sha256")
    return f"{mark.hexdigest()[:20]}.nithet"


def list_feeds(actor: Actor) -> QuerySet[CalendarFeed]:
    """List the calendars that an actor may know of and that have not ended, the newest first."""
    rows = visible_feeds(actor).filter(revoked_at__isnull=True)
    return rows.select_related("school__unit").order_by("-pk")


def find_feed(actor: Actor, feed_id: int) -> CalendarFeed | None:
    """Return a calendar the actor may know of; None where there is none."""
    return visible_feeds(actor).select_related("school__unit").filter(pk=feed_id).first()


def visits_of_feed(feed: CalendarFeed) -> list[FeedVisit]:
    """Return the visits of a calendar, cancelled ones among them; four queries, whatever the number."""
    since = clock.today() - KEPT_BACK
    rows = Visit.objects.filter(office_id=feed.office_id, visited_on__gte=since)
    if feed.kind == CalendarFeed.Kind.SCHOOL:
        rows = rows.filter(school=feed.school)
    elif feed.kind == CalendarFeed.Kind.PERSON:
        rows = rows.filter(pk__in=Visitor.objects.filter(user_id=feed.user_id).values("visit"))
    found = list(
        rows.select_related("school__unit", "project")
        .prefetch_related(Prefetch("visitors", Visitor.objects.order_by("pk")))
        .order_by("visited_on", "pk")
    )
    changed = _changes(found)
    return [_told(visit, changed) for visit in found]


def _changes(visits: Iterable[Visit]) -> dict[int, datetime]:
    keys = [visit.pk for visit in visits]
    rows = (
        AuditEvent.objects.filter(
            target_kind="supervision.visit", target_id__in=[str(key) for key in keys]
        )
        .order_by()
        .values_list("target_id")
        .annotate(last=Max("at"))
    )
    found = {int(key): last for key, last in rows}
    planned = PlannedVisit.objects.filter(visit__in=keys).values_list("visit_id", "changed_at")
    for key, at in planned:
        if key is not None:
            found[key] = max(at, found.get(key, at))
    return found


def _told(visit: Visit, changed: dict[int, datetime]) -> FeedVisit:
    school = visit.school
    return FeedVisit(
        key=visit.pk,
        school=school.name,
        kind=visit.kind,
        mode=visit.mode,
        day=visit.visited_on,
        changed_at=changed.get(visit.pk) or _morning(min(visit.visited_on, clock.today())),
        sequence=visit.version - 1,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        is_cancelled=visit.state == Visit.State.CANCELLED,
        is_done=visit.state == Visit.State.DONE,
        party=tuple(one.title for one in visit.visitors.all()),
        project=visit.project.title if visit.project else "",
        latitude=school.latitude,
        longitude=school.longitude,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)
