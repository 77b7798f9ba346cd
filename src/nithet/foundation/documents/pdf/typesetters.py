"""Keeps a few worker processes, hands each one document at a time and ends those that overrun."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from nithet.foundation.documents.errors import (
    DocumentFault,
    DocumentTooHeavy,
    TypesetterBusy,
    UnprintableText,
)
from nithet.foundation.documents.model import Document, texts
from nithet.foundation.documents.pdf.exits import OUT_OF_MEMORY
from nithet.foundation.documents.pdf.frames import receive, send
from nithet.foundation.documents.text import near
from nithet.foundation.documents.word.model import WordPages, page_texts

_WORKER = "nithet.foundation.documents.pdf.worker"
_LAST_SECONDS = 2.0
"""How long a process may take to end by itself after it has closed its line."""
_SOURCES = Path(__file__).resolve().parents[4]
# What a worker needs of the surroundings; secrets of the application stay behind.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What setting one document may cost."""

    seconds: float = 60.0
    megabytes: int = 3072
    """Address space of the process; an ordinary document needs some 100 MB of memory."""


class _Worker:
    """One process and the line to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stream, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-s", "-m", _WORKER, str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [*command, str(limits.seconds), str(limits.megabytes)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_surroundings(),
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, question: bytes) -> bytes:
        """The answer; TimeoutError or EOFError (the process died) end the worker's use."""
        deadline = monotonic() + self._limits.seconds
        self._stream.settimeout(self._limits.seconds)
        send(self._stream, question)
        return receive(self._stream, deadline=deadline)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """End the process at once."""
        self._stream.close()
        self._process.kill()
        self._process.wait()

    def exit_code(self) -> int:
        """Of a process that has closed its line, and so tells why it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_SECONDS)
        self.end()
        return self._process.returncode


def _surroundings() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "PYTHONPATH": str(_SOURCES)}


class Typesetters:
    """A pool of workers that start when needed and end with this process."""

    def __init__(self, *, most: int | None = None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._most = most or min(2, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._most)
        self._idle: list[_Worker] = []

    def pdf(
        self, document: Document | WordPages, drawings: Mapping[str, str] | None = None
    ) -> bytes:
        """The document as PDF; `drawings` are its QR codes as SVG by what they say.

        Raises UnprintableText, DocumentTooHeavy, DocumentFault, or TypesetterBusy where no worker
        came free in the time that one document may take.
        """
        question = pickle.dumps((document, dict(drawings or {})))
        with self._place():
            answer = self._answered(question)
        if answer[:1] == b"P":
            return answer[1:]
        raise _told(json.loads(answer[1:]), document)

    def prepare(self) -> None:
        """Start a process ahead of the first document, which then need not wait for it."""
        if self.pids() or not self._places.acquire(blocking=False):
            return
        try:
            worker = _Worker(self.limits)
            with self._lock:
                self._idle.append(worker)
        finally:
            self._places.release()

    def close(self) -> None:
        """End every idle worker; the pool may be used again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def forget(self) -> None:
        """Drop the workers without ending them: after a fork they belong to the parent."""
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._most)
        self._idle = []

    def pids(self) -> tuple[int, ...]:
        """Processes that wait for work."""
        with self._lock:
            return tuple(worker.pid for worker in self._idle)

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self.limits.seconds):
            raise TypesetterBusy(
                "documents.busy",
                "Too many documents are being made just now. Please try again in a minute.",
            )
        try:
            yield
        finally:
            self._places.release()

    def _answered(self, question: bytes) -> bytes:
        worker, kept = self._worker()
        try:
            answer = worker.ask(question)
        except (EOFError, ConnectionError) as died:
            code = worker.exit_code()
            if kept:
                # It had ended by itself for want of work, just before it was asked.
                return self._answered(question)
            raise _why_ended(code) from died
        except TimeoutError as late:
            worker.end()
            raise DocumentTooHeavy(
                "documents.too_slow",
                "The document was not finished within %(seconds)d seconds. Please divide it.",
                seconds=int(self.limits.seconds),
            ) from late
        except BaseException:
            worker.end()
            raise
        with self._lock:
            self._idle.append(worker)
        return answer

    def _worker(self) -> tuple[_Worker, bool]:
        """A worker, and whether it is one that was kept."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return _Worker(self.limits), False
            if worker.is_alive():
                return worker, True
            worker.end()


def _why_ended(code: int) -> Exception:
    # The engine is ended by a signal when it gets no memory.
    if code < 0 or code == OUT_OF_MEMORY:
        return DocumentTooHeavy(
            "documents.too_heavy",
            "The document needs more memory than one document may take. Please divide it.",
        )
    return DocumentFault(
        "documents.refused",
        "The document could not be set: %(reason)s",
        reason=f"the typesetter ended with code {code}",
    )


def _told(fault: dict[str, str], document: Document | WordPages) -> Exception:
    if fault["kind"] == "unprintable":
        letter = fault["letter"]
        return UnprintableText(
            "documents.unprintable",
            "The character %(letter)s (%(code)s) cannot be printed: no font of the document has it. "
            "Please take it out of the text “%(near)s”.",
            letter=letter,
            code=" ".join(f"U+{ord(part):04X}" for part in letter),
            near=near(
                letter,
                page_texts(document) if isinstance(document, WordPages) else texts(document),
            ),
        )
    return DocumentFault(
        "documents.refused",
        "The document could not be set: %(reason)s",
        reason=fault["reason"],
    )


typesetters = Typesetters()
"""The workers of this process."""

atexit.register(typesetters.close)
os.register_at_fork(after_in_child=typesetters.forget)
