"""Measure what a thousand readers notice of phones that sleep and of a server that is killed."""

from __future__ import annotations

import asyncio
import random
import resource
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles

from bench_delivery import READERS, Reader, Target, connect, delays, steadily

sys.path.insert(0, str(Path(__file__).parents[1] / "live"))

import httpless
from plain_reader import PlainReader
from serving import Server, serving

ROUNDS = 3
ASLEEP = READERS // 5
EVENTS_A_SECOND, SECONDS = 5, 20
EIGHT_KB = "x" * 8000
WRITERS = 4


class Sleeper(Reader):
    """A phone that stops reading when it has the beginning; awake, it counts notes and resyncs."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._is_asleep = False
        self.notes = self.resyncs = 0
        self._tail = b""

    def data_received(self, data: bytes) -> None:
        """Fall asleep, or count."""
        if not self._is_asleep:
            self._is_asleep = True
            self._transport.pause_reading()
        for what in (b"event: frame", b"event: resync"):
            found = (self._tail[-len(what) + 1 :] + data).count(what)
            if what == b"event: frame":
                self.notes += found
            else:
                self.resyncs += found
        self._tail = data[-20:]

    def wake(self) -> None:
        """Read on."""
        self._transport.resume_reading()


def target_of(server: Server, room: int) -> Target:
    """The stream of a room of notes of 8 kB."""
    assert server.process is not None
    stream, note = f"/live/{room}/stroom", f"/proef/{room}/noteer"
    return Target(server.port, server.process.pid, stream, note, "Cookie: proef=reader\r\n", EIGHT_KB)


async def with_sleepers(server: Server, asleep: int) -> tuple[float, float, int]:
    """One run: p99 of who is awake in ms, growth of the server in MB, and sleepers that were left without either.

    Those awake are as many with sleepers as without.
    """
    target = target_of(server, server.new_room())
    got: dict[bytes, list[float]] = {}
    sent: dict[bytes, float] = {}
    loop = asyncio.get_running_loop()
    awake = await connect(target, READERS - ASLEEP, got)
    sleepers: list[Sleeper] = []
    for _ in range(asleep):
        _, sleeper = await loop.create_connection(
            lambda: Sleeper({}, target.stream, target.headers), "127.0.0.1", target.port
        )
        sleepers.append(sleeper)
    await asyncio.sleep(2)
    before = server.memory()
    await steadily(target, EVENTS_A_SECOND, SECONDS, sent, [])
    await asyncio.sleep(1)
    grown = (server.memory() - before) / 1e6
    for sleeper in sleepers:
        sleeper.wake()
    await asyncio.sleep(3)
    wrong = sum(not (sleeper.notes == len(sent) or sleeper.resyncs) for sleeper in sleepers)
    wrong += sum(len(got.get(key, [])) != len(awake) for key in sent)
    p99 = quantiles(delays(sent, got, sent), n=100)[98]
    for one in (*awake, *sleepers):
        one.close()
    await asyncio.sleep(2)
    return p99, grown, wrong


class Phone(PlainReader):
    """Comes back when the stream told it to, as a browser does."""

    told = 2.0

    async def _take(self, message: bytes) -> None:
        if message.startswith(b"retry: "):
            self.told = int(message[7:]) / 1000
        await super()._take(message)

    async def _follow(self) -> None:
        while True:
            with suppress(OSError, EOFError, ValueError):
                await self._once()
            self.is_up.clear()
            await asyncio.sleep(self.told)


async def killed(server: Server) -> tuple[float, float, int, int]:
    """One kill under writers: seconds from the kill, and from the first answer after it, until all readers are right;
    acknowledged events that some reader lacks; events that some reader got twice."""
    room = server.new_room()
    readers = [Phone(server.port, room, f"reader{number}") for number in range(READERS)]
    for place in range(0, READERS, 50):
        for reader in readers[place : place + 50]:
            reader.begin()
        await asyncio.gather(*(reader.is_up.wait() for reader in readers[place : place + 50]))
    acknowledged: set[int] = set()
    enough = asyncio.Event()

    async def write(name: str) -> None:
        number = 0
        while not enough.is_set():
            number += 1
            key = f"{name}-{number:06}"
            acknowledged.add(await httpless.note_for_sure(server.port, room, key, name=name, key=key))
            await asyncio.sleep(0.4)

    writing = [asyncio.ensure_future(write(f"writer{number}")) for number in range(WRITERS)]
    await asyncio.sleep(2 + random.random())
    died = time.monotonic()
    server.kill()
    newest = max(acknowledged)
    await asyncio.to_thread(server.start)
    back = time.monotonic()
    await asyncio.gather(*(reader.is_up.wait() for reader in readers))
    await asyncio.gather(*(reader.reaches(newest, within=30) for reader in readers))
    right = time.monotonic()
    enough.set()
    await asyncio.gather(*writing)
    await asyncio.gather(*(reader.reaches(max(acknowledged), within=30) for reader in readers))
    state = httpless.ask(server.port, "GET", f"/proef/{room}/stand", name="reader0").json()["notes"]
    lost = sum(len(acknowledged - set(reader.notes)) for reader in readers)
    lost += sum(reader.notes != state for reader in readers)
    doubled = sum(reader.doubled for reader in readers) + len(state) - len(set(state))
    await asyncio.gather(*(reader.end() for reader in readers))
    return right - died, right - back, lost, doubled


def lines() -> list[str]:
    """The lines of the section; medians."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    slept, alone = [], []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as server:
        for _ in range(ROUNDS):
            alone.append(asyncio.run(with_sleepers(server, 0)))
            slept.append(asyncio.run(with_sleepers(server, ASLEEP)))
        kills = [asyncio.run(killed(server)) for _ in range(ROUNDS)]
    with_, without = (median(row[0] for row in rows) for rows in (slept, alone))
    grown, grown_alone = (median(row[1] for row in rows) for rows in (slept, alone))
    wrong = sum(row[2] for row in slept + alone)
    after, back = (median(row[place] for row in kills) for place in (0, 1))
    lost, doubled = (sum(row[place] for row in kills) for place in (2, 3))
    return [
        f"A fifth asleep: {READERS - ASLEEP} readers with and without {ASLEEP} more that do not read,",
        f"{EVENTS_A_SECOND} events of 8 kB a second for {SECONDS} s, medians of {ROUNDS} runs. p99 of those awake:",
        f"{with_:.0f} ms with sleepers, {without:.0f} ms without, {with_ / without:.2f} x; goal at most 1.5:",
        f"{'met' if with_ <= 1.5 * without else 'missed'}. The server grew by {grown:.0f} MB with them, by",
        f"{grown_alone:.0f} MB without. Deliveries that those awake lacked, and sleepers that got neither",
        f"everything nor a `resync`: {wrong}.",
        "",
        f"`kill -9` under {READERS:,} readers and {WRITERS} writers, started again at once; readers come back after",
        f"the 1 to 4 s that the stream told them. Medians of {ROUNDS}: all right {after:.1f} s after the kill,",
        f"{back:.1f} s after the server answered again (worst {max(row[1] for row in kills):.1f} s).",
        f"Lost: {lost}, doubled: {doubled}. The goal asks 20 kills; these are {ROUNDS}.",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
