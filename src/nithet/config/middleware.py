"""What every request passes: no caching of private pages, the actor and its office's scope, and plain answers to refusals."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from nithet.config.errors import bad_request, not_found, only_for_forms
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.errors import Compared, Conflict, Refused, SpeakerWanted
from nithet.foundation.audit.writing import request_id
from nithet.foundation.tenancy.scope import OutsideScopeError, scope
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, Busy, RuleBroken
from nithet.kernel.text import collapse
from nithet.web.shared.form_words import in_form_words

Answer = Callable[[HttpRequest], HttpResponse]
MEGABYTE = 1024 * 1024
LARGEST_FILE = 60 * MEGABYTE
LARGEST_REQUEST = LARGEST_FILE + MEGABYTE
"""The largest file that any package keeps, with the form around it."""
METHOD_NOT_ALLOWED = 405
DESK_SPEAKER = "desk_speaker"
LONGEST_SPEAKER = 120
NOBODY = Actor(name="", office_id=None)


def private_by_default(get_response: Answer) -> Answer:
    """Forbid shared caches to keep a page unless the view has said otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"
        )
        return response

    return middleware


class PackPages(GZipMiddleware):
    """Sends pages packed to browsers that take it: a third or less of the bytes over a bad link.

    Pages alone, in one piece: files are packed in themselves and keep their length, lists that are sent bit by bit go out as they
    come. Django adds letters by chance to each answer, so that its length tells nothing of the token within.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a page."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page and not response.streaming else response


pack_pages = PackPages


def open_scope(get_response: Answer) -> Answer:
    """Build the actor of the request and open the scope of the office they work in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        actor = _actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        token = request_id.set(uuid.uuid4().hex)
        try:
            with scope(actor.office_id):
                return get_response(request)
        finally:
            request_id.reset(token)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    if not isinstance(request.user, User):
        return NOBODY
    return actor_for(
        request.user,
        clock.today(),
        office_id=request.session.get("office_id"),
        speaker=request.session.get("desk_speaker", ""),
    )


def refuse_oversized(get_response: Answer) -> Answer:
    """Answer 413 before the body of a request is read: files would fill the disk before a form could refuse them.

    A body without a stated length is none to Django, so the length can be relied on.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdecimal() and int(stated[:15]) <= LARGEST_REQUEST:
            return get_response(request)
        error = BadInput(
            "request.too_large",
            "What was sent is larger than %(megabytes)s MB, the most that is accepted.",
            megabytes=LARGEST_FILE // MEGABYTE,
        )
        return render(request, "422.html", {"error": error, "back": came_from(request)}, status=413)

    return middleware


def refuse_nul(get_response: Answer) -> Answer:
    """Answer 400 to an address or a form with a NUL in it: no text of ours holds one, and PostgreSQL fails on the question."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        if any("\0" in text for name, texts in request.POST.lists() for text in (name, *texts)):
            return bad_request(request)
        return get_response(request)

    return middleware


def came_from(request: HttpRequest) -> str:
    """Return the address of our own page that a form was sent from; "" where the browser does not say."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(address).path if is_ours else ""


class NameDesk:
    """Takes the name that a shared desk gives together with what it sends, so that a form and its name arrive at once."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next link."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Keep the name for this sitting; only here, because the check of the form's token comes before."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if request.method != "POST" or not actor.is_desk or actor.speaker or not _is_form(request):
            return
        if speaker := collapse(request.POST.get(DESK_SPEAKER, ""))[:LONGEST_SPEAKER]:
            request.session["desk_speaker"] = speaker
            request.actor = replace(actor, speaker=speaker)  # type: ignore[attr-defined]


name_desk = NameDesk


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _ask_who(request: HttpRequest, error: SpeakerWanted) -> HttpResponse:
    """Show the question who sits at the desk with all that was sent behind it; files alone must be chosen again."""
    left_out = {"csrfmiddlewaretoken", DESK_SPEAKER}
    sent = [(name, text) for name, texts in request.POST.lists() if name not in left_out for text in texts]
    context = {
        "verdict": error.verdict,
        "back": came_from(request),
        "action": request.get_full_path(),
        "sent": sent,
        "files": sorted({(name, file.name) for name, files in request.FILES.lists() for file in files}),
        "asked_again": DESK_SPEAKER in request.POST,
        "speaker_form": True,  # the page asks by itself
    }
    answer = render(request, "desk_name.html", context, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
    return answer


class AnswerRefusals:
    """Turns what the door and the rules raise into pages: refused 403, conflict 409, a broken rule 422, busy 503."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next link."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; an address that only takes forms says so to whoever opens it."""
        response = self.get_response(request)
        if response.status_code == METHOD_NOT_ALLOWED and request.method == "GET" and not response.content:
            return only_for_forms(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer each kind of no; everything else is a fault and stays one."""
        if isinstance(error, SpeakerWanted) and request.method == "POST" and _is_form(request):
            return _ask_who(request, error)
        if isinstance(error, Refused):
            return render(request, "403.html", {"verdict": error.verdict, "back": came_from(request)}, status=403)
        if isinstance(error, Conflict):
            shown: dict[str, object] = {"error": error, "back": came_from(request)}
            shown["compared"] = compared = _compared(request, error)
            shown["same"] = [one.label for one in compared if not one.differs]
            return render(request, "409.html", shown, status=409)
        if isinstance(error, Busy):
            # Nothing is wrong with what was asked; the same request may go through in a moment.
            answer = render(request, "503.html", {"error": error}, status=503)
            answer["Retry-After"] = "5"
            return answer
        if isinstance(error, RuleBroken):
            return render(request, "422.html", {"error": error, "back": came_from(request)}, status=422)
        if isinstance(error, OutsideScopeError) and request.actor.office_id is None:  # type: ignore[attr-defined]
            # Somebody without an office asked for an office's records: to them there are none.
            return not_found(request)
        return None


def _compared(request: HttpRequest, error: Conflict) -> list[Compared]:
    """Both versions in the words of the form that was sent."""
    yours = error.params.get("yours")
    if not isinstance(yours, Mapping) or request.resolver_match is None:
        return error.compared
    area = request.resolver_match.func.__module__.split(".")[:3]
    return in_form_words(".".join(area), list(yours), error.compared)


answer_refusals = AnswerRefusals
