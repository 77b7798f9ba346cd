"""What the benchmarks of a running server share: a demo office, a server of its own, a reader signed in.

Servers listen on 127.0.0.1 alone, on a port that was free, and are ended by their process number.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

HOST = "127.0.0.1"
ANSWER_SECONDS = 20.0
"""How long one request may take before it counts as failed."""
NITHET = Path(sys.executable).with_name("nithet")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command that works with this data folder and with nothing else of the caller's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NITHET_")}
    return {**kept, "NITHET_DATA": str(folder)}


def make_demo(folder: Path, *extra: str) -> float:
    """Build the demo office in a folder (again, where it is there); return the seconds it took."""
    started = time.perf_counter()
    done = subprocess.run(
        [NITHET, "demo", "--no-serve", *extra],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"nithet demo ended with {done.returncode}:\n{done.stderr}")
    return time.perf_counter() - started


def free_port() -> int:
    """Return a port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server: its process number, its port and the seconds from its start to its first answer."""

    pid: int
    port: int
    first_answer: float


@contextmanager
def serving(folder: Path, patience: float = 60.0) -> Iterator[Server]:
    """Run `nithet serve` for the length of a block."""
    port = free_port()
    log = (folder.parent / f"serve-{port}.log").open("w+b")
    started = time.perf_counter()
    process = subprocess.Popen(
        [NITHET, "serve", "--port", str(port)], env=environment(folder), stdout=log, stderr=log
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - started > patience:
                log.seek(0)
                raise SystemExit(
                    f"the server did not start:\n{log.read().decode(errors='replace')}"
                )
            time.sleep(0.01)
        yield Server(process.pid, port, time.perf_counter() - started)
    finally:
        _end(process)
        log.close()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


@dataclass
class Reader:
    """One browser: keeps its connection and its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every request."""

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask for a page; return status and body. Redirects are not followed."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """Send a form."""
        return self._send("POST", path, urllib.parse.urlencode(fields).encode())

    def form(
        self, path: str, fields: dict[str, str], file: tuple[str, str, bytes]
    ) -> tuple[int, bytes]:
        """Send a form with a file: (field, name, content)."""
        mark = "a-mark-that-stands-in-no-file-of-ours"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        name, file_name, content = file
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()])
        return self._send("POST", path, body, f"multipart/form-data; boundary={mark}")

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the form that people use."""
        _, page = self.get("/account/login/")
        found = TOKEN.search(page.decode())
        if found is None:
            raise SystemExit("the sign-in page has no form")
        token = found[1]
        fields = {"csrfmiddlewaretoken": token, "login": username, "password": password}
        status, _ = self.post("/account/login/", fields)
        if status != http.client.FOUND:
            raise SystemExit(f"signing in was answered with {status}")

    def another(self) -> Reader:
        """Return a second browser with the same session and a connection of its own."""
        return Reader(self.port, dict(self.cookies))

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None,
        kind: str = "application/x-www-form-urlencoded",
    ) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": f"http://{HOST}:{self.port}",
            **self.headers,
        }
        if body is not None:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update({key: one.value for key, one in SimpleCookie(value).items()})
        return answer.status, data


def director_of(folder: Path, port: int) -> Reader:
    """Return a browser in which the demo's director has signed in."""
    password = json.loads((folder / "demo-accounts.json").read_text())["password"]
    reader = Reader(port)
    reader.sign_in("director", password)
    return reader


def tree_of(pid: int) -> list[int]:
    """Return a process and everything it has started, itself first."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def processor_seconds(pid: int) -> float:
    """Return the processor's seconds that a process and everything it has started have used so far."""
    ticks = 0
    for one in tree_of(pid):
        after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def load_of_machine() -> str:
    """Say how busy the machine is, for whoever reads the figures later."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} processors, load {one:.1f} (1 min) {five:.1f} (5 min)"
