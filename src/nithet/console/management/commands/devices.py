"""`nithet devices add --office NAME --user EMAIL` gives a person's telephone its address; `nithet devices revoke ID` ends it."""

from argparse import ArgumentParser
from typing import Any

from django.db.models import Q

from nithet.console.command import NithetCommand, inside, must_be_set_up, office_named, print_json
from nithet.console.management.commands.serve import LOCAL, PORT
from nithet.console.words import say
from nithet.domain.instruments.actions.devices import add_device, revoke_device
from nithet.domain.instruments.queries.devices import device_in
from nithet.domain.instruments.rules.collect import settings_text
from nithet.foundation.access.actors import system_actor
from nithet.foundation.accounts.models import User
from nithet.foundation.refs.keys import row_key
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import public_address
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import BadInput


class Command(NithetCommand):
    """Adding and revoking devices."""

    summary = "Give a person's telephone or tablet its own address for ODK Collect, or revoke it."
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and for whom."""
        ways = parser.add_subparsers(dest="way", required=True)
        add = ways.add_parser("add", help="add a device; its address is told this once")
        add.add_argument("--office", required=True)
        add.add_argument("--user", required=True, help="e-mail or user name of whoever will use it")
        add.add_argument(
            "--name", default="ODK Collect", help="by which the person knows the device"
        )
        add.add_argument(
            "--address",
            default="",
            help="scheme and host that devices reach, where it is not the office's own",
        )
        add.add_argument("--json", action="store_true", dest="as_json")
        revoke = ways.add_parser("revoke", help="give nothing more to a device")
        revoke.add_argument("id")
        revoke.add_argument("--json", action="store_true", dest="as_json")

    def work(self, *, way: str, **options: Any) -> None:
        """Add or revoke."""
        must_be_set_up()
        if way == "add":
            _add(**options)
        else:
            _revoke(**options)


def _add(*, office: str, user: str, name: str, address: str, as_json: bool, **_: Any) -> None:
    unit = office_named(office)
    owner = _person(user, unit)
    with inside(unit):
        added = add_device(actor=system_actor("devices.add", unit.pk), owner=owner, name=name)
    base = (address or public_address(unit.pk) or f"http://{LOCAL}:{PORT}").rstrip("/")
    server_url = f"{base}/key/{added.token}"
    text = settings_text(server_url, str(unit))
    if as_json:
        print_json({"id": added.device.pk, "server_url": server_url, "qr": text})
        return
    say(
        "The device %(name)s of %(owner)s has its address. It is told this once:",
        name=name,
        owner=owner.display_name,
    )
    print(f"  {server_url}\n  {text}")


def _person(said: str, unit: Unit) -> User:
    known = User.objects.filter(Q(email__iexact=said) | Q(username__iexact=said), is_active=True)
    here = Q(access_postings__unit=unit) | Q(access_postings__unit__office=unit)
    found = known.filter(here).order_by("pk").distinct().first() or known.order_by("pk").first()
    if found is None:
        raise BadInput(
            "user.unknown",
            "There is no account with the e-mail or user name %(user)s.",
            field="user",
            user=said,
        )
    return found


def _revoke(*, id: str, as_json: bool, **_: Any) -> None:
    key = row_key(id)
    device = device_in(key) if key is not None else None
    if device is None:
        raise BadInput("device.unknown", "There is no device %(id)s.", field="id", id=id)
    with scope(device.office_id):
        revoked = revoke_device(
            actor=system_actor("devices.revoke", device.office_id), device=device
        )
    if as_json:
        print_json(
            {
                "id": revoked.pk,
                "revoked_at": revoked.revoked_at.isoformat() if revoked.revoked_at else None,
            }
        )
        return
    say(
        "The device %(name)s gets nothing more. What it still sends waits to be checked.",
        name=revoked.name,
    )
