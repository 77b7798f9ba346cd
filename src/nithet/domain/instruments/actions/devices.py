"""Every write to devices."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from nithet.domain.instruments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.instruments.models.devices import Device
from nithet.foundation.access.actors import Actor, roles_held
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

TOKEN_BYTES = 32
MOST_OF_A_PERSON = 20
USED_TO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Added:
    """A new device with the token of its address, which is told this once and kept nowhere."""

    device: Device
    token: str


@action("device.add", event="device.added")
def add_device(*, actor: Actor, owner: User, name: str) -> Added:
    """Let a person fill in forms on a further device. Only the system adds one for somebody else."""
    if not actor.is_system and owner.pk != actor.user_id:
        raise RuleBroken("device.owner", "A device is added by whoever will use it.", field="name")
    if actor.office_id not in {office for office, _held in roles_held(owner, clock.today())}:
        raise RuleBroken(
            "device.nobody", "This person holds no position in the office.", field="name"
        )
    if not (tidy := collapse(name)[:120]):
        raise RuleBroken(
            "device.name", "Give the device a name by which you know it.", field="name"
        )
    if Device.objects.filter(user_id=owner.pk, revoked_at=None).count() >= MOST_OF_A_PERSON:
        raise RuleBroken(
            "device.many",
            "Revoke a device that is no longer in use first (at most %(most)s).",
            most=MOST_OF_A_PERSON,
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    device = Device.objects.create(
        office_id=actor.writes_in,
        user_id=owner.pk,
        name=tidy,
        token_sha256=sha256_hex(token.encode()),
        made_at=clock.now(),
        made_by=actor.signature,
    )
    about(device)
    note(owner=owner.display_name or owner.username)
    return Added(device, token)


@action("device.revoke", event="device.revoked", on="device")
def revoke_device(*, actor: Actor, device: Device) -> Device:
    """Give nothing more to a device; what it still holds may be delivered and waits for a person."""
    fresh = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    if fresh.is_revoked:
        nothing_changed()
        return fresh
    change(fresh, revoked_at=clock.now(), revoked_by=actor.signature)
    return fresh


@action("device.seen", event="device.used", on="device")
def mark_used(*, actor: Actor, device: Device) -> None:
    """Keep when a device was used last, to ten minutes; that is no history."""
    nothing_changed()
    Device.objects.filter(pk=device.pk).update(last_used_at=clock.now())


def is_to_be_marked(device: Device) -> bool:
    """Say whether the last use that is kept is older than ten minutes."""
    return device.last_used_at is None or clock.now() - device.last_used_at > USED_TO
