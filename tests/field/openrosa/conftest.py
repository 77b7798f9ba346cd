"""A supervisor's device and a client that speaks OpenRosa."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.http import HttpResponse
from django.test import Client

from nithet.domain.instruments.actions.devices import add_device
from nithet.domain.instruments.models.devices import Device
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast

BOUNDARY = "----0a1b2c3d"
CLIENT = Client(enforce_csrf_checks=True)
"""One for all: no answer sets a cookie, which is tested, and every new client looks through all static files."""


@dataclass
class Phone:
    """ODK Collect as far as HTTP goes."""

    device: Device
    token: str

    def get(self, path: str, method: str = "GET", **headers: str) -> HttpResponse:
        """Ask for an address below the server's base, or for a whole one that the server has told."""
        return CLIENT.generic(method, self.address(path), **_headers(headers))

    def address(self, path: str) -> str:
        """The path to ask for."""
        return (
            path.removeprefix("http://testserver")
            if path.startswith("http")
            else f"/key/{self.token}/{path}"
        )

    def post(
        self, xml: bytes, files: dict[str, bytes] | None = None, **fields: str
    ) -> HttpResponse:
        """Send a submission as Collect does."""
        body = multipart(
            xml, files or {}, {"*isIncomplete*": "yes"} if fields.get("incomplete") else {}
        )
        return self.raw(body, f"multipart/form-data; boundary={BOUNDARY}")

    def raw(self, body: bytes, content_type: str, **headers: Any) -> HttpResponse:
        """Send any body."""
        return CLIENT.generic(
            "POST", self.address("submission"), body, content_type, **_headers(headers)
        )


def _headers(more: dict[str, Any]) -> dict[str, Any]:
    return {"HTTP_X_OPENROSA_VERSION": "1.0", "HTTP_DATE": "Sun, 22 Nov 2026 00:00:00 GMT"} | more


def multipart(xml: bytes, files: dict[str, bytes], fields: dict[str, str]) -> bytes:
    """A multipart body with the names as they are, in UTF-8."""
    out = [_part('name="xml_submission_file"; filename="form.xml"', "text/xml", xml)]
    out += [
        _part(f'name="{name}"; filename="{name}"', "image/png", data)
        for name, data in files.items()
    ]
    out += [_part(f'name="{name}"', "", value.encode()) for name, value in fields.items()]
    return b"".join(out) + f"--{BOUNDARY}--\r\n".encode()


def _part(about: str, kind: str, data: bytes) -> bytes:
    typed = f"Content-Type: {kind}\r\n" if kind else ""
    return (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n{typed}\r\n".encode()
        + data
        + b"\r\n"
    )


def tree(response: HttpResponse) -> Element:
    """The XML of an answer."""
    found: Element = fromstring(response.content)
    return found


@pytest.fixture
def inside(cast: Cast) -> Iterator[Unit]:
    """The office with its scope open."""
    with scope(cast.office.pk):
        yield cast.office


@pytest.fixture
def phone_of(cast: Cast) -> Callable[[str], Phone]:
    """Add a device for a person of the cast."""

    def make(who: str, office: Unit | None = None) -> Phone:
        unit = office or cast.office
        with scope(unit.pk):
            added = add_device(
                actor=system_actor("test", unit.pk), owner=cast.users[who], name=f"เครื่องของ {who}"
            )
        return Phone(added.device, added.token)

    return make


@pytest.fixture
def phone(phone_of: Callable[[str], Phone]) -> Phone:
    """The supervisor's."""
    return phone_of("supervisor")
