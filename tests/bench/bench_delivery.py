"""Measure delivery to a thousand readers of one room, beside a minimal stream of Starlette on the same kind of server.

Every server runs in a process of its own; this process holds all readers and the poster. `python
tests/bench/bench_delivery.py` measures all in turn; `... baseline PORT`, `... keeping PORT` and `... bare PORT` serve
what ours is compared with.
"""

from __future__ import annotations

import asyncio
import http.cookiejar
import json
import os
import re
import resource
import secrets
import selectors
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

READERS = 1000
A_SECOND = 10
STEADY_SECONDS = 6
BURST = 100
ROUNDS = 3
FIRST_RATE, MOST_RATE, RATE_SECONDS = 10, 640, 4
LONGEST_DELAY = 1000.0
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
    text: str = ""


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
        self.close = transport.abort
        transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        """Note every key of whole messages."""
        now = time.perf_counter()
        whole, mark, self._rest = (self._rest + data).rpartition(b"\n\n")
        if mark:
            for key in KEY.findall(whole):
                self._got.setdefault(key, []).append(now)


async def connect(target: Target, count: int, got: dict[bytes, list[float]]) -> list[Reader]:
    """So many readers, fifty at a time."""
    loop = asyncio.get_running_loop()
    readers: list[Reader] = []
    for _ in range(count // 50):
        makers = (
            loop.create_connection(lambda: Reader(got, target.stream, target.headers), "127.0.0.1", target.port)
            for _ in range(50)
        )
        readers += [reader for _, reader in await asyncio.gather(*makers)]
    await asyncio.sleep(3)
    return readers


async def measure(target: Target) -> Figures:
    """All readers, a steady stream of events, then a burst."""
    got: dict[bytes, list[float]] = {}
    before = memory_of(target.pid)
    await connect(target, READERS, got)
    memory = (memory_of(target.pid) - before) / READERS
    sent: dict[bytes, float] = {}
    answers: list[float] = []
    busy = processor_of(target.pid)
    await steadily(target, A_SECOND, STEADY_SECONDS, sent, answers)
    await asyncio.sleep(1)
    steady = list(sent)
    deliveries = sum(len(got.get(key, [])) for key in steady) / max(0.01, processor_of(target.pid) - busy)
    await asyncio.gather(*(later(number / BURST, target, sent) for number in range(BURST)))
    await asyncio.sleep(3)
    times = delays(sent, got, steady)
    counts = [len(got.get(key, [])) for key in sent]
    return Figures(
        p50=median(times),
        p99=quantiles(times, n=100)[98],
        burst_p99=quantiles(delays(sent, got, set(sent) - set(steady)), n=100)[98],
        answer=median(answers),
        deliveries=deliveries,
        memory=memory,
        lost=sum(max(0, READERS - count) for count in counts),
        doubled=sum(max(0, count - READERS) for count in counts),
    )


def delays(sent: dict[bytes, float], got: dict[bytes, list[float]], keys: Iterable[bytes]) -> list[float]:
    """From sending to each arrival, in milliseconds."""
    return [(at - sent[key]) * 1000 for key in keys for at in got.get(key, [])]


async def steadily(target: Target, rate: int, seconds: int, sent: dict[bytes, float], answers: list[float]) -> None:
    """So many events a second, one after the other; who is late does not wait."""
    for _ in range(rate * seconds):
        began = time.perf_counter()
        await post(target, sent, answers)
        await asyncio.sleep(max(0.0, 1 / rate - (time.perf_counter() - began)))


async def largest_rate(target: Target) -> int:
    """The largest number of events a second of which 99 in 100 deliveries take less than a second and none is lost.

    Doubles until it fails, then tries the middle twice. Each rate is kept up for some seconds, sent at its times
    whether or not earlier ones were answered.
    """
    got: dict[bytes, list[float]] = {}
    await connect(target, READERS, got)

    async def holds(rate: int) -> bool:
        sent: dict[bytes, float] = {}
        try:
            async with asyncio.timeout(RATE_SECONDS * 3):
                await asyncio.gather(*(later(number / rate, target, sent) for number in range(rate * RATE_SECONDS)))
        except (TimeoutError, OSError, AssertionError):
            return False
        await asyncio.sleep(1.5)
        times = delays(sent, got, sent)
        is_whole = all(len(got.get(key, [])) == READERS for key in sent)
        got.clear()
        return is_whole and quantiles(times, n=100)[98] < LONGEST_DELAY

    best, rate = 0, FIRST_RATE
    while rate <= MOST_RATE and await holds(rate):
        best, rate = rate, rate * 2
    too_much = rate
    for _ in range(2):
        rate = (best + too_much) // 2
        await asyncio.sleep(3)
        got.clear()
        if await holds(rate):
            best = rate
        else:
            too_much = rate
    return best


async def later(wait: float, target: Target, sent: dict[bytes, float]) -> None:
    """One event at its time. Its delay counts from when it was due."""
    due = time.perf_counter() + wait
    await asyncio.sleep(wait)
    await post(target, sent, [], due=due)


async def post(target: Target, sent: dict[bytes, float], answers: list[float], *, due: float | None = None) -> None:
    """Send one command on a connection of its own and wait for its answer."""
    key = secrets.token_hex(8)
    body = json.dumps({"on": bool(secrets.randbelow(2)), **({"text": target.text} if target.text else {})})
    head = f"POST {target.post} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{target.headers}\r\n{body}"
    began = time.perf_counter()
    sent[key.encode()] = due or began
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
def other(kind: str) -> Iterator[Target]:
    """One of the servers that ours is compared with."""
    port = free_port()
    with subprocess.Popen([sys.executable, __file__, kind, str(port)]) as server:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Target(port, server.pid, "/stream", "/post", "")
        server.kill()


def message_of(key: str) -> str:
    """What the other servers send, as long as what ours sends."""
    return json.dumps({"seq": 1, "verb": FILLER, "key": key}, separators=(",", ":"))


def serve_starlette(port: int, *, keeps: bool) -> None:
    """A queue a reader and a generator a reader, as most tutorials write it.

    Args:
        port: where to listen.
        keeps: commits a row before it answers, in SQLite with the settings of ours, in a thread of its own.
    """
    import uvicorn  # noqa: PLC0415 - only in this process
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import JSONResponse, StreamingResponse  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    queues: set[asyncio.Queue[str]] = set()
    keeper = ThreadPoolExecutor(1)
    folder = tempfile.TemporaryDirectory()
    database = sqlite3.connect(f"{folder.name}/kept.sqlite3", check_same_thread=False)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (id INTEGER, text TEXT)"
    )

    def keep(message: str) -> None:
        with database:
            database.execute("INSERT INTO kept VALUES (1, ?)", [message])

    async def stream(request: Request) -> StreamingResponse:
        queue: asyncio.Queue[str] = asyncio.Queue()
        queues.add(queue)

        async def events() -> object:
            while True:
                yield f"id: 1\nevent: frame\ndata: {await queue.get()}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")  # type: ignore[arg-type]

    async def take(request: Request) -> JSONResponse:
        message = message_of(request.headers["idempotency-key"])
        if keeps:
            await asyncio.get_running_loop().run_in_executor(keeper, keep, message)
        for queue in queues:
            queue.put_nowait(message)
        return JSONResponse({"seq": 1})

    routes = [Route("/stream", stream), Route("/post", take, methods=["POST"])]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error", access_log=False)


def serve_bare(port: int) -> None:
    """The least that can be done in Python: plain sockets, no framework, no event loop, one write a reader."""
    listening = socket.create_server(("127.0.0.1", port), backlog=1000)
    readers: list[socket.socket] = []
    waiting = selectors.DefaultSelector()
    waiting.register(listening, selectors.EVENT_READ)
    while True:
        for found, _ in waiting.select():
            if found.fileobj is listening:
                waiting.register(listening.accept()[0], selectors.EVENT_READ)
                continue
            connection = found.fileobj
            assert isinstance(connection, socket.socket)
            asked = connection.recv(65536)
            if asked.startswith(b"GET"):
                readers.append(connection)
                connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            elif asked.startswith(b"POST"):
                key = re.search(rb"Idempotency-Key: (\w+)", asked)[1].decode()  # type: ignore[index]
                connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                frame = f"id: 1\nevent: frame\ndata: {message_of(key)}\n\n".encode()
                for reader in readers:
                    reader.send(frame)
            else:
                waiting.unregister(connection)
                connection.close()


KINDS = {
    "baseline": lambda port: serve_starlette(port, keeps=False),
    "keeping": lambda port: serve_starlette(port, keeps=True),
    "bare": serve_bare,
}


def lines() -> list[str]:
    """The lines of the section: medians of the rounds, all servers in turn; then the largest rates."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    rounds: list[tuple[Figures, ...]] = []
    for _ in range(ROUNDS):
        with ours() as target:
            found = [asyncio.run(measure(target))]
        for kind in KINDS:
            with other(kind) as target:
                found.append(asyncio.run(measure(target)))
        rounds.append(tuple(found))
    with ours() as target:
        own_rate = asyncio.run(largest_rate(target))
    with other("baseline") as target:
        rate = asyncio.run(largest_rate(target))
    sides = list(zip(*rounds, strict=True))

    def row(name: str, field: str, form: str, goal: str, is_met: Callable[[float, float], bool] | None = None) -> str:
        mine, plain, keeping, bare = (median(getattr(one, field) for one in side) for side in sides)
        ratios = [mine / max(one, 1e-9) for one in (plain, keeping, bare)]
        said = f"{goal}: {'met' if is_met(ratios[0], ratios[2]) else 'missed'}" if is_met else ""
        values = " | ".join(f"{value:{form}}" for value in (mine, plain, keeping, bare))
        return f"| {name} | {values} | {' / '.join(f'{ratio:.2f}' for ratio in ratios)} | {said} |"

    lost, doubled = sum(one.lost for one in sides[0]), sum(one.doubled for one in sides[0])
    return [
        f"{READERS:,} readers in one room of the real server (commands are kept with FULL before they are answered),",
        f"{A_SECOND} events a second for {STEADY_SECONDS} s, then {BURST} in one second. (a): a minimal stream of",
        "Starlette on the same uvicorn that keeps nothing; (a+): the same, which commits one row with FULL before it",
        "answers; (g): bare sockets, no framework and no event loop, which keeps nothing.",
        f"Medians of {ROUNDS} rounds, in turn; server and readers share one machine of two cores.",
        "",
        "| measure | Schakelbord | (a) | (a+) | (g) | of (a) / (a+) / (g) | goal |",
        "|---|---|---|---|---|---|---|",
        row(
            "deliveries a processor second, steady",
            "deliveries",
            ",.0f",
            "at least 1.5 of (a), 0.35 of (g)",
            lambda plain, bare: plain >= 1.5 and bare >= 0.35,
        ),
        row("delivery p50, steady, ms", "p50", ".1f", ""),
        row("delivery p99, steady, ms", "p99", ".1f", "at most 1.0 of (a)", lambda plain, bare: plain <= 1.0),
        row("delivery p99, burst, ms", "burst_p99", ".1f", "at most 0.5 of (a)", lambda plain, bare: plain <= 0.5),
        row("poster's answer p50, ms", "answer", ".1f", "at most 1.0 of (a)", lambda plain, bare: plain <= 1.0),
        row("memory a reader, kB", "memory", ".1f", "at most 1.0 of (a)", lambda plain, bare: plain <= 1.0),
        "",
        f"Lost: {lost}, doubled: {doubled}, of {ROUNDS * READERS * (A_SECOND * STEADY_SECONDS + BURST):,} deliveries.",
        "",
        f"Largest rate kept up for {RATE_SECONDS} s to {READERS:,} readers with p99 under a second and nothing lost:",
        f"{own_rate} events a second, of (a) {rate}: {own_rate / max(rate, 1):.1f} x, goal at least 2:",
        f"{'met' if own_rate >= 2 * rate else 'missed'}. Found by doubling from 10 and two bisections, one run each.",
        "",
        "Where a goal is missed: every post is a whole request of Django (session, rights, journal, answer), which",
        "costs several times the processor time of a post of (a) and is counted with the deliveries; it bounds the",
        "answer and, more than the readers do, the largest rate. Of a delivery the larger part is the kernel's write",
        "to the socket.",
    ]


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in KINDS:
        KINDS[sys.argv[1]](int(sys.argv[2]))
    else:
        sys.stdout.write("\n".join(lines()) + "\n")
