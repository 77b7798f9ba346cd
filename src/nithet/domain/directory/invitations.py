"""Invitations (หนังสือเชิญเข้าใช้งาน): by a link or a paper slip, so that nobody types a password for somebody else."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Position, PositionHolder
from nithet.domain.directory.people import may_set_password, refuse_weak, taken
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.access.models import Invitation, Posting
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import SCHOOL_STAFF, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.audit.events import Event
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.text import collapse

INVITATION_EVENTS = (
    Event("person.invited", "%(actor)s invited %(target)s."),
    Event("schools.invited", "%(actor)s invited %(count)s schools."),
    Event("access.given_anew", "%(actor)s gave %(person)s a new way in."),
    Event("invitation.withdrawn", "%(actor)s withdrew the invitation of %(target)s."),
    Event("invitation.accepted", "%(person)s accepted the invitation as %(role)s."),
)
LONGEST = timedelta(days=366)
POSITION = "directory.position"


@policy("person.invite")
@policy("schools.invite")
def may_invite(actor: Actor, target: object) -> Verdict:
    """The office's administrator invites."""
    return by_role(actor, Role.ADMINISTRATOR)


@policy("access.give_anew")
def may_give_anew(actor: Actor, user: User) -> Verdict:
    """As with a password: the administrator, for people of this office alone."""
    return may_set_password(actor, user)


@policy("invitation.withdraw")
def may_withdraw(actor: Actor, invitation: Invitation) -> Verdict:
    """The administrator of the office that invited."""
    if not actor.is_system and invitation.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    return by_role(actor, Role.ADMINISTRATOR)


@policy("invitation.accept")
def may_accept(actor: Actor, invitation: Invitation) -> Verdict:
    """Whoever holds the token, through the page of acceptance; nobody in another's name."""
    if actor.is_system:
        return allow("Whoever holds the link may accept it.")
    return deny("An invitation is accepted by opening its link.")


def _new_token() -> str:
    return secrets.token_urlsafe(18)


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return sha256_hex(token.encode())


@action("person.invite", event="person.invited")
def invite_person(
    *,
    actor: Actor,
    unit: Unit,
    role: Role,
    title: str,
    display_name: str,
    expires_on: date,
    limited_to: str = "",
    posting_starts_on: date | None = None,
    posting_ends_on: date | None = None,
    fills: Position | None = None,
) -> tuple[Invitation, str]:
    """Invite one person to a role; return the invitation and its token, which is nowhere else.

    `limited_to` is a record ("assessments.round:5") where the role shall hold for that record alone; `fills` the position
    that the person is to hold.
    """
    _refuse_foreign(actor, unit)
    _refuse_odd_place(role, unit)
    name = collapse(display_name)
    if not name:
        raise RuleBroken("name.missing", "A name is needed.", field="display_name")
    _refuse_days(expires_on, posting_starts_on, posting_ends_on)
    if limited_to:
        RecordRef.parse(limited_to)
    token = _new_token()
    made = Invitation.objects.create(
        office_id=actor.writes_in,
        unit=unit,
        role=role,
        title=collapse(title),
        display_name=name,
        limited_to=limited_to,
        fills=f"{POSITION}:{fills.pk}" if fills else "",
        posting_starts_on=posting_starts_on,
        posting_ends_on=posting_ends_on,
        expires_on=expires_on,
        token_digest=digest_of(token),
        made_by=actor.signature,
    )
    about(made)
    note(role=str(role), unit=str(unit), expires_on=expires_on, limited_to=limited_to)
    return made, token


def _refuse_foreign(actor: Actor, unit: Unit) -> None:
    if unit.root_id != actor.office_id:
        raise RuleBroken("unit.foreign", "This unit is not part of your office.", field="unit")


def _refuse_odd_place(role: Role, unit: Unit) -> None:
    right = {
        Unit.Kind.SCHOOL: role in SCHOOL_STAFF,
        Unit.Kind.NETWORK: role == Role.NETWORK_CHAIR,
        Unit.Kind.OFFICE: role not in SCHOOL_STAFF,
    }
    if not right[Unit.Kind(unit.kind)]:
        raise RuleBroken(
            "invitation.place",
            "The role %(role)s is not held at %(unit)s. Choose another place.",
            field="unit",
            role=str(Role(role).label),
            unit=str(unit),
        )


def _refuse_days(expires_on: date, starts_on: date | None, ends_on: date | None) -> None:
    today = clock.today()
    if not today <= expires_on <= today + LONGEST:
        raise RuleBroken(
            "invitation.expires",
            "An invitation is good from today for at most one year.",
            field="expires_on",
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(
            "posting.period", "The last day lies before the first.", field="posting_ends_on"
        )


@action("access.give_anew", event="access.given_anew", on="user")
def give_access_anew(*, actor: Actor, user: User, expires_on: date) -> tuple[Invitation, str]:
    """Give somebody who lost password or telephone a new way in; earlier ones that were not used are withdrawn.

    Nothing changes until the link is opened: then they choose a password, the second step is asked for anew, and sittings from
    before end.
    """
    _refuse_days(expires_on, None, None)
    office = Unit.objects.get(pk=actor.writes_in)
    _withdraw_open(Invitation.objects.filter(user=user))
    token = _new_token()
    made = Invitation.objects.create(
        office=office,
        unit=office,
        display_name=str(user),
        username=user.username,
        is_desk=user.is_desk,
        user=user,
        expires_on=expires_on,
        token_digest=digest_of(token),
        made_by=actor.signature,
    )
    about(made)
    note(person=str(user), expires_on=expires_on)
    return made, token


def _withdraw_open(rows: QuerySet[Invitation]) -> None:
    rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now()
    )


@action("schools.invite", event="schools.invited")
def invite_schools(
    *, actor: Actor, schools: Sequence[School], expires_on: date
) -> list[tuple[Invitation, str]]:
    """Invite the desks of schools, one account a school whose user name is the school's code.

    A school without a code, or whose desk has its account already, is passed over; an earlier slip that nobody used stops
    being good.
    """
    _refuse_days(expires_on, None, None)
    office_id = actor.writes_in
    wanted = [school for school in schools if desk_name(school) and school.office_id == office_id]
    names = {desk_name(school) for school in wanted}
    has_account = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    wanted = [school for school in wanted if desk_name(school) not in has_account]
    _withdraw_open(
        Invitation.objects.filter(
            office_id=office_id, is_desk=True, username__in={desk_name(s) for s in wanted}
        )
    )
    tokens = [_new_token() for _ in wanted]
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                office_id=office_id,
                unit=school.unit,
                role=Role.SCHOOL_CLERK,
                display_name=str(school),
                username=desk_name(school),
                is_desk=True,
                expires_on=expires_on,
                token_digest=digest_of(token),
                made_by=actor.signature,
            )
            for school, token in zip(wanted, tokens, strict=True)
        ]
    )
    about(Unit.objects.get(pk=office_id))
    note(count=len(made), expires_on=expires_on)
    return list(zip(made, tokens, strict=True))


def desk_name(school: School) -> str:
    """Return the user name of a school's desk: its code; "" where the school has none yet."""
    return (school.unit.code or school.smis_code).strip().lower()


@action("invitation.withdraw", event="invitation.withdrawn", on="invitation")
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Withdraw an invitation: its link answers from now on as if there had never been one."""
    fresh = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if fresh.accepted_at is not None:
        raise RuleBroken(
            "invitation.accepted",
            "It was accepted already. End the posting or close the account instead.",
        )
    change(fresh, withdrawn_at=fresh.withdrawn_at or clock.now())
    return fresh


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation that a token opens today; None for one that is used, withdrawn, expired or unknown."""
    found = (
        Invitation.objects.select_related("office", "unit", "user")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if found is None or not found.is_open_on(clock.today()):
        return None
    return None if found.user is not None and not found.user.is_active else found


def not_valid() -> BadInput:
    """Return what every token that opens nothing answers."""
    return BadInput(
        "invitation.not_valid", "This invitation is no longer good. Ask your office for a new one."
    )


def accept_invitation(*, token: str, username: str, password: str) -> User:
    """Accept an invitation: a new account with its posting, or a new password for the account it names.

    Raises `BadInput` "invitation.not_valid" alike for every token that opens nothing, `RuleBroken` "username.taken",
    "username.wrong" or "password.weak".
    """
    if (found := find_invitation(token)) is None:
        raise not_valid()
    with scope(found.office_id):
        return _accept(
            actor=system_actor("invitation", found.office_id),
            invitation=found,
            username=username,
            password=password,
        )


@action("invitation.accept", event="invitation.accepted", on="invitation")
def _accept(*, actor: Actor, invitation: Invitation, username: str, password: str) -> User:
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("office", "unit", "user")
        .get(pk=invitation.pk)
    )
    if not fresh.is_open_on(clock.today()):
        raise not_valid()
    user = _given_anew(fresh, password) if fresh.user else _new_account(fresh, username, password)
    fresh.accepted_at, fresh.accepted_by = clock.now(), user
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    about(fresh)
    note(person=str(user), role=fresh.role, unit=str(fresh.unit))
    return user


def _given_anew(invitation: Invitation, password: str) -> User:
    user = User.objects.select_for_update(of=("self",)).get(access_invitations=invitation.pk)
    refuse_weak(password, user)
    user.set_password(password)
    user.sittings_ended += 1
    user.save(update_fields=["password", "sittings_ended"])
    Authenticator.objects.filter(user=user).delete()
    return user


def _new_account(invitation: Invitation, username: str, password: str) -> User:
    name = (invitation.username or username).strip().lower()
    kind = User.Kind.DESK if invitation.is_desk else User.Kind.PERSON
    user = User(username=name, display_name=invitation.display_name, kind=kind)
    _refuse_wrong_name(user)
    refuse_weak(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    posting = Posting.objects.create(
        user=user,
        role=invitation.role,
        unit=invitation.unit,
        title=invitation.title,
        starts_on=invitation.posting_starts_on,
        ends_on=invitation.posting_ends_on,
        limited_to=invitation.limited_to,
    )
    _fill(invitation, posting)
    return user


def _refuse_wrong_name(user: User) -> None:
    if User.objects.filter(username=user.username).exists():
        raise taken()
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise RuleBroken(
            "username.wrong",
            "A user name has letters, digits and . @ + - _ only, without spaces.",
            field="username",
        ) from error


def _fill(invitation: Invitation, posting: Posting) -> None:
    """Let the new posting fill the position it was meant for, where that is still there."""
    if not invitation.fills:
        return
    key = RecordRef.parse(invitation.fills).id
    if position := Position.objects.filter(pk=key, taken_back_at__isnull=True).first():
        PositionHolder.objects.create(
            office_id=position.office_id, position=position, posting=posting
        )
