"""Answers to the client: JSON, also where something is refused, so that it can say the reason and keep the work."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse

from nithet.field.sync.senders import sender_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.errors import Refused
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import Busy, RuleBroken

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def no(status: int, reason: str, **more: Any) -> JsonResponse:
    """Answer no with the reason in the reader's language."""
    return JsonResponse({"reason": reason, **more}, status=status)


def for_the_client(*methods: str, sends: bool = False) -> Callable[[View], View]:
    """Let only signed-in people with an office in, by these methods, and tell refusals as JSON.

    401 asks to sign in again; 403, 409 and 422 carry a reason; 503 is worth another try. What `sends` is done in the office
    in which the record was written, with the sender as the actor of the request.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if request.method not in methods:
                return no(405, "")
            if not request.user.is_authenticated:
                return no(401, "")
            actor: Actor | None = actor_of(request)
            if sends and actor is not None:
                actor = sender_of(request, actor)
            if actor is None or actor.office_id is None:
                return no(403, told_nobody())
            request.actor = actor  # type: ignore[attr-defined]
            try:
                with scope(actor.office_id):
                    return view(request, *args, **parts)
            except Refused as error:
                return no(403, told(error.verdict))
            except Busy as error:
                return no(503, told(error))
            except RuleBroken as error:
                return no(422, told(error), code=error.code)

        return answer

    return decorate


def told_nobody() -> str:
    """Say that the reader holds nothing in any office."""
    return told(
        RuleBroken(
            "field.nobody",
            "You hold no position in any office just now, so nothing can be sent in your name.",
        )
    )
