"""Trying the walls from inside: what a worker taken over by a stranger's file could still do. For tests and self-checks."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO


def probe(file: BinaryIO, *, folder: str = "/", waste: str = "") -> tuple[Any, list[bytes]]:
    """Try to connect, start a program, read and write below a folder; return what was refused, by name.

    `waste` is "time" or "memory" to run into that limit.
    """
    if waste == "memory":
        kept = [bytearray(64 * 1024 * 1024) for _ in range(64)]
        return len(kept), []
    while waste == "time":
        pass
    tries: dict[str, Callable[[], object]] = {
        "socket": socket.socket,
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "fork": os.fork,
        "read": lambda: next(Path(folder).iterdir()).read_bytes(),
        "write": lambda: (Path(folder) / "left behind").write_bytes(b"x"),
        "signal": lambda: os.kill(os.getppid(), 0),
    }
    return {"refused": sorted(name for name, work in tries.items() if _fails(work))}, []


def _fails(work: Callable[[], object]) -> bool:
    try:
        work()
    except (OSError, StopIteration):
        return True
    return False
