"""Founding an office, and its people: accounts, postings, powers. Written through the door like everything else."""

from datetime import date

from django.db.models import Q

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.audit.events import Event
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

PEOPLE_EVENTS = (
    Event("office.founded", "%(actor)s set up the office %(target)s."),
    Event("person.added", "%(actor)s gave %(target)s an account."),
    Event("person.posted", "%(actor)s posted %(person)s as %(role)s at %(unit)s."),
    Event("power.granted", "%(actor)s recorded order %(order_number)s for %(person)s."),
    Event("password.set", "%(actor)s set a new password for %(target)s."),
)


@policy("office.found")
def may_found(actor: Actor, target: object) -> Verdict:
    """Only the installation itself sets up offices: from its console."""
    if actor.is_system:
        return allow("The system does this on the office's behalf.")
    return deny("Offices are set up on the console of the installation.")


@policy("person.add")
@policy("person.post")
@policy("power.grant")
def may_administer(actor: Actor, target: object) -> Verdict:
    """The office's administrator looks after its people."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("password.set")
def may_set_password(actor: Actor, user: User) -> Verdict:
    """The office's administrator, for people of this office alone: an account opens whatever its person may do."""
    verdict = by_role(actor, Role.ADMINISTRATOR)
    if not verdict or actor.is_system:
        return verdict
    offices = _offices_of(user)
    if actor.office_id not in offices:
        return deny("This person holds no position in your office.")
    if len(offices) > 1:
        return deny(
            "This person also works for another office, so the installation's console sets the password."
        )
    return verdict


def _offices_of(user: User) -> set[int]:
    """Return the offices where a person holds a role today or is to hold one, by postings and powers."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    held = (Posting.objects.filter(lasting, user=user), Power.objects.filter(lasting, user=user))
    units = {unit for rows in held for unit in rows.values_list("unit", flat=True)}
    return {unit.root_id for unit in Unit.objects.filter(pk__in=units)}


@action("office.found", event="office.founded")
def found_office(
    *, actor: Actor, name: str, short_name: str, code: str = "", is_example: bool = False
) -> Unit:
    """Set up an office with its settings, or return the one of that name."""
    kept, was_made = Unit.objects.get_or_create(
        kind=Unit.Kind.OFFICE, name=name, defaults={"short_name": short_name, "code": code}
    )
    if was_made:
        OfficeSettings.objects.create(office=kept, is_example=is_example)
    else:
        nothing_changed()
    return kept


@action("person.add", event="person.added")
def add_person(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password: str | None,
    kind: str = User.Kind.PERSON,
) -> User:
    """Give a person or a desk an account, or return the one of that user name unchanged."""
    if kept := User.objects.filter(username=username.strip().lower()).first():
        nothing_changed()
        return kept
    return User.objects.create_user(username, password, display_name=display_name, kind=kind)


@action("password.set", event="password.set", on="user")
def set_password(*, actor: Actor, user: User, password: str) -> User:
    """Set a password for somebody who lost theirs; the password itself is never recorded."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@action("person.post", event="person.posted")
def post_person(
    *,
    actor: Actor,
    user: User,
    role: Role,
    unit: Unit,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    limited_to: str = "",
) -> Posting:
    """Post a person in a role at a unit of the actor's office, or return the same posting.

    `limited_to` is a record ("assessments.round:5") where the role holds for that record alone.
    """
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")
    kept, was_made = Posting.objects.get_or_create(
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        limited_to=limited_to,
        defaults={"title": title},
    )
    if not was_made:
        nothing_changed()
    about(kept)
    note(person=str(user), role=str(role), unit=str(unit))
    return kept


@action("power.grant", event="power.granted")
def grant_power(
    *,
    actor: Actor,
    user: User,
    kind: str,
    role: Role,
    unit: Unit,
    order_number: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Power:
    """Record that a person acts for an office-holder by an order (รักษาราชการแทน / ปฏิบัติราชการแทน)."""
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")
    if not order_number.strip():
        raise RuleBroken(
            "power.order", "A power needs the number of its order.", field="order_number"
        )
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("power.period", "The last day lies before the first.", field="ends_on")
    note(person=str(user), order_number=order_number)
    return Power.objects.create(
        user=user,
        kind=kind,
        role=role,
        unit=unit,
        order_number=order_number.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
