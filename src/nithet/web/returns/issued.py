"""Issued returns: the kept papers, and the page that an outsider checks one by."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import find_by_token, find_issued, is_intact, read_docx, read_pdf
from nithet.web.returns.pages import DOCX, PDF, as_file
from nithet.web.shared.requests import actor_of


def issued_or_404(request: HttpRequest, issued_id: int) -> IssuedReturn:
    """Return an issued return the reader may see."""
    if (found := find_issued(actor_of(request), issued_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def show(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Show an issued return: number, what it said, and whether it is unchanged."""
    found = issued_or_404(request, issued_id)
    return render(request, "returns/issued.html", {"issued": found, "is_intact": is_intact(found)})


@login_required
@require_safe
def docx(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Hand out the kept Word file."""
    found = issued_or_404(request, issued_id)
    return as_file(read_docx(found), DOCX, f"return-{found.number}.docx")


@login_required
@require_safe
def pdf(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Hand out the kept PDF."""
    found = issued_or_404(request, issued_id)
    return as_file(read_pdf(found), PDF, f"return-{found.number}.pdf")


@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """ตรวจสอบเอกสาร: tell whoever holds a paper that it was issued, and whether it still stands. Nothing else."""
    found = find_by_token(token)
    status = 200 if found else 404
    return render(request, "returns/verify.html", {"found": found}, status=status)
