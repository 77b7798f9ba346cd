"""What the client asks for, and what it brings."""

import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from nithet.domain.instruments.actions.late_files import receive_upload
from nithet.domain.instruments.actions.submissions import Receipt, receive_submission
from nithet.domain.instruments.files import read
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.offered import offered_to
from nithet.field.sync.answers import actor_of, for_the_client, no
from nithet.field.sync.taking import reason_words, taken_along
from nithet.foundation.accounts.models import User
from nithet.foundation.files import receiving
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.ui.display import current_numerals
from nithet.kernel.errors import BadInput, RuleBroken

LARGEST_FILE = 60 * 1024 * 1024
RANGE = re.compile(r"bytes (\d{1,12})-\d{1,12}/\d{1,12}|bytes \*/(\d{1,12})")


@for_the_client("GET")
def take(request: HttpRequest) -> HttpResponse:
    """Give along what is needed in schools; the token for what is brought back comes as its cookie."""
    actor = actor_of(request)
    get_token(request)
    user = request.user
    assert isinstance(user, User)  # noqa: S101  the door above let nobody else in
    office = Unit.objects.get(pk=actor.writes_in)
    person = {
        "id": user.pk,
        "username": user.username,
        "name": actor.speaker or actor.name,
        "office": {"id": office.pk, "name": str(office)},
    }
    return JsonResponse({"person": person, "digits": current_numerals(), **taken_along(actor)})


@for_the_client("GET")
def form(request: HttpRequest, version_id: int) -> HttpResponse:
    """Give a published form as XForm."""
    version = _published(request, version_id)
    return HttpResponse(version.xform, content_type="text/xml; charset=utf-8")


@for_the_client("GET")
def form_media(request: HttpRequest, version_id: int, name: str) -> HttpResponse:
    """Give a file that lies beside a form. It is data for the form and nothing that a browser opens."""
    for one in _published(request, version_id).media:
        if one["name"] == name:
            response = HttpResponse(read(one["sha256"]), content_type="application/octet-stream")
            response.headers["Content-Disposition"] = "attachment"
            response.headers["X-Content-Type-Options"] = "nosniff"
            return response
    raise Http404


def _published(request: HttpRequest, version_id: int) -> InstrumentVersion:
    found = offered_to(actor_of(request)).filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


@for_the_client("POST", sends=True)
def submissions(request: HttpRequest) -> HttpResponse:
    """Take in a filled-in form; its files follow apart. The same form again gives the same receipt."""
    receipt = receive_submission(
        actor=actor_of(request),
        device=None,
        body=request.body,
        incomplete=True,
        opened_for=request.GET.get("visit", ""),
    )
    if receipt.is_conflict:
        first = receipt.submission.rival_of
        theirs = {"received_at": first.received_at.isoformat()} if first else None
        return no(409, reason_words(receipt.submission), theirs=theirs, receipt=_told(receipt))
    return JsonResponse(_told(receipt))


@for_the_client("POST", sends=True)
def begin_file(request: HttpRequest) -> HttpResponse:
    """Announce a file that follows in pieces."""
    try:
        said = json.loads(request.body)
        size, name = int(said["size"]), str(said["name"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("field.odd", "This request cannot be read.") from error
    actor = actor_of(request)
    upload = receiving.begin(
        size,
        owner_id=_user_id(request),
        office_id=actor.writes_in,
        file_name=name,
        largest=LARGEST_FILE,
    )
    return JsonResponse({"token": upload.token, "have": 0})


@for_the_client("GET", "PUT", sends=True)
def file_pieces(request: HttpRequest, token: str) -> HttpResponse:
    """Say how much of a file is here, or take its next piece; with the last one it belongs to its form.

    An upload that is no more answers 404: it arrived, or is begun anew.
    """
    actor = actor_of(request)
    try:
        upload = receiving.find(token, owner_id=_user_id(request), office_id=actor.writes_in)
    except RuleBroken as error:
        return no(404, str(error), code=error.code)
    if request.method == "PUT":
        upload = receiving.append(upload, _start(request), request.body)
        if upload.is_complete:
            receipt = receive_upload(
                actor=actor,
                instance_id=request.GET.get("instance", ""),
                sha256=request.GET.get("sha256", ""),
                name=upload.file_name,
                upload=upload,
            )
            return JsonResponse({"have": upload.received, "receipt": _told(receipt)})
    return JsonResponse({"have": upload.received})


def _start(request: HttpRequest) -> int:
    """Return the byte at which a piece starts; "bytes */N" is an empty piece at the end."""
    found = RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if found is None:
        raise BadInput("field.odd", "This request cannot be read.")
    return int(found[1] or found[2])


def _user_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _told(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as the client keeps it: the device says "received" on nothing less."""
    row = receipt.submission
    return {
        "instance_id": row.instance_id,
        "sha256": row.sha256,
        "received_at": row.received_at.isoformat(),
        "number": row.pk,
        "state": Submission.State(row.state).value,
        "reason": reason_words(row),
        "missing": list(receipt.missing),
        "is_complete": not receipt.missing,
    }
