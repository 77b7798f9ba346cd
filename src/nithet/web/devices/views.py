"""My telephones and tablets: adding one with the code that sets ODK Collect up, and revoking it."""

import base64
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.instruments.actions.devices import add_device, revoke_device
from nithet.domain.instruments.queries.devices import find_device, list_devices
from nithet.domain.instruments.rules.collect import settings_text
from nithet.foundation.access.policies import ask
from nithet.foundation.accounts.models import User
from nithet.foundation.documents import qr
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.web.devices.forms import DeviceForm
from nithet.web.shared.addresses import absolute
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

COLLECT = "https://play.google.com/store/apps/details?id=org.odk.collect.android"
"""Where Android devices get ODK Collect; opened by the person's own device, never by the server."""


def _picture(text: str) -> str:
    """Return a code to photograph as the address of a picture."""
    return f"data:image/svg+xml;base64,{base64.b64encode(qr.svg(text)).decode()}"


@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """List one's own devices; the administrator sees all of the office."""
    return _list(request, DeviceForm())


def _list(request: HttpRequest, form: DeviceForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    here = absolute(request, reverse("field:shell"), actor.office_id)
    rows = list(list_devices(actor)[:300])
    owners = dict(
        User.objects.filter(pk__in={row.user_id for row in rows}).values_list("pk", "display_name")
    )
    context = {
        "title": gettext("Telephones and tablets"),
        "rows": [
            (row, owners.get(row.user_id, ""), bool(ask("device.revoke", actor, row)))
            for row in rows
        ],
        "form": form,
        "can": ask("device.add", actor, None),
        "field_address": here,
        "field_picture": _picture(here),
        "collect_picture": _picture(COLLECT),
    }
    return render(request, "devices/devices.html", context, status=status)


@login_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a device of one's own, and show its code this once."""
    actor, form = actor_of(request), DeviceForm(request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        added = add_device(
            actor=actor, owner=cast(User, request.user), name=form.cleaned_data["name"]
        )
    except RuleBroken as error:
        tell_at_field(form, error, "name")
        return _list(request, form, 422)
    address = absolute(request, f"/key/{added.token}", actor.office_id)
    text = settings_text(address, str(Unit.objects.get(pk=actor.writes_in)))
    context = {
        "title": gettext("Set up ODK Collect on %(name)s") % {"name": added.device.name},
        "crumbs": [(gettext("Telephones and tablets"), reverse("devices:devices"))],
        "address": address,
        "picture": _picture(text),
        "is_plain": address.startswith("http://"),
    }
    response = render(request, "devices/added.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest, device_id: int) -> HttpResponse:
    """Give nothing more to a device."""
    actor = actor_of(request)
    if (device := find_device(actor, device_id)) is None:
        raise Http404
    revoke_device(actor=actor, device=device)
    messages.success(
        request,
        gettext("%(name)s gets nothing more. What it still sends waits to be checked.")
        % {"name": device.name},
    )
    return redirect("devices:devices")
