"""Messages over a stream: eight bytes of length, then the message."""

from __future__ import annotations

import socket
import struct
from time import monotonic

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 20


def send(stream: socket.socket, message: bytes) -> None:
    """Send one message whole."""
    stream.sendall(_LENGTH.pack(len(message)) + message)


def receive(stream: socket.socket, *, deadline: float | None = None) -> bytes:
    """The next message. TimeoutError after the deadline (monotonic), EOFError at a closed end."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size, deadline))
    return _exactly(stream, length, deadline)


def _exactly(stream: socket.socket, length: int, deadline: float | None) -> bytes:
    held = bytearray()
    while len(held) < length:
        if deadline is not None:
            left = deadline - monotonic()
            if left <= 0:
                raise TimeoutError
            stream.settimeout(left)
        part = stream.recv(min(length - len(held), _CHUNK))
        if not part:
            raise EOFError
        held += part
    return bytes(held)
