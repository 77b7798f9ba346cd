"""The page that opens from the device. It holds nothing about anybody, so it is open to everyone and kept whole."""

import json

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nithet.domain.instruments.queries.copies import submission_of
from nithet.field.client.built import built, icon
from nithet.field.client.copies import lines_of
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.foundation.ui.listening import may_listen

# The form engine's parser is WebAssembly inside a script of ours; photos and drawings are shown from memory.
FOR_THE_ENGINE = {
    "script-src": [SELF, "'wasm-unsafe-eval'"],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
}
ASK_EVERY_TIME = "no-cache"


@require_safe
@csp_update(FOR_THE_ENGINE)
@may_listen
def shell(request: HttpRequest) -> HttpResponse:
    """Show the frame in which the client runs."""
    response = render(
        request, "field/shell.html", {"built": built(), "touch_icon": icon("icon-192.png")}
    )
    response.headers["Cache-Control"] = ASK_EVERY_TIME
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; a new build is a new worker, because its files stand in it."""
    made = built()
    text = made.worker.replace("__VERSION__", made.version).replace(
        "__FILES__", json.dumps(made.files)
    )
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = ASK_EVERY_TIME
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the client stands among the apps of a device."""
    said = {
        "id": "/field/",
        "name": "นิเทศ: บันทึกในโรงเรียน",
        "short_name": "นิเทศ",
        "description": "บันทึกการนิเทศในโรงเรียนโดยไม่ต้องมีเครือข่าย",
        "lang": "th",
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "background_color": "#f5f6f8",
        "theme_color": "#1f4e8c",
        "icons": [
            {
                "src": icon(f"icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in (192, 512)
            for purpose in ("any", "maskable")
        ],
    }
    response = JsonResponse(said, content_type="application/manifest+json")
    response.headers["Cache-Control"] = ASK_EVERY_TIME
    return response


@require_safe
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Show the school's copy of a record; the same page for what has not arrived and for what never was."""
    found = submission_of(code)
    shown: dict[str, object] = {"submission": found}
    if found is None:
        return asked_to_wait(request, "copy_wrong") or render(request, "field/copy.html", shown)
    with scope(found.office_id):
        shown["lines"] = lines_of(found)
        return render(request, "field/copy.html", shown)
