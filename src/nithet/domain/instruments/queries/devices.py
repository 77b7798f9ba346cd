"""Reading devices."""

from dataclasses import dataclass

from django.db.models import QuerySet

from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import visible_devices
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex

LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks through a device just now. `actor` is None where nothing is given to it any more."""

    device: Device
    actor: Actor | None


def caller_by(token: str) -> Caller | None:
    """Return the device that a token names with its owner as an actor of today; None for a token that was never given.

    The actor is None where the device was revoked, or its owner left the office or was deactivated: asked anew each time.
    """
    if not token or len(token) > LONGEST_TOKEN:
        return None
    # Whose office it is, is not known before the token was found.
    with unscoped():
        device = Device.objects.filter(token_sha256=sha256_hex(token.encode())).first()
    if device is None:
        return None
    owner = (
        None
        if device.is_revoked
        else User.objects.filter(pk=device.user_id, is_active=True).first()
    )
    if owner is None:
        return Caller(device, None)
    actor = actor_for(owner, clock.today(), office_id=device.office_id, speaker=device.name)
    return Caller(device, actor if actor.office_id == device.office_id and actor.held else None)


def list_devices(actor: Actor) -> QuerySet[Device]:
    """List the devices that an actor may see, those in use first, the newest first."""
    return visible_devices(actor).order_by("revoked_at", "-pk")


def find_device(actor: Actor, key: int) -> Device | None:
    """Return a device that an actor may see; None where it is not theirs to see."""
    return visible_devices(actor).filter(pk=key).first()


def sent_since_revoked(device: Device) -> int:
    """Return how much a revoked device has delivered that still waits."""
    return Submission.objects.filter(
        device=device, state=Submission.State.WAITING, reason=Submission.Reason.DEVICE_REVOKED
    ).count()


def device_in(key: int) -> Device | None:
    """Return a device of any office, for whoever looks after the installation; None where there is none."""
    # A command is told the bare number, and which office it is of only stands in the row.
    with unscoped():
        return Device.objects.filter(pk=key).first()
