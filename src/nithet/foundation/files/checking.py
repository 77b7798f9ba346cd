"""Whether a file may be kept, told from what it holds and never from its name."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from nithet.foundation.files import antivirus, sandbox
from nithet.foundation.files.names import extension_of, safe_file_name
from nithet.foundation.files.store import received
from nithet.kernel.messages import msgid

RENAMED = msgid("The name said %(said)s; by its content the file is %(found)s.")


@dataclass(frozen=True)
class Remark:
    """Something that a person should know of a file; show ``gettext(remark.message) % remark.params``."""

    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    kind: str
    """pdf, word, sheet, slides, image, video, audio, text or archive."""
    media_type: str
    """By content; what the sender declared does not count."""
    extension: str
    """With its dot; the one of the name where it fits the content."""
    safe_name: str
    """The name to keep, show and send: see `safe_file_name`."""
    size: int
    """Bytes."""
    sha256: str
    warnings: tuple[Remark, ...]
    is_quarantined: bool
    """True: keep it, show that it waits, and serve it to nobody; no scanner has vouched for it yet."""
    reason: str
    """Why it is quarantined, as a message id; empty otherwise."""


def check_content(
    path: Path, file_name: str, declared_type: str = "", *, sha256: str = "", gently: bool = False
) -> Checked:
    """Examine a file in a confined process and return what it is.

    Raises `BadInput` with a sentence for what is refused: types that are not on the list, damage, passwords, macros,
    scripts, bombs, two files in one, viruses. `declared_type` (the browser's) never decides. `sha256` is given by whoever
    has hashed the file already; `gently` by a job for which nobody waits. Raises `Busy` when no worker is free or can be started.
    """
    found = sandbox.examined("check", path, gently=gently, name=file_name).value
    extensions: list[str] = found["extensions"]
    said = extension_of(file_name)
    extension = said if said in extensions else extensions[0]
    remarks = [Remark(message, params) for message, params in found["warnings"]]
    if said and said not in extensions:
        remarks.append(Remark(RENAMED, {"said": said, "found": extensions[0]}))
    verdict = antivirus.scan(path)
    return Checked(
        kind=found["kind"],
        media_type=found["media_type"],
        extension=extension,
        safe_name=safe_file_name(file_name, extension),
        size=path.stat().st_size,
        sha256=sha256 or _digest_of(path),
        warnings=tuple(remarks),
        is_quarantined=verdict is antivirus.Verdict.UNKNOWN,
        reason=antivirus.UNKNOWN if verdict is antivirus.Verdict.UNKNOWN else "",
    )


def keep_checked(
    namespace: str,
    file_name: str,
    content: bytes | BinaryIO,
    *,
    largest: int,
    declared_type: str = "",
) -> Checked:
    """Receive a file, check it, and keep it in the store; a row may name it when this returns.

    Raises what `check_content` and `store` raise; then nothing stays.
    """
    with received(namespace, content, largest=largest) as waiting:
        checked = check_content(waiting.path, file_name, declared_type, sha256=waiting.blob.sha256)
        waiting.keep()
    return checked


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
