"""The files of a piece: the original, pictures of its pages, and the copy for others."""

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.evidence.actions.files import recheck_file
from nithet.domain.evidence.files import NAMESPACE
from nithet.domain.evidence.models import Piece, PieceFile
from nithet.foundation.files import sharing
from nithet.foundation.files.previews import Preview, preview
from nithet.foundation.files.serving import file_response, picture_response
from nithet.kernel.errors import RuleBroken
from nithet.web.evidence.views.pieces import piece_or_404
from nithet.web.shared.requests import actor_of


def file_or_404(request: HttpRequest, piece_id: int, number: int) -> tuple[Piece, PieceFile]:
    """Return a piece and the version of its file."""
    piece = piece_or_404(request, piece_id)
    if (found := piece.files.filter(number=number).first()) is None:
        raise Http404
    return piece, found


@login_required
@require_safe
def original(request: HttpRequest, piece_id: int, number: int) -> HttpResponseBase:
    """Send a version of a file as it was brought."""
    _, file = file_or_404(request, piece_id, number)
    return file_response(
        request,
        NAMESPACE,
        file.sha256,
        file_name=file.name,
        media_type=file.media_type,
        inline="view" in request.GET,
        is_quarantined=file.is_quarantined,
    )


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 6 else 1


def _preview(file: PieceFile, page: int) -> Preview | None:
    """Return what can be shown of a page; None while the file waits to be checked."""
    return None if file.is_quarantined else preview(file.sha256, file.media_type, page)


@login_required
@require_safe
def look(request: HttpRequest, piece_id: int, number: int) -> HttpResponse:
    """Show a page of a file: its picture, or its words where it has no picture."""
    piece, file = file_or_404(request, piece_id, number)
    page = _page(request)
    try:
        shown = _preview(file, page)
    except RuleBroken as error:
        return _look(request, piece, file, None, page, gettext(error.message) % error.params)
    return _look(request, piece, file, shown, page)


def _look(
    request: HttpRequest,
    piece: Piece,
    file: PieceFile,
    shown: Preview | None,
    page: int,
    problem: str = "",
) -> HttpResponse:
    context = {"piece": piece, "file": file, "shown": shown, "page": page, "problem": problem}
    if shown is not None and shown.reason:
        context["problem"] = gettext(shown.reason)
    whole = (
        "evidence/look.html" if not request.headers.get("HX-Request") else "evidence/look_part.html"
    )
    return render(request, whole, context)


@login_required
@require_safe
def picture(request: HttpRequest, piece_id: int, number: int) -> HttpResponse:
    """Send the picture of a page."""
    _, file = file_or_404(request, piece_id, number)
    try:
        shown = _preview(file, _page(request))
    except RuleBroken:
        shown = None
    if shown is None or not shown.picture:
        raise Http404
    return picture_response(shown.picture, "image/webp")


@login_required
@require_safe
def shared_copy(request: HttpRequest, piece_id: int) -> HttpResponseBase:
    """Send the newest file without what its maker's machine wrote into it, for people outside.

    Children who can be recognised stay inside until a leader has confirmed it.
    """
    piece = piece_or_404(request, piece_id)
    if (file := piece.files.first()) is None:
        raise Http404
    if piece.shows_children and piece.sharing_confirmed_at is None:
        raise RuleBroken(
            "piece.children",
            "Children can be recognised on it. A leader confirms first that it may be shared.",
        )
    if file.is_quarantined:
        raise RuleBroken(
            "files.quarantined",
            "This file waits for the virus scanner and cannot be opened yet. Try again later.",
        )
    digest = sharing.shared_copy(file.sha256, file.media_type)
    if digest is None:
        raise RuleBroken(
            "piece.no_shared_copy",
            "Of this kind of file no copy without its maker's traces can be made. Save it as PDF and bring that.",
        )
    stem = PurePath(file.name)
    return file_response(
        request,
        sharing.SHARED,
        digest,
        file_name=f"{stem.stem}-{gettext('to share')}{stem.suffix}",
        media_type=file.media_type,
    )


@login_required
@require_POST
def recheck(request: HttpRequest, piece_id: int, number: int) -> HttpResponse:
    """Have a file that waits looked at again."""
    piece, file = file_or_404(request, piece_id, number)
    if recheck_file(actor=actor_of(request), file=file):
        messages.success(request, gettext("The file has been checked and can be opened."))
    else:
        messages.warning(
            request, gettext("The virus scanner does not answer yet. Try again later.")
        )
    return redirect("evidence:evidence", piece.pk)
