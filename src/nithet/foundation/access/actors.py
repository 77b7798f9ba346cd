"""The one who acts: a frozen value built once per request, job or command."""

from dataclasses import dataclass
from datetime import date

from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import OFFICE_STAFF, Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A role in hand at a unit today; `order_number` is set where it is held for somebody else by an order.

    `limited_to` names the one record ("assessments.round:5") that the role is good for; "" where it holds everywhere.
    """

    role: Role
    unit_id: int
    unit_kind: str
    unit_name: str
    title: str = ""
    acting_kind: str = ""
    order_number: str = ""
    limited_to: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which office, with which roles.

    `user_id` is None for the system. `other_office_ids` are the offices beside this one in which the person holds a role. `speaker` is the person who named themselves at a school desk ("" elsewhere).
    """

    name: str
    office_id: int | None
    held: tuple[Held, ...] = ()
    user_id: int | None = None
    is_system: bool = False
    is_desk: bool = False
    speaker: str = ""
    other_office_ids: tuple[int, ...] = ()

    def holds(self, *roles: Role, unit_id: int | None = None, record: str = "") -> bool:
        """Say whether one of the roles is held (at the unit, where one is named).

        A role limited to one record counts only where that very record ("assessments.round:5") is asked about, so a question
        that does not name its record never lets an invited assessor in.
        """
        return any(
            held.role in roles
            and (unit_id is None or held.unit_id == unit_id)
            and (not held.limited_to or held.limited_to == record)
            for held in self.held
        )

    @property
    def limited_to(self) -> str:
        """Return the one record of somebody invited to it alone; "" for everybody who holds anything without limit.

        Somebody invited to several records has the first here and all in `records_limited_to`.
        """
        if any(not held.limited_to for held in self.held):
            return ""
        return self.held[0].limited_to if self.held else ""

    @property
    def records_limited_to(self) -> tuple[str, ...]:
        """Return every record that a role in hand is limited to, without repeats."""
        return tuple(dict.fromkeys(held.limited_to for held in self.held if held.limited_to))

    @property
    def writes_in(self) -> int:
        """Return the id of the office that new records belong to; an actor without one cannot write records."""
        if self.office_id is None:
            raise LookupError(f"{self.name} acts for no office, so a record would belong to nobody")
        return self.office_id

    @property
    def school_ids(self) -> frozenset[int]:
        """Return the units (of kind school) where a role is held."""
        return frozenset(
            h.unit_id for h in self.held if h.unit_kind == Unit.Kind.SCHOOL and not h.limited_to
        )

    @property
    def is_of_office(self) -> bool:
        """Say whether a role is held at the office itself, for more than one record."""
        return any(h.unit_kind == Unit.Kind.OFFICE and not h.limited_to for h in self.held)

    @property
    def is_of_staff(self) -> bool:
        """Say whether the person works in the office: committees, chairs, experts and invited assessors do not."""
        return self.holds(*OFFICE_STAFF)

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
        (
            p.unit.root_id,
            Held(
                Role(p.role),
                p.unit_id,
                p.unit.kind,
                str(p.unit),
                p.title,
                limited_to=p.limited_to,
            ),
        )
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
        other_office_ids=tuple(dict.fromkeys(office for office in offices if office != chosen)),
    )
