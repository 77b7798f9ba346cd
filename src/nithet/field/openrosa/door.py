"""The way to every address of the server: the token, the office's scope, and plain answers to whatever goes wrong."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from nithet.domain.instruments.actions.devices import is_to_be_marked, mark_used
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.queries.devices import Caller, caller_by
from nithet.field.openrosa.answers import answer, dressed
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import BadInput, Busy, RuleBroken
from nithet.kernel.messages import msgid

PREFIX = "/key/"
ADDRESSES = "nithet.field.openrosa.urls"
CHALLENGE = 'OpenRosaToken realm="Nithet"'
UNKNOWN = msgid(
    "This address is not valid, or no longer. Set the application up anew with the QR code of your device."
)
NOTHING_HERE = msgid("There is nothing at this address.")
OTHER_VERSION = msgid("Only version 1.0 of OpenRosa is spoken here.")
FAULT = msgid(
    "Something went wrong on the server. What is on your device is safe: send it again later."
)
BUSY = msgid(
    "The server is busy just now. What is on your device is safe: send it again in a moment."
)

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("nithet.openrosa")


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a device. `actor` is None where the device was revoked or its owner holds nothing any more."""

    request: HttpRequest
    device: Device
    actor: Actor | None
    base: str
    """The address below which everything lies, as the request named host and port."""

    @property
    def owner(self) -> Actor:
        """Return the device's owner; raises where nothing is given to the device any more."""
        if self.actor is None:
            raise Unauthorised
        return self.actor


class Unauthorised(Exception):
    """Nothing is given to this device (401)."""


View = Callable[..., HttpResponse]


def answers_devices(*methods: str) -> Callable[[View], View]:
    """Make a function `(call, …)` a page of the server for some methods. It alone is exempt from CSRF tokens."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def page(request: HttpRequest, token: str, **given: str) -> HttpResponse:
            return dressed(_guarded(view, methods, request, token, given))

        return page

    return decorate


def answer_devices(get_response: Answer) -> Answer:
    """Answer what lies below `/key/` before sessions, cookies and pages come into it; pass everything else on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        try:
            # By its own addresses alone: quick, and a page that cannot be loaded keeps no device waiting.
            found = resolve(f"/{request.path_info.removeprefix(PREFIX)}", ADDRESSES)
        except Resolver404:
            return dressed(answer(NOTHING_HERE, status=404))
        page: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return page

    return middleware


def _guarded(
    view: View, methods: tuple[str, ...], request: HttpRequest, token: str, given: dict[str, str]
) -> HttpResponse:
    try:
        return _answered(view, methods, request, token, given)
    except Unauthorised:
        response = answer(UNKNOWN, status=401)
        response["WWW-Authenticate"] = CHALLENGE
        return response
    except Refused as error:
        return answer(error.verdict.reason, error.verdict.params, status=403)
    except RuleBroken as error:
        return _broken(error)
    except Http404:
        return answer(NOTHING_HERE, status=404)
    except (DisallowedHost, SuspiciousOperation):
        return answer(NOTHING_HERE, status=400)
    except OperationalError:
        _log.exception("the database did not answer")
        return _later(BUSY, {})
    except Exception:  # noqa: BLE001  the last place where a device can be told anything in words that it shows
        _log.exception("a device could not be answered")
        return answer(FAULT, status=500)


def _broken(error: RuleBroken) -> HttpResponse:
    """Answer with the number that tells a device whether to try again, and with the sentence."""
    if isinstance(error, Busy):
        return _later(error.message, error.params)
    if error.code in _STATUS:
        status = _STATUS[error.code]
    elif isinstance(error, Conflict):
        status = 409
    else:
        status = 400 if isinstance(error, BadInput) else 422
    return answer(error.message, error.params, status=status)


_STATUS = {
    "openrosa.too_large": 413,
    "submission.too_large": 413,
    "submission.files": 413,
    "files.too_large": 413,
    "files.no_space": 507,
}


def _later(message: str, params: dict[str, object]) -> HttpResponse:
    response = answer(message, params, status=503)
    response["Retry-After"] = "5"
    return response


def _answered(
    view: View, methods: tuple[str, ...], request: HttpRequest, token: str, given: dict[str, str]
) -> HttpResponse:
    if request.method not in methods:
        response = answer(NOTHING_HERE, status=405)
        response["Allow"] = ", ".join(methods)
        return response
    if request.headers.get("X-OpenRosa-Version", "1.0").strip() != "1.0":
        return answer(OTHER_VERSION, status=400)
    caller = caller_by(token)
    if caller is None:
        raise Unauthorised
    with scope(caller.device.office_id):
        _mark(caller)
        base = f"{request.scheme}://{request.get_host()}{PREFIX}{token}"
        return view(Call(request, caller.device, caller.actor, base), **given)


def _mark(caller: Caller) -> None:
    if caller.actor is not None and is_to_be_marked(caller.device):
        mark_used(actor=caller.actor, device=caller.device)
