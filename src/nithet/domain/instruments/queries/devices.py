"""Reading devices."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.db.models import Q, QuerySet, Sum

from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import visible_devices
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.accounts.models import User
from nithet.foundation.database.prepared import Statement, run
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
    What the rows say is only worked out again where one of them differs from the last time.
    """
    if not token or len(token) > LONGEST_TOKEN:
        return None
    digest = sha256_hex(token.encode())
    if (stamp := _stamp(digest)) is None:
        return None
    with _guard:
        kept = _callers.get(digest)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    caller = _caller(digest)
    if caller is not None:
        with _guard:
            _callers[digest] = (stamp, caller)
            while len(_callers) > REMEMBERED:
                _callers.popitem(last=False)
    return caller


def _stamp(digest: str) -> tuple[object, ...] | None:
    """Return every value that decides who the caller is and what they may do today, by one plain question."""
    rows = run(_WHO, [digest] * 3)
    return (clock.today(), *sorted(rows, key=str)) if rows else None


_UNIT = "n.kind, n.name, n.short_name, n.office_id, n.starts_on, n.ends_on"
_WHO = Statement(f"""
    SELECT 0, d.id, d.name, d.user_id, NULL, NULL, u.display_name, u.username, u.kind, '', '',
           d.office_id, NULL, NULL, d.revoked_at, d.last_used_at, u.is_active
      FROM instruments_device d LEFT JOIN accounts_user u ON u.id = d.user_id
     WHERE d.token_sha256 = %s
     UNION ALL
    SELECT 1, p.id, p.role, p.unit_id, p.starts_on, p.ends_on, p.title, p.limited_to, {_UNIT}, NULL, NULL, NULL
      FROM instruments_device d JOIN access_posting p ON p.user_id = d.user_id JOIN tenancy_unit n ON n.id = p.unit_id
     WHERE d.token_sha256 = %s
     UNION ALL
    SELECT 2, p.id, p.role, p.unit_id, p.starts_on, p.ends_on, p.order_number, p.kind, {_UNIT}, NULL, NULL, NULL
      FROM instruments_device d JOIN access_power p ON p.user_id = d.user_id JOIN tenancy_unit n ON n.id = p.unit_id
     WHERE d.token_sha256 = %s
""")  # noqa: S608  names of columns alone
"""Whose office it is, is not known before the token was found, so this asks past the scope."""
REMEMBERED = 2000
_callers: OrderedDict[str, tuple[tuple[object, ...], Caller]] = OrderedDict()
_guard = Lock()


def _caller(digest: str) -> Caller | None:
    # Whose office it is, is not known before the token was found.
    with unscoped():
        device = Device.objects.filter(token_sha256=digest).first()
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
    """Return how many forms a device to which nothing is given any more has delivered that still wait."""
    return Submission.objects.filter(_BY_REVOKED, device=device).count()


def bytes_since_revoked(device: Device) -> int:
    """Return how large the files are that such a device has delivered, also to forms that were here before."""
    delivered = Q(submission__in=Submission.objects.filter(_BY_REVOKED, device=device))
    if device.revoked_at:
        delivered |= Q(submission__device=device, received_at__gte=device.revoked_at)
    rows = SubmissionAttachment.objects.filter(delivered)
    return rows.aggregate(bytes=Sum("size"))["bytes"] or 0


# Another body under a number that is here waits for that reason, whoever sends it.
_BY_REVOKED = Q(
    state=Submission.State.WAITING,
    reason__in=(Submission.Reason.DEVICE_REVOKED, Submission.Reason.OTHER_BODY),
)


def device_in(key: int) -> Device | None:
    """Return a device of any office, for whoever looks after the installation; None where there is none."""
    # A command is told the bare number, and which office it is of only stands in the row.
    with unscoped():
        return Device.objects.filter(pk=key).first()
