"""Previews of kept files, made once in a confined process and kept beside the store."""

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.foundation.files import places, sandbox
from nithet.foundation.files.store import path_of
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

VERSION = 1
"""Goes up when previews are made in another way; older ones are made anew."""
FORGOTTEN_AFTER = timedelta(days=60)
TOO_COSTLY = msgid(
    "This file is too large or too intricate to be shown here. Download it to look at it."
)


@dataclass(frozen=True)
class Block:
    """A part of a document: plain words, for a template that escapes them."""

    kind: str
    """heading, paragraph or table."""
    text: str = ""
    level: int = 0
    """Of a heading, from 1; 0 otherwise."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table."""


@dataclass(frozen=True)
class Preview:
    """What is shown of one page of a file."""

    page: int
    pages: int
    """Of a PDF or TIFF its pages, of a workbook its sheets, of slides their number; 1 for other kinds, 0 if unknown."""
    picture: bytes
    """WEBP, or empty."""
    blocks: tuple[Block, ...]
    is_cut: bool
    """Whether the file goes on where the preview ends."""
    reason: str
    """Why there is nothing to see, as a message id; empty otherwise."""


def preview(sha256: str, media_type: str, page: int = 1, *, namespace: str = "evidence") -> Preview:
    """The preview of a page (from 1) of a kept file; a page that is not there has neither picture nor blocks.

    Raises `RuleBroken` "files.missing" when the file is not in the store, and `Busy` when no worker is free.
    """
    source = path_of(namespace, sha256)
    kept = _folder(sha256) / f"{VERSION}-{_word(media_type)}-{page}"
    told = _read(kept)
    if told is None:
        told, picture = _make(source, media_type, page)
        _write(kept, told, picture)
    else:
        picture = _picture(kept)
    blocks = tuple(
        Block(
            one["kind"],
            one.get("text", ""),
            one.get("level", 0),
            tuple(tuple(row) for row in one.get("rows", ())),
        )
        for one in told["blocks"]
    )
    return Preview(page, told["pages"], picture, blocks, told["is_cut"], told["reason"])


def remove_forgotten(older_than: timedelta = FORGOTTEN_AFTER) -> int:
    """Remove the previews of files at which nobody has looked for so long; return of how many."""
    removed = 0
    for folder in _root().glob("*/*"):
        if time.time() - folder.stat().st_mtime >= older_than.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def _make(source: Path, media_type: str, page: int) -> tuple[Any, bytes]:
    try:
        answer = sandbox.run("preview", source, media_type=media_type, page=page)
    except (sandbox.Unfinished, BadInput):
        # It may be kept although it cannot be shown.
        return {"pages": 0, "blocks": [], "is_cut": False, "reason": TOO_COSTLY}, b""
    return answer.value, answer.parts[0] if answer.parts else b""


def _root() -> Path:
    return Path(settings.NITHET_DATA) / "previews"


def _folder(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256


def _word(media_type: str) -> str:
    return "".join(mark if mark.isalnum() else "_" for mark in media_type)[:80]


def _read(kept: Path) -> Any:
    try:
        told = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
        os.utime(kept.parent)
    except (OSError, ValueError):
        return None
    return told


def _picture(kept: Path) -> bytes:
    try:
        return kept.with_suffix(".webp").read_bytes()
    except OSError:
        return b""


def _write(kept: Path, told: Any, picture: bytes) -> None:
    """Keep it for the next one who looks; a disk that is full costs only the time to make it again."""
    try:
        places.make_folder(kept.parent)
        if picture:
            _put(kept.with_suffix(".webp"), picture)
        _put(kept.with_suffix(".json"), json.dumps(told, ensure_ascii=False).encode())
    except OSError:
        return


def _put(path: Path, content: bytes) -> None:
    waiting = path.with_name(f"{secrets.token_hex(8)}.part")
    try:
        waiting.write_bytes(content)
        waiting.rename(path)
    finally:
        waiting.unlink(missing_ok=True)
