"""Turns: everybody who waits is served, however much one of them sends."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpResponse, StreamingHttpResponse

from nithet.console.turns import MOST_TAKEN_IN, Turns, _taken_in, in_turns, lane_of


def _until(condition: Callable[[], bool]) -> None:
    """Let other threads run until something is so; a test that waits in vain is ended by the runner's limit."""
    passing = threading.Event()
    while not condition():
        passing.wait(0.001)


def test_a_lane_of_one_goes_before_the_rest_of_a_burst() -> None:
    turns, served, threads = Turns(["the only place"]), [], []

    def ask(name: str, lane: str) -> None:
        with turns.turn(lane):
            served.append(name)

    with turns.turn("burst"):
        for count, (name, lane) in enumerate(
            [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")], 1
        ):
            threads.append(threading.Thread(target=ask, args=(name, lane)))
            threads[-1].start()
            _until(lambda so_many=count: turns.count_waiting() == so_many)
    for thread in threads:
        thread.join()
    assert served == ["a1", "b1", "c1", "a2", "a3"]
    assert turns.count_waiting() == 0


def test_no_more_are_at_work_than_there_are_places_and_a_fault_gives_its_place_back() -> None:
    turns, guard = Turns([1, 2, 3]), threading.Lock()
    at_work: list[int] = []
    most = 0

    def ask() -> None:
        nonlocal most
        try:
            with turns.turn("one lane") as place:
                with guard:
                    at_work.append(place)
                    most = max(most, len(at_work))
                    assert len(set(at_work)) == len(at_work)
                with guard:
                    at_work.remove(place)
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    threads = [threading.Thread(target=ask) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= 3
    with turns.turn("a") as one, turns.turn("b") as two, turns.turn("c") as three:
        assert {one, two, three} == {1, 2, 3}


@pytest.mark.parametrize(
    ("environ", "lane"),
    [
        ({"PATH_INFO": "/key/secret/submission", "HTTP_COOKIE": "sessionid=x"}, "/key/secret"),
        ({"PATH_INFO": "/key/secret"}, "/key/secret"),
        ({"PATH_INFO": "/", "HTTP_COOKIE": "csrftoken=y; sessionid=abc"}, "sitting abc"),
        ({"PATH_INFO": "/", "REMOTE_ADDR": "10.0.0.1"}, "caller 10.0.0.1"),
        (
            {"PATH_INFO": "/", "HTTP_COOKIE": "sessionid", "REMOTE_ADDR": "10.0.0.1"},
            "caller 10.0.0.1",
        ),
    ],
)
def test_devices_sittings_and_callers_have_lanes_of_their_own(
    environ: dict[str, str], lane: str
) -> None:
    assert lane_of(environ) == lane


@pytest.mark.django_db
def test_a_place_lends_its_connection_and_takes_it_back() -> None:
    own = connections["default"]
    seen = []

    def application(environ: dict[str, object], start_response: object) -> HttpResponse:
        seen.append(connections["default"])
        return HttpResponse("ก")

    answer = in_turns(application, 1)
    assert list(answer({"PATH_INFO": "/"}, None)) == ["ก".encode()]
    assert list(answer({"PATH_INFO": "/"}, None)) == ["ก".encode()]
    assert seen[0] is seen[1] is not own
    assert connections["default"] is own
    assert connection.connection is own.connection


@pytest.mark.django_db
def test_what_is_sent_bit_by_bit_is_not_read_while_a_place_is_taken() -> None:
    answer = in_turns(lambda _environ, _start: StreamingHttpResponse(iter([b"a", b"b"])), 1)
    first, second = answer({"PATH_INFO": "/"}, None), answer({"PATH_INFO": "/"}, None)
    assert (b"".join(first), b"".join(second)) == (b"ab", b"ab")


class _BadLink:
    """A body whose rest does not come before somebody lets it."""

    def __init__(self) -> None:
        self.begun, self.goes_on = threading.Event(), threading.Event()
        self._pieces = [b"login=", b"someone"]

    def read(self, size: int) -> bytes:
        if len(self._pieces) == 1:
            self.begun.set()
            self.goes_on.wait()
        piece = self._pieces.pop(0)
        assert len(piece) <= size
        return piece


@pytest.mark.django_db
def test_a_request_on_a_bad_link_holds_no_place_while_it_comes_in() -> None:
    link, arrived = _BadLink(), []

    def application(environ: dict[str, Any], start_response: object) -> HttpResponse:
        if "wsgi.input" in environ:
            arrived.append(environ["wsgi.input"].read())
        return HttpResponse("ก")

    answer = in_turns(application, 1)
    slow = {"PATH_INFO": "/", "CONTENT_LENGTH": "13", "wsgi.input": link}
    thread = threading.Thread(target=answer, args=(slow, None))
    thread.start()
    link.begun.wait()
    assert list(answer({"PATH_INFO": "/"}, None)) == ["ก".encode()]
    assert arrived == []
    link.goes_on.set()
    thread.join()
    assert arrived == [b"login=someone"]


def test_what_is_larger_than_any_request_is_left_unread() -> None:
    untouched = object()
    environ = {"CONTENT_LENGTH": str(MOST_TAKEN_IN + 1), "wsgi.input": untouched}
    with _taken_in(environ):
        assert environ["wsgi.input"] is untouched
