"""Sending a file in pieces over a bad line, so that a break costs one piece and not the file.

    POST  evidence/uploads/            name, size, type        201 {url, offset, piece}
    HEAD  evidence/uploads/<token>/                            204 Upload-Offset, Upload-Length
    PATCH evidence/uploads/<token>/    Upload-Offset, bytes    200 {offset}; at the end {offset, sealed, name, same}

409 says from where to go on (Upload-Offset), 404 that the upload is gone or not theirs, 410 that the content was refused
and sending it again is of no use, 413 that it is too large, 503 that there is no room just now.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.evidence.files import LARGEST_BYTES, check_upload
from nithet.domain.evidence.policy import may_bring_pieces, own_school_refs
from nithet.domain.evidence.queries.pieces import same_files
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.verdicts import Verdict, allow
from nithet.foundation.files import receiving
from nithet.foundation.files.receiving import LARGEST_PIECE, Upload
from nithet.foundation.files.store import too_large
from nithet.kernel.errors import BadInput, Busy, RuleBroken
from nithet.web.evidence.kept import seal
from nithet.web.shared.requests import actor_of


def _may_send(actor: Actor) -> Verdict:
    verdict = may_bring_pieces(actor, None)
    return (
        verdict if verdict or not own_school_refs(actor) else allow("It speaks about your school.")
    )


def _said(error: RuleBroken, status: int) -> JsonResponse:
    words = gettext(error.message) % error.params
    answer = JsonResponse({"error": error.code, "message": words}, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = "30"
    return answer


def _number(text: str | None) -> int:
    """A count of bytes as it was sent; -1 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else -1


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file and get the address for its pieces."""
    actor = actor_of(request)
    if not (verdict := _may_send(actor)) or actor.user_id is None:
        return JsonResponse({"error": "refused", "message": verdict.words}, status=403)
    try:
        upload = receiving.begin(
            _number(request.POST.get("size")),
            owner_id=actor.user_id,
            office_id=actor.writes_in,
            file_name=request.POST.get("name", ""),
            declared_type=request.POST.get("type", ""),
            largest=LARGEST_BYTES,
        )
    except Busy as error:
        return _said(error, HTTPStatus.SERVICE_UNAVAILABLE)
    except BadInput as error:
        too_large = error.code == "files.too_large"
        return _said(error, 413 if too_large else HTTPStatus.UNPROCESSABLE_ENTITY)
    address = reverse("evidence:upload_piece", args=[upload.token])
    answer = JsonResponse(
        {"url": address, "offset": 0, "piece": LARGEST_PIECE}, status=HTTPStatus.CREATED
    )
    answer["Location"] = address
    return answer


@login_required
@require_http_methods(["HEAD", "PATCH"])
def upload_piece(request: HttpRequest, upload_token: str) -> HttpResponse:
    """Say how much of a file is here, or take its next piece."""
    actor = actor_of(request)
    try:
        upload = receiving.find(
            upload_token, owner_id=actor.user_id or 0, office_id=actor.office_id or 0
        )
    except RuleBroken as error:
        return _said(error, HTTPStatus.NOT_FOUND)
    if request.method == "HEAD":
        return _where(HttpResponse(status=HTTPStatus.NO_CONTENT), upload)
    return _where(_take(request, actor, upload), None)


def _where(answer: HttpResponse, upload: Upload | None) -> HttpResponse:
    if upload is not None:
        answer["Upload-Offset"] = str(upload.received)
        answer["Upload-Length"] = str(upload.size)
    return answer


def _take(request: HttpRequest, actor: Actor, upload: Upload) -> HttpResponse:
    offset, length = (
        _number(request.headers.get("Upload-Offset")),
        _number(request.headers.get("Content-Length") or "0"),
    )
    if length > LARGEST_PIECE or length < 0:
        return _said(too_large(LARGEST_PIECE), 413)
    try:
        upload = receiving.append(upload, offset, request.read(LARGEST_PIECE + 1))
    except Busy as error:
        return _said(error, HTTPStatus.SERVICE_UNAVAILABLE)
    except BadInput as error:
        return _where(_said(error, 413 if error.code == "files.too_large" else 409), upload)
    except RuleBroken as error:
        return _said(error, HTTPStatus.NOT_FOUND)
    if not upload.is_complete:
        return _where(JsonResponse({"offset": upload.received}), upload)
    return _finished(actor, upload)


def _finished(actor: Actor, upload: Upload) -> HttpResponse:
    try:
        kept = check_upload(upload)
    except Busy as error:
        return _where(_said(error, HTTPStatus.SERVICE_UNAVAILABLE), upload)
    except BadInput as error:
        return _said(error, HTTPStatus.GONE)
    except RuleBroken as error:
        return _said(error, HTTPStatus.NOT_FOUND)
    same = same_files(actor, kept.sha256)[kept.sha256]
    answer = JsonResponse(
        {
            "offset": upload.received,
            "sealed": seal(actor, kept, upload.token),
            "name": kept.file_name,
            "same": [one.title for one in same],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    return _where(answer, upload)
