"""The people of an office who can be asked to work on an item."""

from dataclasses import dataclass

from nithet.domain.directory.models.staff import OfficeGroup
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds a post at the office today: account, name shown, title of the post."""

    user_id: int
    name: str
    title: str


def people_of_office(office_id: int) -> list[Person]:
    """List the office's staff of today by name; one query."""
    rows = (
        Posting.objects.filter(unit_id=office_id, role__in=OFFICE_STAFF, user__is_active=True)
        .on(clock.today())
        .select_related("user")
        .order_by("user__display_name", "pk")
    )
    found: dict[int, Person] = {}
    for row in rows:
        title = row.title or row.get_role_display()
        found.setdefault(row.user_id, Person(row.user_id, str(row.user), str(title)))
    return list(found.values())


def person_of_office(office_id: int, user_id: int) -> Person | None:
    """Return one of the office's staff of today; None where that account is not among them."""
    return next((one for one in people_of_office(office_id) if one.user_id == user_id), None)


def groups_of_office(actor: Actor) -> list[str]:
    """List the names of the office's groups of today, in the order of the official list; one query."""
    today = clock.today()
    return [
        one.name
        for one in standing(OfficeGroup.objects.filter(office_id=actor.office_id))
        if (one.starts_on is None or one.starts_on <= today)
        and (one.ends_on is None or today <= one.ends_on)
    ]
