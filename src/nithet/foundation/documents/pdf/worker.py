"""The process that sets documents: one after another, each asked for and answered over a socket.

Started by `typesetters` as ``python -m nithet.foundation.documents.pdf.worker FD SECONDS MEGABYTES``.
A question is, pickled, a `Document` and its QR codes as the parent drew them; an answer is one letter and the PDF ("P") or
what went wrong as JSON ("E"). It ends by itself when the parent is gone or has long asked nothing.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import re
import resource
import signal
import socket
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from nithet.foundation.documents import line_units
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf import fonts
from nithet.foundation.documents.pdf.content import Drawings, template_data
from nithet.foundation.documents.pdf.exits import OUT_OF_MEMORY
from nithet.foundation.documents.pdf.frames import receive, send
from nithet.foundation.documents.pdf.language import in_language
from nithet.foundation.documents.pdf.word_content import word_data
from nithet.foundation.documents.word.model import WordPages

IDLE_SECONDS = 300.0
"""After so long without a question the process gives its memory back to the machine."""

_LAYOUT = Path(__file__).resolve().parent / "layout.typ"
_WORD = Path(__file__).resolve().parent / "word.typ"
_EMPTY = Path(__file__).resolve().parent / "empty.typ"
_STANDARDS: list[Literal["a-3u", "ua-1"]] = ["a-3u", "ua-1"]
_GENERATIONS = 11
"""Empty documents after which the engine forgets what it remembered of the last one (some 25 MB)."""

_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
"""Stands as the day of making in the pages of a Word file, so that the same file gives the same PDF."""

_UNPRINTABLE = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Typesetter:
    """A compiler that stays warm, with the fonts and the dictionary found once."""

    def __init__(self) -> None:
        line_units.load()
        folders = fonts.folders()
        self._families = fonts.families(folders)
        self._compiler = typst.Compiler(
            str(_LAYOUT),
            root=str(_LAYOUT.parent),
            font_paths=[str(folder) for folder in folders],
            ignore_system_fonts=True,
        )

    def pdf(self, document: Document, drawings: Drawings) -> bytes:
        """The document as PDF/A-3u and PDF/UA-1; typst.TypstError where the engine refuses it."""
        data = json.dumps(template_data(document, self._families, drawings), ensure_ascii=False)
        compiled = self._compiler.compile(
            str(_LAYOUT),
            format="pdf",
            pdf_standards=[*_STANDARDS],
            sys_inputs={"document": data},
            timestamp=_noon(document),
        )
        if not isinstance(compiled, bytes):
            raise TypeError("The engine gave no file.")
        return in_language(compiled, document.language)

    def pages(self, pages: WordPages) -> bytes:
        """The pages of a Word file as PDF, or the first of them as PNG."""
        data = json.dumps(word_data(pages, self._families), ensure_ascii=False)
        if pages.output == "png":
            drawn = self._compiler.compile(
                str(_WORD), format="png", ppi=pages.dots, sys_inputs={"document": data}
            )
            return _first(drawn)
        compiled = self._compiler.compile(
            str(_WORD), format="pdf", sys_inputs={"document": data}, timestamp=_EPOCH
        )
        return in_language(_first(compiled), "th")

    def forget(self) -> None:
        """Let the engine drop its memory of documents past."""
        for _ in range(_GENERATIONS):
            self._compiler.compile(str(_EMPTY), format="pdf", sys_inputs={})
        _return_memory()


def _first(made: bytes | list[bytes] | None) -> bytes:
    first = made[0] if isinstance(made, list) and made else made
    if not isinstance(first, bytes):
        raise TypeError("The engine gave no file.")
    return first


def _noon(document: Document) -> datetime | None:
    return datetime.combine(document.dated, time(12), UTC) if document.dated else None


def _return_memory() -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _fault(error: typst.TypstError) -> dict[str, Any]:
    found = _UNPRINTABLE.search(error.message)
    if found:
        letter = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
        return {"kind": "unprintable", "letter": letter}
    return {"kind": "refused", "reason": error.message}


def _answer(typesetter: Typesetter, question: bytes) -> bytes:
    document, drawings = pickle.loads(question)  # noqa: S301 (from the parent process)
    try:
        if isinstance(document, WordPages):
            return b"P" + typesetter.pages(document)
        return b"P" + typesetter.pdf(document, drawings)
    except typst.TypstError as error:
        return b"E" + json.dumps(_fault(error)).encode()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ValueError as error:
        return b"E" + json.dumps({"kind": "refused", "reason": str(error)}).encode()


def _limit(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    # A dump of the memory would hold the text of the document.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(descriptor: int, seconds: float, megabytes: int) -> None:
    """Answer until the parent is gone."""
    # The engine cannot be interrupted: the alarm, left at its default, ends the process even if the
    # parent is no longer there to do so.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as parent:
        _limit(megabytes)
        typesetter = Typesetter()
        while True:
            parent.settimeout(IDLE_SECONDS)
            try:
                question = receive(parent)
            except (TimeoutError, EOFError):
                return
            parent.settimeout(None)
            signal.setitimer(signal.ITIMER_REAL, seconds * 1.2)
            answer = _answer(typesetter, question)
            try:
                send(parent, answer)
            except ConnectionError:
                return
            typesetter.forget()
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    os.chdir("/")
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
