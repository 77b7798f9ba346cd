"""Old returns become records: bring a file, look at what it gives rise to, confirm or drop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import list_editions, rules_of
from nithet.domain.returns.actions.importing import (
    confirm_import,
    drop_import,
    drop_proposal,
    propose_import,
)
from nithet.domain.returns.models import ReturnImport
from nithet.domain.returns.queries import find_import, list_imports
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.kernel.errors import RuleBroken
from nithet.web.returns.forms import ImportForm
from nithet.web.returns.pages import kinds_of
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of


def import_or_404(request: HttpRequest, import_id: int) -> ReturnImport:
    """Return an import the reader may see."""
    if (found := find_import(actor_of(request), import_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List what was imported; take a new file."""
    actor = actor_of(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    can = ask("return.propose_import", actor, None)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("return.propose_import", can)
        if form.is_valid():
            try:
                kept = propose_import(
                    actor=actor,
                    data=form.cleaned_data["file"].read(),
                    file_name=form.cleaned_data["file"].name,
                    fiscal_year=form.cleaned_data["year"],
                )
                return redirect("returns:import", kept.pk)
            except RuleBroken as error:
                form.add_error("file", gettext(error.message) % error.params)
        status = 422
    page = paged(request, list_imports(actor))
    return render(
        request, "returns/imports.html", {"page": page, "form": form, "can": can}, status=status
    )


@login_required
@require_safe
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what a file gives rise to."""
    kept = import_or_404(request, import_id)
    context = {
        "kept": kept,
        "kinds": kinds_of(actor_of(request), kept),
        "editions": [one for one in list_editions() if _fits(one, kept.fiscal_year)],
        "can": ask("return.confirm_import", actor_of(request), kept),
    }
    return render(request, "returns/import.html", context)


def _fits(edition: Edition, fiscal_year: int) -> bool:
    """Tell whether a form may be used for a year; a form that names no years may be used for any."""
    years = rules_of(edition).years
    return not years or fiscal_year in years


@login_required
@require_POST
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Write all open proposals as records."""
    kept = import_or_404(request, import_id)
    chosen = next((e for e in list_editions() if str(e.pk) == request.POST.get("edition")), None)
    if chosen is None:
        raise RuleBroken("edition.choose", "Please choose the form that this return follows.")
    reporting_round = confirm_import(actor=actor_of(request), return_import=kept, edition=chosen)
    messages.success(request, gettext("The return has been taken over as records."))
    return redirect("rounds:round", reporting_round.pk)


@login_required
@require_POST
def drop(request: HttpRequest, import_id: int) -> HttpResponse:
    """Drop a whole import before it is confirmed."""
    drop_import(actor=actor_of(request), return_import=import_or_404(request, import_id))
    messages.success(
        request, gettext("The import has been dropped; nothing of it became a record.")
    )
    return redirect("returns:imports")


@login_required
@require_POST
def drop_one(request: HttpRequest, import_id: int, proposal_id: int) -> HttpResponse:
    """Leave one proposal out."""
    kept = import_or_404(request, import_id)
    proposal = kept.proposals.filter(pk=proposal_id).first()
    if proposal is None:
        raise Http404
    drop_proposal(actor=actor_of(request), proposal=proposal)
    return redirect("returns:import", import_id)
