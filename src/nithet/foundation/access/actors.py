"""The one who acts: a frozen value built once per request, job or command."""

from dataclasses import dataclass
from datetime import date

from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A role in hand at a unit today; `order_number` is set where it is held for somebody else by an order."""

    role: Role
    unit_id: int
    unit_kind: str
    unit_name: str
    title: str = ""
    acting_kind: str = ""
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which office, with which roles.

    `user_id` is None for the system. `speaker` is the person who named themselves at a school desk ("" elsewhere).
    """

    name: str
    office_id: int | None
    held: tuple[Held, ...] = ()
    user_id: int | None = None
    is_system: bool = False
    is_desk: bool = False
    speaker: str = ""

    def holds(self, *roles: Role, unit_id: int | None = None) -> bool:
        """Say whether one of the roles is held (at the unit, where one is named)."""
        return any(
            held.role in roles and (unit_id is None or held.unit_id == unit_id) for held in self.held
        )

    @property
    def writes_in(self) -> int:
        """Return the id of the office that new records belong to; an actor without one cannot write records."""
        if self.office_id is None:
            raise LookupError(f"{self.name} acts for no office, so a record would belong to nobody")
        return self.office_id

    @property
    def school_ids(self) -> frozenset[int]:
        """Return the units (of kind school) where a role is held."""
        return frozenset(h.unit_id for h in self.held if h.unit_kind == Unit.Kind.SCHOOL)

    @property
    def is_of_office(self) -> bool:
        """Say whether a role is held at the office itself."""
        return any(h.unit_kind == Unit.Kind.OFFICE for h in self.held)

    @property
    def signature(self) -> str:
        """Return the name that a record keeps: the desk's unit and who sat there, or the person with any order."""
        if self.is_desk:
            return self.name
        orders = [h.order_number for h in self.held if h.order_number]
        return f"{self.name} ({orders[0]})" if orders else self.name


def system_actor(purpose: str, office_id: int | None = None) -> Actor:
    """Return the system as an actor; policies know it by `is_system` and records name its purpose."""
    return Actor(name=f"system:{purpose}", office_id=office_id, is_system=True)


def roles_held(user: User, day: date) -> list[tuple[int, Held]]:
    """List (office id, role in hand) of a person on a day, own postings first, by two queries."""
    postings = Posting.objects.filter(user=user).on(day).select_related("unit").order_by("pk")
    powers = Power.objects.filter(user=user).on(day).select_related("unit").order_by("pk")
    own = [
        (p.unit.root_id, Held(Role(p.role), p.unit_id, p.unit.kind, str(p.unit), p.title))
        for p in postings
        if p.unit.is_open_on(day)
    ]
    for_others = [
        (
            p.unit.root_id,
            Held(Role(p.role), p.unit_id, p.unit.kind, str(p.unit), "", p.kind, p.order_number),
        )
        for p in powers
        if p.unit.is_open_on(day)
    ]
    return own + for_others


def actor_for(user: User, day: date, *, office_id: int | None = None, speaker: str = "") -> Actor:
    """Build the actor of a signed-in person.

    `office_id` chooses among several offices; the first posting's office is taken where it is None or not theirs.
    A person without any posting has no office and reaches nothing.
    """
    held = roles_held(user, day) if user.is_active else []
    offices = [office for office, _ in held]
    chosen = office_id if office_id in offices else (offices[0] if offices else None)
    return Actor(
        name=user.display_name or user.username,
        office_id=chosen,
        held=tuple(role for office, role in held if office == chosen),
        user_id=user.pk,
        is_desk=user.is_desk,
        speaker=speaker if user.is_desk else "",
    )
