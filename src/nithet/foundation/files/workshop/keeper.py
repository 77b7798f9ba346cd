"""The keeper of the workshop: loads the libraries once and forks a confined worker for each file.

Started by `sandbox` as ``python -I -m nithet.foundation.files.workshop.keeper`` with a socket as its
input. A message is one line of JSON and two open files: what to read, and where to answer. The
reply is the worker's process number. It never reads a stranger's file itself.

An answer is four bytes (length of the JSON that follows), the JSON, and the bytes it announces.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from nithet.foundation.files.workshop import confinement, tasks
from nithet.kernel.errors import RuleBroken

MESSAGE_BYTES = 65_536
GENTLY = 10
"""How far a worker stands back for which nobody waits (as `nice`)."""


def main() -> None:
    """Serve until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    door = socket.socket(fileno=sys.stdin.fileno())
    gc.freeze()
    while True:
        message, handles, _, _ = socket.recv_fds(door, MESSAGE_BYTES, 2)
        if not message:
            return
        asked = json.loads(message)
        tasks.prepare(asked["task"])
        worker = os.fork()
        if worker == 0:
            door.detach()
            os.close(0)
            _work(asked, *handles)
        for handle in handles:
            os.close(handle)
        door.send(worker.to_bytes(8, "big"))


def _work(asked: dict[str, Any], reading: int, answering: int) -> None:
    """Do one task and end the process, whatever happens."""
    code = 1
    try:
        if asked["gently"]:
            os.nice(GENTLY)
        walls = confinement.confine()
        answer = _answer(asked, reading)
        answer["walls"] = walls
        answer["peak_kilobytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _send(answering, answer)
        code = 0
    finally:
        os._exit(code)


def _answer(asked: dict[str, Any], reading: int) -> dict[str, Any]:
    try:
        with os.fdopen(reading, "rb") as file:
            value, parts = tasks.do(asked["task"], file, asked["given"])
    except RuleBroken as error:
        told = {"code": error.code, "message": error.message, "params": error.params}
        return {"refused": told, "parts": []}
    except MemoryError:
        return {"failed": "memory", "parts": []}
    except Exception as error:  # noqa: BLE001  a worker tells what stopped it and ends
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        line = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
        return {"failed": f"{type(error).__name__} {line}", "parts": []}
    return {"value": value, "parts": parts}


def _send(answering: int, answer: dict[str, Any]) -> None:
    parts: list[bytes] = answer.pop("parts")
    told = json.dumps({**answer, "sizes": [len(part) for part in parts]}).encode()
    with os.fdopen(answering, "wb") as out:
        out.write(len(told).to_bytes(4, "big"))
        out.write(told)
        for part in parts:
            out.write(part)


if __name__ == "__main__":
    main()
