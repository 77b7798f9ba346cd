"""A log never holds a word that opens a record without a password."""

import io
import logging

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from nithet.config.log_secrets import OPENING, WithoutSecrets

OPENS_NOTHING = {
    "returns/verify/<str:token>/",  # printed on every paper for everybody to check
    "p/<str:code>/",  # printed on papers; to see more one signs in
    "p/<str:code>/authority/",
}


def addresses(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        found += addresses(one, here) if isinstance(one, URLResolver) else [here] if isinstance(one, URLPattern) else []
    return found


def test_every_address_with_a_word_that_opens_is_known_to_the_log() -> None:
    words = ("token>", "code>", "word>")
    with_words = {one for one in addresses(get_resolver()) if any(word in one for word in words)} - OPENS_NOTHING
    assert len(with_words) > 8
    unknown = {one for one in with_words if not any(f"/{one}".startswith(known) for known in OPENING)}
    assert unknown == set()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"{start}SECRETWORD/" for start in OPENING])
def test_a_refused_link_leaves_no_word_in_the_log(address: str) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)
    try:
        Client(raise_request_exception=False).post(address)
        Client(raise_request_exception=False).get(address)
        logging.getLogger("nithet").warning("opened %s", f"https://example.go.th{address}?a=1")
        logging.getLogger("nithet").warning("opened %(what)s", {"what": address})
    finally:
        logging.getLogger().removeHandler(handler)
    assert "SECRETWORD" not in lines.getvalue()
    assert "…" in lines.getvalue()
