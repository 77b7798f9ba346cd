"""Error pages: each says what happened and what to do, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: the same words for what is not there and what is not yours."""
    return render(request, "404.html", status=404)


def only_for_forms(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Answer 405 with a page: a bookmark, a typed address or a reload led to where only forms are sent."""
    page = render(request, "405.html", status=405)
    page["Allow"] = refused.get("Allow", "POST")
    return page


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs neither the database nor the session."""
    return render(request, "500.html", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its protecting token."""
    return render(request, "403.html", {"csrf": True}, status=403)
