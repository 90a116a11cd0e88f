"""Plain clients on real sockets before the real server: everybody gets everything once, in order, in time."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys

import httpless
import pytest
from loops import all_in, all_out, in_a_loop, until
from plain_reader import PlainReader
from serving import Server

pytestmark = pytest.mark.slow
EIGHT_KB = "x" * 8000


async def write_steadily(server: Server, room: int, rate: float, *, while_: asyncio.Event) -> list[int]:
    """Note after note until told to stop; gives the places that were acknowledged."""
    places = []
    while not while_.is_set():
        key = f"steady-{len(places)}"
        places.append(await httpless.note_for_sure(server.port, room, key, name="writer", key=key))
        await asyncio.sleep(1 / rate)
    return places


def everything(readers: list[PlainReader], last: int) -> list[str]:
    """What is wrong with who should know of everything once."""
    return [
        f"{reader.name}: {len(reader.notes)} notes, {reader.doubled} doubled"
        for reader in readers
        if reader.notes != list(range(1, last + 1)) or reader.doubled
    ]


def test_everybody_gets_a_steady_stream_and_a_burst_once_and_in_order(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 200)
        for number in range(15):
            assert (await httpless.note_soon(server.port, room, f"steady {number}")).status == 200
            await asyncio.sleep(0.05)
        burst = [httpless.note_soon(server.port, room, f"burst {number}") for number in range(100)]
        assert {answer.status for answer in await asyncio.gather(*burst)} == {200}
        await asyncio.gather(*(reader.reaches(115) for reader in readers))
        assert everything(readers, 115) == []
        assert not any(reader.resyncs for reader in readers)
        delays = sorted(delay for reader in readers for delay in reader.delays)
        assert delays[len(delays) * 99 // 100] < 2.0
        await until(lambda: readers[0].present == 200)
        await all_out(readers)

    in_a_loop(scene)


def test_readers_who_are_cut_off_all_the_time_lose_and_double_nothing(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 150)
        enough = asyncio.Event()
        writing = asyncio.ensure_future(write_steadily(server, room, 25, while_=enough))
        for round_ in range(8):
            await asyncio.sleep(0.5)
            for reader in readers if round_ % 4 == 3 else random.sample(readers, 30):
                reader.cut()
        enough.set()
        last = (await writing)[-1]
        await asyncio.gather(*(reader.reaches(last) for reader in readers))
        assert everything(readers, last) == []
        assert sum(reader.connected for reader in readers) > 400
        await all_out(readers)

    in_a_loop(scene)


def test_killed_again_and_again_nothing_acknowledged_is_lost_and_every_screen_is_right_soon(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 40, pause=0.2)
        acknowledged: dict[str, int] = {}
        enough = asyncio.Event()

        async def write(name: str) -> None:
            number = 0
            while not enough.is_set():
                number += 1
                key = f"{name}-{number:06}"
                place = await httpless.note_for_sure(server.port, room, key, name=name, key=key)
                assert acknowledged.setdefault(key, place) == place
                again = await httpless.note_for_sure(server.port, room, key, name=name, key=key)
                assert again == place

        writing = [asyncio.ensure_future(write(f"writer{number}")) for number in range(6)]
        for _ in range(4):
            await asyncio.sleep(0.6 + random.random() / 2)
            server.kill()
            newest = max(acknowledged.values(), default=0)
            await asyncio.to_thread(server.start)
            # How soon is measured in the benchmarks; a busy machine may take its time here.
            await asyncio.gather(*(reader.reaches(newest, within=15) for reader in readers))
        enough.set()
        await asyncio.gather(*writing)
        newest = max(acknowledged.values())
        await asyncio.gather(*(reader.reaches(newest) for reader in readers))
        state = httpless.ask(server.port, "GET", f"/proef/{room}/stand", name="reader0").json()
        assert len(set(acknowledged.values())) == len(acknowledged) > 30
        assert set(acknowledged.values()) <= set(state["notes"])
        assert all(reader.notes == state["notes"] for reader in readers)
        await all_out(readers)

    in_a_loop(scene)
    checked = subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", "journal", "verify"],
        env={**os.environ, "SCHAKELBORD_DATA": str(server.data)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "heel" in checked.stdout


class Sleeper:
    """A phone that sleeps on an open connection: reads the beginning, and then nothing for a long time."""

    def __init__(self, port: int, room: int, name: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", port))
        path = f"/live/{room}/stroom?na={room}:0"
        self.socket.sendall(httpless.head("GET", path, cookies={"proef": name}, headers={}))
        self.raw = b""
        while b"event: hello" not in self.raw:
            self.raw += self.socket.recv(1024)

    def wakes(self, last: int) -> tuple[int, int]:
        """Read on until it heard of the last note; gives how many notes and how many resyncs it got."""
        self.socket.settimeout(10)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_000_000)
        while b'"seq":%d,' % last not in self.raw[-70_000:]:
            piece = self.socket.recv(65536)
            assert piece, self.raw[-200:]
            self.raw += piece
        self.socket.close()
        return self.raw.count(b"event: frame"), self.raw.count(b"event: resync")


def test_who_sleeps_gets_everything_or_a_resync_and_harms_nobody(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 40)
        sleepers = [Sleeper(server.port, room, f"reader{number}") for number in range(40, 50)]

        async def told(numbers: range) -> None:
            for number in numbers:
                assert (await httpless.note_soon(server.port, room, f"{number} {EIGHT_KB}")).status == 200
            await asyncio.gather(*(reader.reaches(numbers.stop) for reader in readers))

        # The threads of the server are there and the sleepers' queues are full before we look.
        await told(range(150))
        before = server.memory()
        await told(range(150, 450))
        assert everything(readers, 450) == []
        assert not any(reader.resyncs for reader in readers)
        # The ring holds the notes in two languages; kept for the sleepers as well they would take 25 MB more.
        assert server.memory() - before < 2 * 300 * 8_500 + 12_000_000
        httpless.note(server.port, room, "wake up")
        woken = await asyncio.gather(*(asyncio.to_thread(sleeper.wakes, 451) for sleeper in sleepers))
        for notes, resyncs in woken:
            assert (notes, resyncs) == (451, 0) or (notes < 451 and resyncs >= 1)
        await all_out(readers)

    in_a_loop(scene)


def test_stopping_takes_a_moment_also_with_who_sleeps_and_who_reads(server: Server) -> None:
    async def scene() -> None:
        room = server.new_room()
        readers = await all_in(server.port, room, 20)
        sleepers = [Sleeper(server.port, room, f"reader{number}") for number in range(20, 25)]
        for number in range(80):
            assert (await httpless.note_soon(server.port, room, f"{number} {EIGHT_KB}")).status == 200
        # Uvicorn would wait half a minute for who does not read.
        assert await asyncio.to_thread(server.stop) < 10
        await asyncio.to_thread(server.start)
        await asyncio.gather(*(reader.is_up.wait() for reader in readers))
        await asyncio.gather(*(reader.reaches(80) for reader in readers))
        assert everything(readers, 80) == []
        for sleeper in sleepers:
            sleeper.socket.close()
        await all_out(readers)

    in_a_loop(scene)
