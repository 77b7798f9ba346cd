"""Founding an office, and its people: accounts, postings, powers. Written through the door like everything else."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from nithet.domain.directory.policy.people import LOOKING_AFTER, of_office
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.audit.events import Event
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

PEOPLE_EVENTS = (
    Event("office.founded", "%(actor)s set up the office %(target)s."),
    Event("person.added", "%(actor)s gave %(target)s an account."),
    Event("person.posted", "%(actor)s posted %(person)s as %(role)s at %(unit)s."),
    Event("person.closed", "%(actor)s closed the account of %(target)s."),
    Event("person.reopened", "%(actor)s opened the account of %(target)s again."),
    Event("posting.ended", "%(actor)s ended the posting of %(person)s as %(role)s."),
    Event("posting.transferred", "%(actor)s transferred %(person)s to %(unit)s."),
    Event("power.granted", "%(actor)s recorded order %(order_number)s for %(person)s."),
    Event("power.ended", "%(actor)s ended the power of %(person)s by order %(order_number)s."),
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
def may_administer(actor: Actor, target: object) -> Verdict:
    """The office's administrator looks after its people."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("posting.end")
@policy("posting.transfer")
def may_end_posting(actor: Actor, posting: Posting) -> Verdict:
    """The office's administrator, for postings in this office."""
    if not actor.is_system and posting.unit.root_id != actor.office_id:
        return deny("This record belongs to another office.")
    return by_role(actor, Role.ADMINISTRATOR)


@policy("power.grant")
def may_grant_power(actor: Actor, target: object) -> Verdict:
    """The administrator or the director records orders that let one person act for another."""
    return by_role(actor, *LOOKING_AFTER)


@policy("power.end")
def may_end_power(actor: Actor, power: Power) -> Verdict:
    """The administrator or the director, for powers in this office."""
    if not actor.is_system and power.unit.root_id != actor.office_id:
        return deny("This record belongs to another office.")
    return by_role(actor, *LOOKING_AFTER)


@policy("password.set")
@policy("person.close")
@policy("person.reopen")
def may_set_password(actor: Actor, user: User) -> Verdict:
    """The office's administrator, for people of this office alone: an account opens whatever its person may do."""
    verdict = by_role(actor, Role.ADMINISTRATOR)
    if not verdict or actor.is_system:
        return verdict
    offices = offices_of(user)
    if len(offices - {actor.office_id}) > 0 and actor.office_id in offices:
        return deny(
            "This person also works for another office, so the installation's console sets the password."
        )
    if actor.office_id not in offices and not _was_of_office_only(user, actor.office_id):
        return deny("This person holds no position in your office.")
    return verdict


def offices_of(user: User) -> set[int]:
    """Return the offices where a person holds a role today or is to hold one, by postings and powers."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    return _offices(user, lasting)


def _was_of_office_only(user: User, office_id: int | None) -> bool:
    """Say whether somebody whose postings have all ended never worked anywhere else."""
    return _offices(user, Q()) == {office_id}


def _offices(user: User, when: Q) -> set[int]:
    held = (Posting.objects.filter(when, user=user), Power.objects.filter(when, user=user))
    units = {unit for rows in held for unit in rows.values_list("unit", flat=True)}
    return {unit.root_id for unit in Unit.objects.filter(pk__in=units)}


def refuse_weak(password: str, user: User) -> None:
    """Raise `RuleBroken` "password.weak" for a password that the installation's rules do not let pass."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RuleBroken(
            "password.weak",
            "This password cannot be used. %(problems)s",
            field="password",
            problems=" ".join(error.messages),
        ) from error


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
    """Give a person or a desk an account, or return this office's one of that user name unchanged.

    A name that somebody elsewhere has is taken, and whose it is stays unsaid. Raises `RuleBroken` "username.taken" then and
    "password.weak" for a password that the rules do not let pass.
    """
    name = username.strip().lower()
    if kept := User.objects.filter(username=name).first():
        _refuse_foreign_account(actor, kept)
        nothing_changed()
        return kept
    if password is not None:
        refuse_weak(password, User(username=name, display_name=display_name))
    return User.objects.create_user(name, password, display_name=display_name, kind=kind)


def _refuse_foreign_account(actor: Actor, user: User) -> None:
    offices = _offices(user, Q())
    # An account that nobody has posted yet is the installation's own half-done work, never an administrator's to find.
    is_ours = actor.office_id in offices or (actor.is_system and not offices)
    if not is_ours:
        raise taken()


def taken() -> RuleBroken:
    """Return what is said of a user name that cannot be had, whoever has it."""
    return RuleBroken(
        "username.taken", "This user name is taken. Please choose another.", field="username"
    )


@action("password.set", event="password.set", on="user")
def set_password(*, actor: Actor, user: User, password: str) -> User:
    """Set a password for somebody who lost theirs; the password itself is never recorded."""
    refuse_weak(password, user)
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
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("posting.period", "The last day lies before the first.", field="ends_on")
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


@action("posting.end", event="posting.ended", on="posting")
def end_posting(*, actor: Actor, posting: Posting, ends_on: date, version: int) -> Posting:
    """End a posting with a last day; its position is then vacant and its duties stay with the position."""
    fresh = _fresh_posting(posting, version, {"ends_on": ends_on})
    _end(fresh, ends_on)
    return fresh


def _end(posting: Posting, ends_on: date) -> None:
    if posting.starts_on and ends_on < posting.starts_on:
        raise RuleBroken("posting.period", "The last day lies before the first.", field="ends_on")
    if posting.role == Role.ADMINISTRATOR and not posting.limited_to:
        _refuse_the_last_administrator(posting.unit.root_id, posting.user_id)
    note(person=str(posting.user), role=posting.role, unit=str(posting.unit))
    change(posting, ends_on=ends_on, version=posting.version + 1)


def _refuse_the_last_administrator(office_id: int, user_id: int) -> None:
    """An office that locked itself out would need the console."""
    others = (
        Posting.objects.filter(
            of_office(office_id), role=Role.ADMINISTRATOR, limited_to="", user__is_active=True
        )
        .filter(Q(ends_on__isnull=True))
        .exclude(user_id=user_id)
    )
    if not others.exists():
        raise RuleBroken(
            "people.last_administrator",
            "This is the office's only administrator. Invite another one first.",
        )


def _fresh_posting(posting: Posting, version: int, yours: dict[str, object]) -> Posting:
    fresh = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("unit", "user")
        .get(pk=posting.pk)
    )
    if fresh.version != version:
        raise Conflict(
            "posting.changed_meanwhile",
            "Somebody else changed this posting meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={name: str(getattr(fresh, name) or "") for name in yours},
            yours={name: str(value) for name, value in yours.items()},
        )
    return fresh


@action("posting.transfer", event="posting.transferred", on="posting")
def transfer_person(
    *, actor: Actor, posting: Posting, unit: Unit, starts_on: date, version: int, title: str = ""
) -> Posting:
    """Transfer a person to another unit of the office from a day (ย้าย): the old posting ends the day before.

    The position that they leave is vacant from then on. Somebody who leaves for another office is ended, not transferred.
    """
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")
    if unit.pk == posting.unit_id:
        raise RuleBroken("posting.same_unit", "They work there already.", field="unit")
    if unit.kind != posting.unit.kind:
        raise RuleBroken(
            "posting.other_kind", "A transfer leads to a unit of the same kind.", field="unit"
        )
    fresh = _fresh_posting(posting, version, {"unit": unit, "starts_on": starts_on})
    _end(fresh, starts_on - timedelta(days=1))
    moved = Posting.objects.create(
        user=fresh.user,
        role=fresh.role,
        unit=unit,
        title=title.strip() or fresh.title,
        starts_on=starts_on,
    )
    about(moved)
    note(person=str(fresh.user), role=fresh.role, unit=str(unit))
    return moved


@action("person.close", event="person.closed", on="user")
def close_account(*, actor: Actor, user: User) -> User:
    """Close an account: every sitting ends at once, nothing that the person did changes."""
    if not user.is_active:
        nothing_changed()
        return user
    if user.pk == actor.user_id:
        raise RuleBroken("person.oneself", "Nobody closes their own account.")
    fresh = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    change(fresh, is_active=False, sittings_ended=fresh.sittings_ended + 1)
    return fresh


@action("person.reopen", event="person.reopened", on="user")
def reopen_account(*, actor: Actor, user: User) -> User:
    """Open a closed account again; sittings from before stay ended."""
    if user.is_active:
        nothing_changed()
        return user
    fresh = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    change(fresh, is_active=True)
    return fresh


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
    """Record that a person acts for an office-holder by an order.

    รักษาราชการแทน where the holder is absent or there is none, ปฏิบัติราชการแทน with a delegated power, รักษาการในตำแหน่ง in charge of
    the position itself.
    """
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")
    if not order_number.strip():
        raise RuleBroken(
            "power.order", "A power needs the number of its order.", field="order_number"
        )
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("power.period", "The last day lies before the first.", field="ends_on")
    if role == Role.ADMINISTRATOR and not actor.is_system and not actor.holds(Role.ADMINISTRATOR):
        raise RuleBroken(
            "power.administrator", "Only an administrator lets somebody act as one.", field="role"
        )
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


@action("power.end", event="power.ended", on="power")
def end_power(*, actor: Actor, power: Power, ends_on: date, version: int) -> Power:
    """End a power with a last day; one that should never have been ends the day it began."""
    fresh = (
        Power.objects.select_for_update(of=("self",))
        .select_related("unit", "user")
        .get(pk=power.pk)
    )
    if fresh.version != version:
        raise Conflict(
            "power.changed_meanwhile",
            "Somebody else changed this power meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={"ends_on": str(fresh.ends_on or "")},
            yours={"ends_on": str(ends_on)},
        )
    if ends_on < fresh.starts_on:
        raise RuleBroken("power.period", "The last day lies before the first.", field="ends_on")
    note(person=str(fresh.user), order_number=fresh.order_number)
    change(fresh, ends_on=ends_on, version=version + 1)
    return fresh
