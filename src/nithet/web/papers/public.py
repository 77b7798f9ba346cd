"""เผยแพร่: what an office shows to everybody. No sign-in, no session, the same for each reader, so any cache may keep it."""

from collections import OrderedDict, deque
from collections.abc import Callable
from functools import wraps
from threading import Lock
from time import monotonic

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nithet.domain.papers.files import NAMESPACE
from nithet.domain.papers.queries import PublicDocument, find_public_office, public_documents
from nithet.foundation.files.store import read_blob
from nithet.web.shared.downloads import PDF

MOST_HITS, WINDOW = 120, 60.0
"""So many requests of one address in so many seconds; more are asked to wait."""
_REMEMBERED = 5_000
_hits: OrderedDict[str, deque[float]] = OrderedDict()
_guard = Lock()
_KEPT_BY_CACHES = "public, max-age=300"


def _is_too_fast(address: str, now: float) -> bool:
    with _guard:
        mine = _hits.setdefault(address, deque(maxlen=MOST_HITS + 1))
        _hits.move_to_end(address)
        while len(_hits) > _REMEMBERED:
            _hits.popitem(last=False)
        while mine and now - mine[0] > WINDOW:
            mine.popleft()
        mine.append(now)
        return len(mine) > MOST_HITS


View = Callable[..., HttpResponse]


def not_too_fast(view: View) -> View:
    """Ask a reader who asks too often to wait; nothing of theirs is kept but the times of the last minute."""

    @wraps(view)
    def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if _is_too_fast(get_adapter().get_client_ip(request) or "", monotonic()):
            answer = render(request, "papers/too_fast.html", status=429)
            answer["Retry-After"] = "60"
            return answer
        return view(request, *args, **kwargs)

    return limited


@require_safe
@not_too_fast
def office(request: HttpRequest, public_office_id: int) -> HttpResponse:
    """List what an office shows to everybody, by item of the survey and title."""
    if (found := find_public_office(public_office_id)) is None:
        raise Http404
    documents = public_documents(public_office_id)
    context = {"office": found, "documents": documents}
    return _cacheable(render(request, "papers/public.html", context))


@require_safe
@not_too_fast
def document(request: HttpRequest, public_office_id: int, public_document_id: int) -> HttpResponse:
    """Show the PDF under the address that stays; a withdrawn one says so instead."""
    found = next(iter(public_documents(public_office_id, public_document_id)), None)
    if found is None:
        raise Http404
    if found.withdrawn_at is not None:
        context = {"office": find_public_office(public_office_id), "document": found}
        return render(request, "papers/withdrawn.html", context, status=410)
    mark = f'"{found.sha256}"'
    if mark in request.headers.get("If-None-Match", ""):
        return _cacheable(_marked(HttpResponse(status=304), mark))
    return _cacheable(_marked(_pdf(found), mark))


def _pdf(found: PublicDocument) -> HttpResponse:
    answer = HttpResponse(read_blob(NAMESPACE, found.sha256), content_type=PDF)
    name = f"{found.title[:80].replace('/', '-')}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"  # noqa: FBT003
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return answer


def _marked(answer: HttpResponse, mark: str) -> HttpResponse:
    answer["ETag"] = mark
    return answer


def _cacheable(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = _KEPT_BY_CACHES
    return answer
