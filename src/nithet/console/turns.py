"""Who is answered next: a few requests at once, and everybody who waits gets a turn, however much one of them sends.

One telephone that brings back a week of visits on many connections would otherwise stand in front of everybody who comes later.
Requests wait in lanes: one for each device (by the key in its address), each sitting of a person, each other caller. Whenever a
place gets free the next lane has it, so a lane of one waits for those at work and not for the burst.

A place is asked for once the whole request is here, so that nobody waits for somebody else's bad link.

A place has its own connection to the database and lends it to the thread at work there. So there are as many connections as
places, though many more threads may wait.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse

KEYS = "/key/"
"""Addresses of devices begin so; what follows up to the next stroke tells which device."""

MEGABYTE = 1024 * 1024
MOST_TAKEN_IN = 64 * MEGABYTE
"""Above the largest request that the product accepts."""
IN_MEMORY = MEGABYTE
PIECE = 64 * 1024

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Turns:
    """So many places, handed to waiting lanes in turn. Places of the same lane are handed over in the order of asking."""

    def __init__(self, places: Iterable[Any]) -> None:
        """Begin with every place free."""
        self._mutex = threading.Lock()
        self._free = list(places)
        self._lanes: OrderedDict[str, deque[_Waiting]] = OrderedDict()

    @contextmanager
    def turn(self, lane: str) -> Iterator[Any]:
        """Wait for a place and have it for the length of the block."""
        place = self._take(lane)
        try:
            yield place
        finally:
            self._pass_on(place)

    def count_waiting(self) -> int:
        """Return how many wait just now."""
        with self._mutex:
            return sum(map(len, self._lanes.values()))

    def _take(self, lane: str) -> Any:
        with self._mutex:
            if self._free:
                return self._free.pop()
            waiting = _Waiting()
            self._lanes.setdefault(lane, deque()).append(waiting)
        waiting.ready.acquire()
        return waiting.place

    def _pass_on(self, place: Any) -> None:
        with self._mutex:
            if not self._lanes:
                self._free.append(place)
                return
            lane, queue = self._lanes.popitem(last=False)
            waiting = queue.popleft()
            if queue:
                self._lanes[lane] = queue
        waiting.place = place
        waiting.ready.release()


class _Waiting:
    __slots__ = ("place", "ready")

    def __init__(self) -> None:
        self.place: Any = None
        self.ready = threading.Lock()
        self.ready.acquire()


def in_turns(application: Application, places: int) -> Application:
    """Return the application with at most so many requests at work at once."""
    turns = Turns([_lendable() for _ in range(places)])

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with (
            _taken_in(environ),
            turns.turn(lane_of(environ)) as connection,
            _lent(connection),
        ):
            response = application(environ, start_response)
            if not isinstance(response, HttpResponse):
                return response  # sent bit by bit, by the thread's own connection
            body = list(response)
            response.close()
            return body

    return answer


def lane_of(environ: dict[str, Any]) -> str:
    """Return in whose lane a request waits."""
    path: str = environ.get("PATH_INFO", "")
    if path.startswith(KEYS):
        return KEYS + path[len(KEYS) :].partition("/")[0]
    cookie = environ.get("HTTP_COOKIE", "")
    if settings.SESSION_COOKIE_NAME in cookie:
        try:
            found = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
        except CookieError:
            found = None
        if found is not None:
            return f"sitting {found.value}"
    return f"caller {environ.get('REMOTE_ADDR', '')}"


@contextmanager
def _taken_in(environ: dict[str, Any]) -> Iterator[None]:
    """Have the whole body of a request here before it asks for a place.

    A telephone on a bad link takes minutes for one photo; four of them would hold every place and nobody else would be answered.
    What is larger than any request may be is left where it is: it is refused unread.
    """
    stated = environ.get("CONTENT_LENGTH") or "0"
    left = int(stated[:15]) if stated.isdecimal() else 0
    if not 0 < left <= MOST_TAKEN_IN:
        yield
        return
    with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        sent = environ["wsgi.input"]
        while left and (piece := sent.read(min(left, PIECE))):
            body.write(piece)
            left -= len(piece)
        body.seek(0)
        environ["wsgi.input"] = body
        yield


def _lendable() -> Any:
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    connection.inc_thread_sharing()
    return connection


@contextmanager
def _lent(connection: Any) -> Iterator[None]:
    """Let this thread work with a place's connection."""
    own = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
