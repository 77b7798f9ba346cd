"""A small client that keeps connections open and sends as fast as it is answered; loopback alone, bounded in time."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bench.served import HOST, percentile

Make = Callable[[], tuple[str, dict[str, str], bytes]]
"""Makes the next request: path, headers, body."""
LONGEST = 60.0


@dataclass(frozen=True)
class Load:
    """What a run showed."""

    per_second: float
    p95_ms: float
    statuses: dict[int, int]


def run(port: int, make: Make, clients: int, seconds: float, warm: float = 0.5) -> Load:
    """Post for so many seconds with so many clients, after a warm-up that does not count."""
    return asyncio.run(_run(port, make, clients, seconds, warm))


def beside(port: int, lone: Make, burst: Make, clients: int, seconds: float) -> tuple[Load, Load]:
    """Post with one client while others send a burst; return what the lone one and what the others saw."""

    async def both() -> tuple[Load, Load]:
        one = _run(port, lone, 1, seconds, 0.5)
        many = _run(port, burst, clients, seconds, 0.5)
        found = await asyncio.gather(one, many)
        return found[0], found[1]

    return asyncio.run(both())


async def _run(port: int, make: Make, clients: int, seconds: float, warm: float) -> Load:
    taken: list[float] = []
    statuses: Counter[int] = Counter()
    begin = time.perf_counter() + warm
    end = begin + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(HOST, port, limit=2**22)
        while (started := time.perf_counter()) < end:
            path, headers, body = make()
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            status = await asyncio.wait_for(_answer(reader), LONGEST)
            if started >= begin:
                taken.append(time.perf_counter() - started)
                statuses[status] += 1
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    if not taken:
        raise SystemExit("nothing was answered")
    return Load(len(taken) / seconds, 1e3 * percentile(taken, 0.95), dict(statuses))


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif (at := head.find(b"\r\ncontent-length:")) >= 0:
        await reader.readexactly(int(head[at + 17 : head.index(b"\r\n", at + 2)]))
    return status
