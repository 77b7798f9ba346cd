"""The visits of a week, counted once for every page that speaks of สัปดาห์นี้: the home, the list of visits, the offline client."""

from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.pages import SATURDAY, my_week
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Week:
    """The visits of a week from Monday to Sunday by day, planned and carried out; on Saturday and Sunday of the week that comes."""

    visits: tuple[Visit, ...]

    @property
    def schools(self) -> int:
        """Return how many schools are still to be visited: the number that is said as "this week n schools"."""
        return len({one.school_id for one in self.visits if one.state == Visit.State.PLANNED})

    @property
    def recorded(self) -> int:
        """Return how many visits of the week have been carried out."""
        return sum(one.state == Visit.State.DONE for one in self.visits)


def own_week(actor: Actor, today: date) -> Week:
    """Return the week of somebody who goes to schools: the visits whose team or plan names them; two queries."""
    return Week(tuple(my_week(actor, today)))


def whole_week(actor: Actor, today: date) -> Week:
    """Return the week of all visits that an actor may read, with who goes fetched; two queries."""
    monday = today + timedelta(days=7 * (today.weekday() >= SATURDAY) - today.weekday())
    rows = list_visits(actor).filter(visited_on__range=(monday, monday + timedelta(days=6)))
    rows = rows.exclude(state=Visit.State.CANCELLED)
    return Week(tuple(rows.order_by("visited_on", "starts_at", "pk")))
