"""Finds the pages of an office by their links, as somebody would who follows every one of them."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from nithet.foundation.tenancy.scope import scope

LINK = re.compile(r"""\s(?:href|action)=["']([^"'#][^"']*)["']""")
LEADS_AWAY = ("/static/", "/account/logout", "/account/office", "/account/language")


@dataclass
class Found:
    """What a crawl found: one page for each address of the table, and how every link that was tried answered."""

    pages: dict[str, str] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    """Links that lead to no address of the product."""


def crawl(client: Client, starts: Iterable[str], *, most: int) -> Found:
    """Follow links from these pages, new kinds of pages first, until `most` links have been tried."""
    found = Found()
    waiting, later = deque(starts), deque[str]()
    seen, names = set(waiting), dict[str, int]()
    while (waiting or later) and len(found.answers) < most:
        path = waiting.popleft() if waiting else later.popleft()
        with scope(None):
            answer = client.get(path)
        found.answers[path] = answer.status_code
        is_page = answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]
        if not is_page:
            continue
        name = _name(path)
        if name and "as=" not in path:
            found.pages.setdefault(name, path)
        for link in links_of(answer.content.decode(), path):
            if link in seen:
                continue
            seen.add(link)
            if (leads_to := _name(link)) is None:
                found.unknown.append(f"{link} (on {path})")
                continue
            names[leads_to] = names.get(leads_to, 0) + 1
            (waiting if names[leads_to] <= 2 else later).append(link)
    return found


def links_of(html: str, path: str) -> Iterator[str]:
    """Yield the links of a page that point inside; an address without a path is one of the page itself."""
    for raw in LINK.findall(html):
        link = urldefrag(unescape(raw))[0]
        if link.startswith("?"):
            link = urlsplit(path).path + link
        if link.startswith("/") and not link.startswith(("//", *LEADS_AWAY)):
            yield link


def _name(link: str) -> str | None:
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return None


def cookies_of(client: Client, address: str) -> list[Mapping[str, str]]:
    """Return the cookies of a client for a browser that goes on as the same person."""
    return [
        {"name": name, "value": one.value, "url": address} for name, one in client.cookies.items()
    ]
