"""Issued returns: the kept papers, and the page that an outsider checks one by."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.papers.actions.publishing import propose_publication
from nithet.domain.papers.queries import list_publications
from nithet.domain.returns.actions.sending import mark_sent, take_back_sent
from nithet.domain.returns.exports import listed_evidence, pack_of, stem_of
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import (
    find_by_token,
    find_issued,
    find_sent_mark,
    is_intact,
    read_docx,
    read_pdf,
    sent_marks_of,
)
from nithet.domain.returns.refs import ISSUED
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.returns.forms import SentForm
from nithet.web.returns.pages import DOCX, PDF, as_file
from nithet.web.shared.downloads import ZIP, file_answer
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
    return _issued(request, issued_or_404(request, issued_id), None)


def _issued(
    request: HttpRequest, found: IssuedReturn, form: SentForm | None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    ref = str(RecordRef(ISSUED, str(found.pk)))
    context = {
        "issued": found,
        "is_intact": is_intact(found),
        "marks": sent_marks_of(found),
        "form": form or SentForm(initial={"sent_on": clock.today()}),
        "can_send": ask("return.mark_sent", actor, found),
        "can_publish": ask("publication.propose", actor, None),
        "publication": list_publications(actor).filter(about=ref).first(),
        "evidence": listed_evidence(found),
    }
    return render(request, "returns/issued.html", context, status=status)


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


@login_required
@require_safe
def pack(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Hand out the return with the list and the files of its evidence, as a central system takes them."""
    found = issued_or_404(request, issued_id)
    return file_answer(pack_of(found), ZIP, f"{stem_of(found)}.zip")


@login_required
@require_POST
def sent(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Say that the return was handed in to a central system."""
    actor, found = actor_of(request), issued_or_404(request, issued_id)
    if not (verdict := ask("return.mark_sent", actor, found)):
        raise Refused("return.mark_sent", verdict)
    form = SentForm(request.POST)
    if form.is_valid():
        try:
            mark_sent(actor=actor, issued=found, **form.cleaned_data)
        except RuleBroken as error:
            field = error.field if error.field in form.fields else None
            form.add_error(field, gettext(error.message) % error.params)
        else:
            messages.success(request, gettext("It stands as sent now."))
            return redirect("returns:issued", issued_id)
    return _issued(request, found, form, 422)


@login_required
@require_POST
def unsent(request: HttpRequest, issued_id: int, sent_mark_id: int) -> HttpResponse:
    """Take back that the return was handed in."""
    found = issued_or_404(request, issued_id)
    if (mark := find_sent_mark(found, sent_mark_id)) is None:
        raise Http404
    take_back_sent(actor=actor_of(request), mark=mark, reason=request.POST.get("reason", "")[:500])
    messages.success(request, gettext("It has been taken back."))
    return redirect("returns:issued", issued_id)


@login_required
@require_POST
def publish(request: HttpRequest, issued_id: int) -> HttpResponse:
    """Propose the PDF of the return for the public page; a later issue becomes the next version of the same address."""
    found = issued_or_404(request, issued_id)
    propose_publication(
        actor=actor_of(request),
        data=read_pdf(found),
        file_name=f"{stem_of(found)}.pdf",
        title=f"{found.round.edition.title} {found.round.fiscal_year}"[:300],
        record=RecordRef(ISSUED, str(found.pk)),
    )
    messages.success(request, gettext("Proposed. It is shown once a leader has approved it."))
    return redirect("returns:issued", issued_id)


@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """ตรวจสอบเอกสาร: tell whoever holds a paper that it was issued, and whether it still stands. Nothing else."""
    found = find_by_token(token)
    status = 200 if found else 404
    return render(request, "returns/verify.html", {"found": found}, status=status)
