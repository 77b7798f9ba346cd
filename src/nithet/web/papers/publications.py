"""What the office publishes: propose, look at, approve, correct, withdraw."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.papers.actions.publishing import (
    approve_publication,
    propose_publication,
    show_again,
    withdraw_publication,
)
from nithet.domain.papers.models.publications import Publication, PublicationVersion
from nithet.domain.papers.queries import find_publication, list_publications, read_published
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.sheets import Column
from nithet.kernel.errors import RuleBroken
from nithet.web.papers.forms import NextVersionForm, PublicationForm
from nithet.web.shared.addresses import absolute
from nithet.web.shared.downloads import PDF, file_answer, sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, version_of


def publication_or_404(request: HttpRequest, publication_id: int) -> Publication:
    """Return a publication the reader may see."""
    if (found := find_publication(actor_of(request), publication_id)) is None:
        raise Http404
    return found


def version_or_404(request: HttpRequest, publication_version_id: int) -> PublicationVersion:
    """Return a version of a publication the reader may see."""
    rows = list_publications(actor_of(request)).filter(versions__pk=publication_version_id)
    for publication in rows:
        for one in publication.versions.all():
            if one.pk == publication_version_id:
                return one
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publications(request: HttpRequest) -> HttpResponseBase:
    """List what is published and what waits; take a new PDF."""
    actor = actor_of(request)
    can = ask("publication.propose", actor, None)
    form = PublicationForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("publication.propose", can)
        if form.is_valid() and _proposed(request, form):
            return redirect("papers:publications")
        status = 422
    rows = list_publications(actor)
    if wants_sheet(request):
        return _sheet(request, rows)
    page = paged(request, rows)
    context = {
        "page": page,
        "lines": [(row, *_newest(row)) for row in page],
        "form": form,
        "can": can,
        "can_approve": ask(
            "publication.approve", actor, PublicationVersion(office_id=actor.office_id or 0)
        ),
        "public_url": _public_url(request),
    }
    return render(request, "papers/publications.html", context, status=status)


def _newest(row: Publication) -> tuple[PublicationVersion | None, PublicationVersion | None]:
    """The version that everybody sees, and the one that waits for a leader (None each where there is none)."""
    versions = list(row.versions.all())
    shown = next((one for one in versions if one.approved_at), None)
    newest = versions[0] if versions else None
    return shown, newest if newest is not None and newest.approved_at is None else None


def _public_url(request: HttpRequest) -> str:
    office_id = actor_of(request).office_id
    if office_id is None:
        return ""
    return absolute(request, reverse("papers:public_office", args=[office_id]), office_id)


def _sheet(request: HttpRequest, rows: "Iterable[Publication]") -> HttpResponseBase:
    columns = (
        Column(gettext("Item of ITA/OIT"), "code"),
        Column(gettext("Title"), width=50),
        Column(gettext("Shown since"), "date"),
        Column(gettext("Withdrawn"), "date"),
        Column(gettext("Address"), width=50),
    )
    cells = []
    for row in rows:
        shown, _ = _newest(row)
        path = reverse("papers:public_document", args=[row.office_id, row.pk])
        cells.append(
            (
                row.item,
                row.title,
                shown.approved_at if shown else None,
                row.withdrawn_at,
                absolute(request, path, row.office_id) if shown else "",
            )
        )
    return sheet_answer(gettext("Publications"), columns, cells, request=request)


def _proposed(request: HttpRequest, form: PublicationForm) -> bool:
    given = form.cleaned_data
    try:
        propose_publication(
            actor=actor_of(request),
            data=given["file"].read(),
            file_name=given["file"].name,
            title=given["title"],
            item=given["item"],
            shows_children=given["shows_children"],
        )
    except RuleBroken as error:
        form.add_error(
            error.field if error.field in form.fields else None,
            gettext(error.message) % error.params,
        )
        return False
    messages.success(request, gettext("Proposed. It is shown once a leader has approved it."))
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def next_version(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Take a corrected PDF; the address stays."""
    actor, found = actor_of(request), publication_or_404(request, publication_id)
    form = NextVersionForm(request.POST or None, request.FILES or None)
    can = ask("publication.propose", actor, None)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("publication.propose", can)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                propose_publication(
                    actor=actor,
                    data=given["file"].read(),
                    file_name=given["file"].name,
                    title=found.title,
                    shows_children=given["shows_children"],
                    publication=found,
                    why=given["why"],
                )
            except RuleBroken as error:
                field = error.field if error.field in form.fields else None
                form.add_error(field, gettext(error.message) % error.params)
            else:
                messages.success(
                    request, gettext("Proposed. It is shown once a leader has approved it.")
                )
                return redirect("papers:publications")
    context = {
        "publication": found,
        "versions": list(found.versions.all()),
        "form": form,
        "can": can,
    }
    return render(request, "papers/next_version.html", context, status=status)


@login_required
@require_safe
def proposed_pdf(request: HttpRequest, publication_version_id: int) -> HttpResponse:
    """Hand out a version to whoever decides about it."""
    found = version_or_404(request, publication_version_id)
    return file_answer(read_published(found), PDF, found.file_name)


@login_required
@require_POST
def approve(request: HttpRequest, publication_version_id: int) -> HttpResponse:
    """Approve that everybody may see a version."""
    approve_publication(
        actor=actor_of(request), version=version_or_404(request, publication_version_id)
    )
    messages.success(request, gettext("It is shown to everybody now."))
    return redirect("papers:publications")


@login_required
@require_POST
def withdraw(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Withdraw a publication with a reason."""
    withdraw_publication(
        actor=actor_of(request),
        publication=publication_or_404(request, publication_id),
        version=version_of(request),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, gettext("Withdrawn. Its address says so from now on."))
    return redirect("papers:publications")


@login_required
@require_POST
def show_it_again(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Show a withdrawn publication again."""
    show_again(
        actor=actor_of(request),
        publication=publication_or_404(request, publication_id),
        version=version_of(request),
    )
    messages.success(request, gettext("It is shown to everybody now."))
    return redirect("papers:publications")
