"""Having a stranger's file opened in a confined process (see `workshop`) and getting plain values back."""

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from nithet.foundation.files.workshop import confinement
from nithet.kernel.errors import BadInput, Busy, RuleBroken

LONGEST_S = confinement.WALL_SECONDS
LARGEST_ANSWER = 96 * 1024 * 1024
"""Bytes of an answer; more is cut off and counts as a failure."""
WAITING_S = 30.0
AT_ONCE = max(2, os.cpu_count() or 2)

_log = logging.getLogger("nithet.files")
_peaks: deque[int] = deque(maxlen=1000)
_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Answer:
    """What a worker answered."""

    value: Any
    """Plain values: dict, list, str, int, float, bool, None."""
    parts: tuple[bytes, ...]
    """Bytes that the task made, such as the picture of a page."""
    walls: tuple[str, ...]
    """Which walls of `confinement` stood."""
    peak_bytes: int
    """Most memory that the worker had, libraries included."""


class Unfinished(Exception):
    """A worker was ended by a limit or failed; `why` is "time", "memory", "crash", or where it failed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run(task: str, path: Path | str, *, gently: bool = False, **given: Any) -> Answer:
    """Have one task of `workshop.tasks` done on a file; `gently`: nobody waits, so others have the processor first.

    Raises `BadInput` as the task raised it, `Unfinished` where a limit or a fault ended the worker, and `Busy` when no
    place got free within 30 s or no worker can be started.
    """
    if not _places.acquire(timeout=WAITING_S):
        raise Busy("files.many", "Many files are being examined just now. Try again in a minute.")
    try:
        with Path(path).open("rb") as file:
            raw = _keeper.ask({"task": task, "given": given, "gently": gently}, file.fileno())
    finally:
        _places.release()
    return _read(raw)


def _read(raw: bytes) -> Answer:
    length = int.from_bytes(raw[:4], "big")
    try:
        told = json.loads(raw[4 : 4 + length])
        at, parts = 4 + length, []
        for size in told["sizes"]:
            parts.append(raw[at : at + size])
            at += size
    except (ValueError, KeyError, TypeError) as error:
        raise Unfinished("crash") from error
    peak = _peak_bytes(told.get("peak_kilobytes", 0))
    _peaks.append(peak)
    if refused := told.get("refused"):
        raise BadInput(refused["code"], refused["message"], **refused["params"])
    if failed := told.get("failed"):
        raise Unfinished(failed)
    if len(raw) != at:
        raise Unfinished("crash")
    return Answer(told["value"], tuple(parts), tuple(told["walls"]), peak)


def latest_peaks() -> tuple[int, ...]:
    """Bytes of memory that the latest thousand workers had at most, refusals among them."""
    return tuple(_peaks)


def _peak_bytes(told: int) -> int:
    return told if sys.platform == "darwin" else told * 1024


class _Keeper:
    """The keeper process of this process, started when the first file comes and again when it is lost."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._door: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, message: dict[str, Any], reading: int) -> bytes:
        answer, answering = os.pipe()
        try:
            worker = self._send(message, reading, answering)
            os.close(answering)
            answering = -1
            return _collect(answer, worker)
        finally:
            os.close(answer)
            if answering >= 0:
                os.close(answering)

    def _send(self, message: dict[str, Any], reading: int, answering: int) -> int:
        line = json.dumps(message).encode()
        with self._guard:
            for is_last in (False, True):
                door = self._opened()
                with suppress(OSError):
                    socket.send_fds(door, [line], [reading, answering])
                    if told := door.recv(8):
                        return int.from_bytes(told, "big")
                self._close()
                if is_last:
                    break
        raise Busy("files.workshop", "Files cannot be examined just now. Try again in a minute.")

    def _opened(self) -> socket.socket:
        if self._door is not None and self._owner == os.getpid():
            return self._door
        if self._door is not None:
            # A fork of this process: the keeper belongs to the one before.
            self._door.close()
            self._process = None
        ours, theirs = socket.socketpair()
        ours.settimeout(WAITING_S)
        with theirs:
            command = [sys.executable, "-I", "-m", "nithet.foundation.files.workshop.keeper"]
            self._process = subprocess.Popen(  # noqa: S603  our own module
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
            )
        self._door, self._owner = ours, os.getpid()
        return ours

    def _close(self) -> None:
        if self._door is not None:
            self._door.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._door = self._process = None


def _environment() -> dict[str, str]:
    """Nothing of ours: secrets stand in the environment of a server."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _collect(answer: int, worker: int) -> bytes:
    until, got, size = time.monotonic() + LONGEST_S + 1, [], 0
    with _ended_if_left(worker):
        while True:
            left = until - time.monotonic()
            if left <= 0 or not select.select([answer], [], [], left)[0]:
                raise Unfinished("time")
            piece = os.read(answer, 1024 * 1024)
            if not piece:
                break
            size += len(piece)
            if size > LARGEST_ANSWER:
                raise Unfinished("answer")
            got.append(piece)
    if not got:
        # Ended by a limit on time or memory, or by a fault in a library: nobody was left to say which.
        raise Unfinished("crash")
    return b"".join(got)


@contextmanager
def _ended_if_left(worker: int) -> Any:
    try:
        yield
    except BaseException:
        # The worker still holds its end of the pipe, so the number is still its own.
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        raise


_keeper = _Keeper()


def examined(task: str, path: Path | str, *, gently: bool = False, **given: Any) -> Answer:
    """Do as `run`, and say a limit or a fault to a person: `BadInput` "files.too_costly" or "files.damaged"."""
    try:
        return run(task, path, gently=gently, **given)
    except Unfinished as error:
        _log.warning("a file could not be examined (%s): %s", task, error.why)
        raise _told(error) from error


def _told(error: Unfinished) -> RuleBroken:
    if error.why in {"time", "memory", "crash", "answer"}:
        return BadInput(
            "files.too_costly",
            "This file could not be examined within the limits of time and memory, so it was not kept. Save it anew from "
            "the program that made it, or as PDF.",
            field="file",
        )
    return BadInput(
        "files.damaged",
        "This file is damaged and could not be examined, so it was not kept. Save it anew and try again.",
        field="file",
    )
