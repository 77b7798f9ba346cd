"""The office's settings and its logo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.directory.office_settings import LARGEST_LOGO, LOGOS, choose_for_office
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.files.store import read_blob
from nithet.foundation.tenancy.queries import offices, public_address, settings_of
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel.errors import RuleBroken
from nithet.web.settings.forms import OfficeForm
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

FIELDS = ("numerals", "letter_prefix", "help_contact", "help_phone", "public_address", "version")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Show and keep what the office has chosen for itself."""
    actor = actor_of(request)
    if actor.office_id is None or not ask("office.choose", actor, None):
        raise Http404
    unit, chosen = offices().get(pk=actor.office_id), settings_of(actor.office_id)
    initial = {"name": unit.name, "short_name": unit.short_name}
    initial |= {name: getattr(chosen, name) for name in FIELDS}
    form = OfficeForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        picked = form.cleaned_data.get("logo")
        if picked and picked.size > LARGEST_LOGO:
            form.add_error("logo", gettext("The picture is larger than 4 MB."))
        else:
            try:
                choose_for_office(actor=actor, **form.given())
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                messages.success(request, gettext("The settings have been saved."))
                return redirect("settings:office")
    context = {
        "title": gettext("Settings of the office"),
        "crumbs": [Crumb(gettext("Home"), "/"), Crumb(gettext("Settings of the office"))],
        "form": form,
        "chosen": chosen,
        "used_address": public_address(actor.office_id, request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "settings/office.html", context, status=status)


@login_required
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """Serve the office's logo to its own people: a PNG that we drew ourselves, never what was uploaded."""
    actor = actor_of(request)
    kept = settings_of(actor.office_id).logo_sha256 if actor.office_id is not None else ""
    if not kept:
        raise Http404
    answer = HttpResponse(read_blob(LOGOS, kept), content_type="image/png")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer
