"""Asking ClamAV, where an office runs it: setting ``NITHET_CLAMAV``, a socket's path or ``host:port``.

A scanner that is down, slow or answers anything but "OK" never counts as clean.
"""

import enum
import logging
import socket
from pathlib import Path

from django.conf import settings

from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

TIMEOUT_S = 20.0
CHUNK = 256 * 1024
UNKNOWN = msgid(
    "The virus scanner did not answer. The file waits and is shown to nobody until it has been scanned."
)

_log = logging.getLogger("nithet.files")


class Verdict(enum.Enum):
    """What is known of a file."""

    NOT_ASKED = "not asked"
    """No scanner is set up."""
    CLEAN = "clean"
    UNKNOWN = "unknown"
    """A scanner is set up and did not answer."""


def scan(path: Path) -> Verdict:
    """Have a file scanned; raises `BadInput` "files.virus" where something was found."""
    address = getattr(settings, "NITHET_CLAMAV", "")
    if not address:
        return Verdict.NOT_ASKED
    try:
        answer = _answer(address, path)
    except OSError as error:
        _log.warning("the virus scanner did not answer: %s", error)
        return Verdict.UNKNOWN
    if answer.endswith("FOUND"):
        raise BadInput(
            "files.virus",
            "A virus was found in this file, so it was refused. Have the machine that it comes from examined.",
            field="file",
        )
    if answer == "stream: OK":
        return Verdict.CLEAN
    _log.warning("the virus scanner answered %r", answer[:200])
    return Verdict.UNKNOWN


def _answer(address: str, path: Path) -> str:
    with _connected(address) as line, path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        kept = b""
        while not kept.endswith(b"\0") and len(kept) < 4096:
            piece = line.recv(4096)
            if not piece:
                break
            kept += piece
    return kept.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT_S)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_S)
