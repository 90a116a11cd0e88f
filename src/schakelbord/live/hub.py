"""The hub: what was kept goes to everybody who may see it, encoded once, in order, and nobody slow holds up the rest.

Lives in the event loop of the server and knows no database. Source: "Hub" in the design of the live layer. A reader
pulls joined chunks from its own short queue; what it cannot hold is dropped and told with one `resync`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

RING = 500
TICK_SECONDS = 0.02
MOST_CHUNKS = 64
MOST_BYTES = 256 * 1024
RESYNC = b"event: resync\ndata: {}\n\n"
Streams = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as it travels: its place in the room, its audience, and the bytes for the wire."""

    seq: int
    audience: str
    data: bytes


class Reader:
    """One connection: a queue of at most 64 chunks and 256 kB. An overflow leaves one `resync` and what follows it."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams
        self._chunks: deque[bytes] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()

    async def next_chunk(self) -> bytes:
        """Everything that waits, joined; waits for it when there is nothing."""
        await self._filled.wait()
        self._filled.clear()
        chunk = b"".join(self._chunks)
        self._chunks.clear()
        self._bytes = 0
        return chunk

    def put(self, chunk: bytes) -> None:
        """Add a chunk; when too much waits, throw it all away and ask the reader to fetch the state anew."""
        if len(self._chunks) >= MOST_CHUNKS or self._bytes + len(chunk) > MOST_BYTES:
            self._chunks.clear()
            self._bytes = 0
            chunk = RESYNC
        self._chunks.append(chunk)
        self._bytes += len(chunk)
        self._filled.set()


@dataclass(slots=True)
class _Room:
    """Readers of a room by what they may see, its newest frames, and those for the next tick."""

    ring: deque[Frame] = field(default_factory=lambda: deque(maxlen=RING))
    groups: dict[Streams, set[Reader]] = field(default_factory=dict)
    pending: list[Frame] = field(default_factory=list)
    tick: asyncio.TimerHandle | None = None
    last_seq: int = 0
    last_flush: float = 0.0


class Hub:
    """All rooms with readers in this process. Every method runs in the event loop, without an `await` in between."""

    def __init__(self) -> None:
        self._rooms: dict[int, _Room] = {}

    def join(self, room_id: int, streams: Streams, *, last_seq: int, since: int) -> Reader:
        """A reader that misses nothing after `since`, or is told to fetch the state anew.

        Args:
            room_id: the room.
            streams: the audiences it may see.
            last_seq: the newest event of the room in the journal, read by the caller before this call.
            since: the newest event that the reader has; more than there is means another journal.
        """
        room = self._rooms.get(room_id)
        if room is None:
            room = self._rooms[room_id] = _Room(last_seq=last_seq)
        self._flush(room)
        reader = Reader(streams)
        if not _reaches_back(room, since):
            reader.put(RESYNC)
        elif missed := _joined(room.ring, streams, after=since):
            reader.put(missed)
        room.groups.setdefault(streams, set()).add(reader)
        return reader

    def leave(self, room_id: int, reader: Reader) -> None:
        """Forget a reader, and the room when it was the last."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        group = room.groups.get(reader.streams, set())
        group.discard(reader)
        if not group:
            room.groups.pop(reader.streams, None)
        if not room.groups:
            if room.tick is not None:
                room.tick.cancel()
            del self._rooms[room_id]

    def publish(self, room_id: int, frames: Iterable[Frame]) -> None:
        """Send frames to who follows the room: at once when it was quiet, else with the next tick."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        new = [frame for frame in frames if frame.seq > room.last_seq]
        if not new:
            return
        room.pending += new
        room.last_seq = new[-1].seq
        if room.tick is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, room.last_flush + TICK_SECONDS - loop.time())
            room.tick = loop.call_later(wait, self._flush, room)

    def readers(self, room_id: int) -> int:
        """How many follow a room."""
        room = self._rooms.get(room_id)
        return 0 if room is None else sum(map(len, room.groups.values()))

    def _flush(self, room: _Room) -> None:
        """Give what waits to every group, joined once a group."""
        if room.tick is not None:
            room.tick.cancel()
            room.tick = None
        if not room.pending:
            return
        frames, room.pending = room.pending, []
        room.ring.extend(frames)
        room.last_flush = asyncio.get_running_loop().time()
        for streams, readers in room.groups.items():
            chunk = _joined(frames, streams, after=0)
            if chunk:
                for reader in readers:
                    reader.put(chunk)


def _reaches_back(room: _Room, since: int) -> bool:
    """Whether the ring holds everything after `since`."""
    if since > room.last_seq:
        return False
    oldest = room.ring[0].seq if room.ring else room.last_seq + 1
    return since >= oldest - 1


def _joined(frames: Iterable[Frame], streams: Streams, *, after: int) -> bytes:
    """The bytes of the frames that these streams hold."""
    return b"".join(frame.data for frame in frames if frame.seq > after and frame.audience in streams)
