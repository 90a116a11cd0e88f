"""Measure delivery to a thousand readers of one room, beside a minimal stream of Starlette on the same kind of server.

Both servers run in a process of their own; this process holds all readers and the poster. `python
tests/bench/bench_delivery.py` measures both in turn; `... baseline PORT` serves the baseline.
"""

from __future__ import annotations

import asyncio
import http.cookiejar
import json
import os
import re
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

READERS = 1000
A_SECOND = 10
STEADY_SECONDS = 10
BURST = 100
ROUNDS = 3
KEY = re.compile(rb'"key":"([0-9a-f]{16})"')
FILLER = "x" * 60


@dataclass(frozen=True, slots=True)
class Target:
    """A server to measure: where its stream is, where to post, and with which headers."""

    port: int
    pid: int
    stream: str
    post: str
    headers: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one round gave. Times in milliseconds, memory in kB a reader, deliveries a processor second."""

    p50: float
    p99: float
    burst_p99: float
    answer: float
    deliveries: float
    memory: float
    lost: int
    doubled: int


class Reader(asyncio.Protocol):
    """One connection that notes when which key came."""

    def __init__(self, got: dict[bytes, list[float]], path: str, headers: str) -> None:
        self._got = got
        self._head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{headers}\r\n".encode()
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        """Note every key of whole messages."""
        now = time.perf_counter()
        whole, mark, self._rest = (self._rest + data).rpartition(b"\n\n")
        if mark:
            for key in KEY.findall(whole):
                self._got.setdefault(key, []).append(now)


async def measure(target: Target) -> Figures:
    """All readers, a steady stream of events, then a burst."""
    loop = asyncio.get_running_loop()
    got: dict[bytes, list[float]] = {}
    before = memory_of(target.pid)
    for _ in range(READERS // 50):
        makers = (
            loop.create_connection(lambda: Reader(got, target.stream, target.headers), "127.0.0.1", target.port)
            for _ in range(50)
        )
        await asyncio.gather(*makers)
    await asyncio.sleep(3)
    memory = (memory_of(target.pid) - before) / READERS
    sent: dict[bytes, float] = {}
    answers: list[float] = []
    busy = processor_of(target.pid)
    for _ in range(A_SECOND * STEADY_SECONDS):
        began = time.perf_counter()
        await post(target, sent, answers)
        await asyncio.sleep(max(0.0, 1 / A_SECOND - (time.perf_counter() - began)))
    await asyncio.sleep(1)
    steady = list(sent)
    deliveries = sum(len(got.get(key, [])) for key in steady) / max(0.01, processor_of(target.pid) - busy)
    burst = asyncio.gather(*(later(number / BURST, target, sent) for number in range(BURST)))
    await burst
    await asyncio.sleep(3)
    times = [(at - sent[key]) * 1000 for key in steady for at in got.get(key, [])]
    wild = [(at - sent[key]) * 1000 for key in sent if key not in set(steady) for at in got.get(key, [])]
    counts = [len(got.get(key, [])) for key in sent]
    return Figures(
        p50=median(times),
        p99=quantiles(times, n=100)[98],
        burst_p99=quantiles(wild, n=100)[98],
        answer=median(answers),
        deliveries=deliveries,
        memory=memory,
        lost=sum(max(0, READERS - count) for count in counts),
        doubled=sum(max(0, count - READERS) for count in counts),
    )


async def later(wait: float, target: Target, sent: dict[bytes, float]) -> None:
    """One event of the burst."""
    await asyncio.sleep(wait)
    await post(target, sent, [])


async def post(target: Target, sent: dict[bytes, float], answers: list[float]) -> None:
    """Send one command on a connection of its own and wait for its answer."""
    key = secrets.token_hex(8)
    body = json.dumps({"on": bool(secrets.randbelow(2))})
    head = f"POST {target.post} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{target.headers}\r\n{body}"
    sent[key.encode()] = began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    writer.write(head.encode())
    line = await reader.readline()
    answers.append((time.perf_counter() - began) * 1000)
    assert b" 200 " in line, line
    writer.close()


def processor_of(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> float:
    """Resident memory of a process in kB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return float(re.search(r"VmRSS:\s+(\d+)", text)[1])  # type: ignore[index]


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def ours() -> Iterator[Target]:
    """The real command with its demo, and the presenter at the desk of its session."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "schakelbord.cli.main", "serve", "--port", str(port)]
        environment = os.environ | {"SCHAKELBORD_DATA": folder}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            assert any("Ctrl-C" in line for line in server.stdout)
            time.sleep(3)
            jar = http.cookiejar.CookieJar()
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            address = f"http://127.0.0.1:{port}"
            token = token_in(browser.open(f"{address}/rollen").read())
            browser.open(f"{address}/rollen", urlencode({"csrfmiddlewaretoken": token, "role": "presenter"}).encode())
            desk = browser.open(f"{address}/zaal/1/verteller").read()
            token = re.search(rb'data-csrf="(\w+)"', desk)[1].decode()  # type: ignore[index]
            cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
            headers = f"Cookie: {cookies}\r\nX-CSRFToken: {token}\r\n"
            room = re.search(rb'data-room="(\d+)"', desk)[1].decode()  # type: ignore[index]
            yield Target(port, server.pid, f"/live/{room}/stroom", "/zaal/1/doe/set-count", headers)
            server.kill()


def token_in(page: bytes) -> str:
    """The token of a form."""
    return re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()  # type: ignore[index]


@contextmanager
def baseline() -> Iterator[Target]:
    """The minimal stream."""
    port = free_port()
    with subprocess.Popen([sys.executable, __file__, "baseline", str(port)]) as server:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Target(port, server.pid, "/stream", "/post", "")
        server.kill()


def serve_baseline(port: int) -> None:
    """A queue a reader and a generator a reader, as most tutorials write it; it keeps nothing."""
    import uvicorn  # noqa: PLC0415 - only in this process
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import JSONResponse, StreamingResponse  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    queues: set[asyncio.Queue[str]] = set()

    async def stream(request: Request) -> StreamingResponse:
        queue: asyncio.Queue[str] = asyncio.Queue()
        queues.add(queue)

        async def events() -> object:
            while True:
                yield f"id: 1\nevent: frame\ndata: {await queue.get()}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")  # type: ignore[arg-type]

    async def take(request: Request) -> JSONResponse:
        message = json.dumps(
            {"seq": 1, "verb": FILLER, "key": request.headers["idempotency-key"]}, separators=(",", ":")
        )
        for queue in queues:
            queue.put_nowait(message)
        return JSONResponse({"seq": 1})

    routes = [Route("/stream", stream), Route("/post", take, methods=["POST"])]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error", access_log=False)


def lines() -> list[str]:
    """The lines of the section: medians of the rounds, both servers in turn."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    rounds: list[tuple[Figures, Figures]] = []
    for _ in range(ROUNDS):
        with ours() as target:
            mine = asyncio.run(measure(target))
        with baseline() as target:
            rounds.append((mine, asyncio.run(measure(target))))
    first, other = ([pair[place] for pair in rounds] for place in (0, 1))

    def row(name: str, field: str, form: str, goal: str) -> str:
        mine, theirs = (median(getattr(one, field) for one in side) for side in (first, other))
        return f"| {name} | {mine:{form}} | {theirs:{form}} | {mine / max(theirs, 1e-9):.2f} | {goal} |"

    lost, doubled = sum(one.lost for one in first), sum(one.doubled for one in first)
    return [
        f"{READERS:,} readers in one room of the real server (commands are kept with FULL before they are answered),",
        f"{A_SECOND} events a second for {STEADY_SECONDS} s, then {BURST} in one second.",
        "Beside (a), a minimal stream of Starlette on the same uvicorn that keeps nothing.",
        f"Medians of {ROUNDS} rounds, in turn; server and readers share",
        "one machine of two cores.",
        "",
        "| measure | Schakelbord | (a) | ratio | goal |",
        "|---|---|---|---|---|",
        row("deliveries a processor second, steady", "deliveries", ",.0f", "at least 1.5"),
        row("delivery p50, steady, ms", "p50", ".1f", ""),
        row("delivery p99, steady, ms", "p99", ".1f", "at most 1.0"),
        row("delivery p99, burst, ms", "burst_p99", ".1f", "at most 0.5"),
        row("poster's answer p50, ms", "answer", ".1f", "at most 1.0"),
        row("memory a reader, kB", "memory", ".1f", "at most 1.0"),
        "",
        f"Lost: {lost}, doubled: {doubled}, of {ROUNDS * READERS * (A_SECOND * STEADY_SECONDS + BURST):,} deliveries.",
        "",
        "Not measured: (g) bare socket writes, the largest sustained rate, a fifth of the readers asleep, kills under",
        "1,000 readers.",
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["baseline"]:
        serve_baseline(int(sys.argv[2]))
    else:
        sys.stdout.write("\n".join(lines()) + "\n")
