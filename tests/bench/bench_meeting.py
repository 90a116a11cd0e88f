"""Measure a meeting of 300 phones: a storm of votes with cut connections, half an hour's writes with flat memory, and
the pages of a meeting in which 10,000 things were said. Beside a plain Django view that keeps a vote in a transaction
of its own, on the same kind of server, in the same run.

`python tests/bench/bench_meeting.py` writes its part of docs/benchmarks.md; `... baseline PORT` serves the baseline.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

PHONES = 300
TABLES = 40
SENT = 3
CUT = 0.02
WRITES_A_SECOND = 30
SOAK_SECONDS = int(os.environ.get("SCHAKELBORD_SOAK", "180"))
ROUNDS = 3
SAID = 10_000
MOST_QUERIES = 25
HEAD = "## Meeting"
DOC = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that takes part: its table and its cookies."""

    table: int
    cookies: str


@dataclass(frozen=True, slots=True)
class Hall:
    """A running server with everybody in it."""

    port: int
    pid: int
    data: Path
    meeting: int
    phones: list[Phone]


@dataclass(frozen=True, slots=True)
class Storm:
    """What a storm of votes gave; times in milliseconds."""

    a_second: float
    p50: float
    p99: float
    kept: int
    lost: int
    doubled: int


async def post(port: int, path: str, body: bytes, headers: str, *, cut: bool = False) -> float | None:
    """One command; how long its answer took in milliseconds, None when the connection was cut before the answer."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
    if cut:
        writer.transport.abort()
        return None
    answer = await reader.read()
    writer.close()
    status = answer.split(b" ", 2)[1] if b" " in answer else b""
    assert status == b"200", answer[:400]
    return (time.perf_counter() - began) * 1000


def command_headers(phone: Phone, key: str) -> str:
    """The headers of a command of a phone."""
    return (
        f"Content-Type: application/json\r\nIdempotency-Key: {key}\r\nX-CSRFToken: {'a' * 32}\r\n"
        f"Cookie: schakelbord_csrf={'a' * 32}; {phone.cookies}\r\n"
    )


async def storm(hall: Hall, statement: str, chance: random.Random) -> list[float]:
    """Everybody votes within two seconds, each vote sent three times, some connections cut; a cut one is sent again."""
    times: list[float] = []

    async def one(phone: Phone) -> None:
        key, value = secrets.token_hex(8), chance.choice([-1, 0, 1])
        body = json.dumps({"statement": statement, "value": value}).encode()
        await asyncio.sleep(chance.random() * 2)
        for _ in range(SENT):
            cut = chance.random() < CUT
            for once in (cut, False) if cut else (False,):
                path = f"/bijeenkomsten/{hall.meeting}/doe/vote"
                took = await post(hall.port, path, body, command_headers(phone, key), cut=once)
                if took is not None:
                    times.append(took)

    await asyncio.gather(*(one(phone) for phone in hall.phones))
    return times


async def soak(hall: Hall) -> tuple[list[float], list[float]]:
    """Thirty contributions a second; answers in milliseconds and the memory of the server in MB, every ten seconds."""
    times: list[float] = []
    memory: list[float] = []
    chance = random.Random(2)
    began = time.perf_counter()
    waiting: set[asyncio.Task[None]] = set()

    async def one() -> None:
        phone = chance.choice(hall.phones)
        body = {"table": phone.table, "text": f"Niemand neemt op {word(chance)}.", "kind": "experience"}
        path = f"/bijeenkomsten/{hall.meeting}/doe/say"
        headers = command_headers(phone, secrets.token_hex(8))
        took = await post(hall.port, path, json.dumps(body).encode(), headers)
        if took is not None:
            times.append(took)

    for number in range(SOAK_SECONDS * WRITES_A_SECOND):
        wait = began + number / WRITES_A_SECOND - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        if number % (10 * WRITES_A_SECOND) == 0:
            memory.append(memory_of(hall.pid))
        task = asyncio.create_task(one())
        waiting.add(task)
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    memory.append(memory_of(hall.pid))
    return times, memory


def word(chance: random.Random) -> str:
    """Letters that make texts differ; digits could be somebody's number, and would be refused."""
    return "".join(chance.choices("aeklmnorst", k=8))


def memory_of(pid: int) -> float:
    """Memory of a process in MB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def votes_kept(hall: Hall, statement: str) -> tuple[int, int]:
    """How many votes count, and how many tokens have more than one that counts."""
    with sqlite3.connect(hall.data / "schakelbord.sqlite3") as database:
        rows = database.execute(
            "SELECT token, COUNT(*) FROM tables_vote JOIN tables_statement ON tables_statement.id = statement_id "
            "WHERE key = ? AND NOT replaced GROUP BY token",
            [statement],
        ).fetchall()
    return len(rows), sum(count > 1 for _, count in rows)


def set_up(data: Path) -> None:
    """A meeting of 300 with devices, tables and statements, in a data folder of its own; prints what phones need."""
    os.environ["SCHAKELBORD_DATA"] = str(data)
    from schakelbord.site.environment import read_environment  # noqa: PLC0415 - the folder comes first
    from schakelbord.site.start import make_data_folder, set_up_django  # noqa: PLC0415

    environment = read_environment()
    make_data_folder(environment)
    set_up_django()
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.signing import get_cookie_signer  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    import meeting_world  # noqa: PLC0415
    from schakelbord.live.devices import COOKIE, SALT  # noqa: PLC0415

    meeting_world.A_TABLE = PHONES // TABLES + 1
    world = meeting_world.make_world(tables=TABLES)
    for number in range(ROUNDS):
        world.run("make-statement", statement=f"s{number}", text=f"Stelling {number}")
        world.run("open-statement", statement=f"s{number}")
    phones = []
    for place, one in enumerate(world.people[:PHONES]):
        signer = get_cookie_signer(salt=COOKIE + SALT)
        table = world.tables[place // meeting_world.A_TABLE].pk
        phones.append({"table": table, "cookies": f"{COOKIE}={signer.sign(world.devices[one.pk])}"})
    sys.stdout.write(json.dumps({"meeting": world.meeting.pk, "phones": phones}) + "\n")


@contextmanager
def ours() -> Iterator[Hall]:
    """Our server with the meeting in it."""
    from bench_delivery import free_port  # noqa: PLC0415 - beside this file

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        made = subprocess.run([sys.executable, __file__, "set-up", folder], check=True, capture_output=True, text=True)
        found = json.loads(made.stdout.splitlines()[-1])
        port = free_port()
        environment = {**os.environ, "SCHAKELBORD_DATA": folder}
        server = subprocess.Popen(
            [str(Path(sys.executable).with_name("schakelbord")), "serve", "--port", str(port)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            phones = [Phone(row["table"], row["cookies"]) for row in found["phones"]]
            yield Hall(port, server.pid, data, found["meeting"], phones)
        finally:
            server.terminate()
            server.wait(20)


def wait_for(port: int) -> None:
    """Wait until a server listens."""
    import socket  # noqa: PLC0415

    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


@contextmanager
def baseline() -> Iterator[int]:
    """A plain Django view on the same kind of server; gives its port."""
    from bench_delivery import free_port  # noqa: PLC0415

    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([sys.executable, __file__, "baseline", str(port), folder])
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(20)


def serve_baseline(port: int, folder: str) -> None:
    """One table, one view: a vote is one INSERT in a transaction of its own; the same key again is ignored."""
    import django  # noqa: PLC0415
    import uvicorn  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    options = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", "transaction_mode": "IMMEDIATE"}
    settings.configure(
        DEBUG=False,
        SECRET_KEY="baseline",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench_meeting",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": f"{folder}/baseline.sqlite3",
                "OPTIONS": {**options, "timeout": 20},
            }
        },
    )
    django.setup()
    from django.core.asgi import get_asgi_application  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE vote (statement TEXT, voter TEXT, value INTEGER, key TEXT UNIQUE)")
    sys.modules["bench_meeting"] = sys.modules["__main__"]
    uvicorn.run(get_asgi_application(), host="127.0.0.1", port=port, log_level="warning")


def vote(request: object) -> object:
    """The view of the baseline."""
    from django.db import connection, transaction  # noqa: PLC0415
    from django.http import HttpRequest, JsonResponse  # noqa: PLC0415

    assert isinstance(request, HttpRequest)
    asked = json.loads(request.body)
    with transaction.atomic(), connection.cursor() as cursor:
        row = [asked["statement"], request.headers["X-Voter"], asked["value"], request.headers["Idempotency-Key"]]
        cursor.execute("INSERT OR IGNORE INTO vote VALUES (%s, %s, %s, %s)", row)
    return JsonResponse({})


if "django" in sys.modules or (len(sys.argv) > 1 and sys.argv[1] == "baseline"):
    from django.urls import path as route

    urlpatterns = [route("vote", vote)]


async def plain_storm(port: int, statement: str, chance: random.Random) -> list[float]:
    """The same storm at the baseline."""
    times: list[float] = []

    async def one(number: int) -> None:
        key, body = secrets.token_hex(8), json.dumps({"statement": statement, "value": 1}).encode()
        await asyncio.sleep(chance.random() * 2)
        for _ in range(SENT):
            cut = chance.random() < CUT
            for once in (cut, False) if cut else (False,):
                headers = f"Content-Type: application/json\r\nIdempotency-Key: {key}\r\nX-Voter: {number}\r\n"
                took = await post(port, "/vote", body, headers, cut=once)
                if took is not None:
                    times.append(took)

    await asyncio.gather(*(one(number) for number in range(PHONES)))
    return times


def measured(work: object) -> tuple[float, float, float]:
    """Answers a second, and their median and p99 in milliseconds."""
    began = time.perf_counter()
    times = asyncio.run(work)  # type: ignore[arg-type]
    took = time.perf_counter() - began
    return len(times) / took, median(times), quantiles(times, n=100)[98]


def main() -> None:
    """Measure and write."""
    rows, kept, plain_rows = [], [], []
    with ours() as hall, baseline() as port:
        for number in range(ROUNDS):
            rows.append(measured(storm(hall, f"s{number}", random.Random(number))))
            kept.append(votes_kept(hall, f"s{number}"))
            plain_rows.append(measured(plain_storm(port, f"s{number}", random.Random(number))))
    with ours() as hall:
        times, memory = asyncio.run(soak(hall))
    queries = json.loads(
        subprocess.run(
            [sys.executable, __file__, "pages"], check=True, capture_output=True, text=True
        ).stdout.splitlines()[-1]
    )
    write([*storms(rows, plain_rows, kept), *long_run(times, memory), *few_queries(queries)])


def pages() -> None:
    """How many queries the pages of a meeting with 10,000 contributions take, and how long; prints JSON."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCHAKELBORD_DATA"] = folder
        from schakelbord.site.environment import read_environment  # noqa: PLC0415
        from schakelbord.site.start import make_data_folder, set_up_django  # noqa: PLC0415

        make_data_folder(read_environment())
        set_up_django()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        import meeting_world  # noqa: PLC0415
        from schakelbord.tables.models import Contribution  # noqa: PLC0415

        world = meeting_world.make_world(tables=5)
        item = world.rounds[0].__class__.objects.get(pk=world.rounds[0].pk)
        Contribution.objects.bulk_create(
            Contribution(
                table=world.tables[number % 5],
                item=item,
                key=f"k{number}",
                text=f"Niemand neemt op {number}.",
                kind="experience",
                mode="table_only",
                order=number,
                made_at=item.started_at,
            )
            for number in range(SAID)
        )
        client = Client(SERVER_NAME="localhost")
        client.post("/rollen", {"role": "secretary", "next": "/over"})
        found = {}
        for name, address in {
            "console": f"/bijeenkomsten/{world.meeting.pk}/regie",
            "host": f"/bijeenkomsten/{world.meeting.pk}/tafel/1",
            "table plan": f"/bijeenkomsten/{world.meeting.pk}/tafels",
            "big screen": f"/bijeenkomsten/{world.meeting.pk}/scherm",
        }.items():
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                began = time.perf_counter()
                answer = client.get(address)
                took = (time.perf_counter() - began) * 1000
            assert answer.status_code == 200, (address, answer.status_code)
            found[name] = [len(caught), round(took)]
        sys.stdout.write(json.dumps(found) + "\n")


def storms(
    rows: list[tuple[float, float, float]], plain: list[tuple[float, float, float]], kept: list[tuple[int, int]]
) -> list[str]:
    """The lines about the storms of votes."""
    ours_now = [median(row[place] for row in rows) for place in range(3)]
    theirs = [median(row[place] for row in plain) for place in range(3)]
    lost = sum(PHONES - count for count, _ in kept)
    doubled = sum(twice for _, twice in kept)
    return [
        f"{PHONES} phones vote within two seconds, each vote sent {SENT} times, {CUT:.0%} of the connections cut",
        "before the answer and sent again; commands are kept with FULL, with right, journal and idempotency. Beside",
        "a plain Django view that keeps a vote in a transaction of its own. Medians of",
        f"{ROUNDS} rounds, in turn; everything on one machine.",
        "",
        "| measure | Schakelbord | plain view | ratio |",
        "|---|---|---|---|",
        *(
            f"| {name} | {ours_now[place]:,.0f} | {theirs[place]:,.0f} | {ours_now[place] / theirs[place]:.2f} |"
            for place, name in enumerate(("answers a second", "answer p50, ms", "answer p99, ms"))
        ),
        "",
        f"Votes lost: {lost}, counted twice: {doubled}, of {PHONES * ROUNDS}.",
        "",
    ]


def long_run(times: list[float], memory: list[float]) -> list[str]:
    """The lines about writing for minutes."""
    third = memory[len(memory) // 3]
    p99 = quantiles(times, n=100)[98]
    return [
        f"{WRITES_A_SECOND} contributions a second for {SOAK_SECONDS} s, {len(times):,} kept:",
        f"answer p50 {median(times):.0f} ms, p99 {p99:.0f} ms; memory {memory[0]:.0f} MB at the start,",
        f"{third:.0f} MB after a third, {memory[-1]:.0f} MB at the end.",
        "",
    ]


def few_queries(queries: dict[str, list[int]]) -> list[str]:
    """The lines about the pages."""
    told = ", ".join(f"{name} {count} queries, {took:,} ms" for name, (count, took) in queries.items())
    return [f"Pages of a meeting with {SAID:,} contributions (at most {MOST_QUERIES} queries asked): {told}.", ""]


def write(lines: list[str]) -> None:
    """Put the figures in docs/benchmarks.md."""
    text = DOC.read_text(encoding="utf-8")
    before, _, after = text.partition(HEAD + "\n")
    rest = after.partition("\n## ")
    repeats = f"`SCHAKELBORD_SOAK={SOAK_SECONDS} make bench-meeting` repeats this."
    kept = [before.rstrip(), "", HEAD, "", repeats, "", *lines]
    if rest[1]:
        kept.append(f"## {rest[2].rstrip()}\n")
    DOC.write_text("\n".join(kept), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["set-up"]:
        set_up(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["baseline"]:
        serve_baseline(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:2] == ["pages"]:
        pages()
    else:
        main()
