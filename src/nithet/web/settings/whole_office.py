"""The page from which an office is carried to another installation (ส่งออกข้อมูลทั้งสำนักงาน)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.foundation.access.policies import ask
from nithet.foundation.transfer.actions import ask_export, take_export
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.queries import find_export, is_here, list_exports, path_of
from nithet.foundation.ui.shapes import Crumb
from nithet.web.shared.requests import actor_of

SHOWN = 20
"""Files on the page: older ones are long gone, and the history knows them."""


@login_required
@require_safe
def whole_office(request: HttpRequest) -> HttpResponse:
    """Say what the file is for, and list those that were asked for."""
    actor = actor_of(request)
    if actor.office_id is None or not ask("office.ask_export", actor, None):
        raise Http404
    rows = list(list_exports(actor)[:SHOWN])
    context = {
        "crumbs": [
            Crumb(gettext("Home"), "/"),
            Crumb(gettext("Settings of the office"), "/settings/"),
            Crumb(gettext("Export of the whole office")),
        ],
        "lines": [(one, is_here(one)) for one in rows],
        "is_waiting": any(one.state == OfficeExport.State.WAITING for one in rows),
    }
    return render(request, "settings/whole_office.html", context)


@login_required
@require_POST
def ask_whole_office(request: HttpRequest) -> HttpResponse:
    """Have a file made in the background."""
    actor = actor_of(request)
    if actor.office_id is None or not ask("office.ask_export", actor, None):
        raise Http404
    ask_export(actor=actor)
    messages.success(
        request, gettext("The file is being made. Look at this page again in a while.")
    )
    return redirect("settings:whole_office")


@login_required
@require_POST
def take_whole_office(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """Hand the file over; who took it stands in the history."""
    actor = actor_of(request)
    export = find_export(actor, export_id)
    if export is None:
        raise Http404
    if not is_here(export):
        messages.error(request, gettext("The file is not here any more. Have a new one made."))
        return redirect("settings:whole_office")
    take_export(actor=actor, export=export)
    answer = FileResponse(
        path_of(export).open("rb"),
        as_attachment=True,
        filename=export.file_name,
        content_type="application/zip",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
