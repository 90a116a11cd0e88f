"""The hub: what was kept goes to everybody who may see it, encoded once, in order, and nobody slow holds up the rest.

Lives in the event loop of the server and knows no database. Source: "Hub" in the design of the live layer. For a reader
that keeps up the hub writes itself; one that must wait gets a short queue, and what that cannot hold is dropped and
told with one `resync`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

# Frames kept: 500 events in two languages.
RING = 1000
TICK_SECONDS = 0.02
# The answer to who wrote leaves before the news goes round.
QUIET_SECONDS = 0.002
BEAT_SECONDS = 15.0
PRESENCE_SECONDS = 5.0
POLLER_SECONDS = 45.0
MOST_CHUNKS = 64
MOST_BYTES = 256 * 1024
RESYNC = b"event: resync\ndata: {}\n\n"
# An event, not a comment: a page must be able to notice that it hears nothing.
BEAT = b"event: beat\ndata: 1\n\n"
Streams = frozenset[str]
Direct = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as it travels: its place in the room, the stream it belongs to, and the bytes for the wire."""

    seq: int
    stream: str
    data: bytes


class Reader:
    """One connection. Chunks go straight out while it keeps up; else at most 64 of them and 256 kB wait.

    Args:
        streams: what it may see.
        counts: whether it is one of those present.
    """

    def __init__(self, streams: Streams, *, counts: bool = True) -> None:
        self.streams = streams
        self.counts = counts
        self.ended = False
        self._direct: Direct | None = None
        self._chunks: deque[bytes] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()

    def let_through(self, direct: Direct) -> None:
        """From now on write chunks with `direct`, which answers whether the next may go straight out as well."""
        self._direct = direct

    async def next_chunk(self) -> bytes:
        """Everything that waits, joined; waits for it when there is nothing. Nothing at all when it ended."""
        await self._filled.wait()
        self._filled.clear()
        chunk = b"".join(self._chunks)
        self._chunks.clear()
        self._bytes = 0
        return chunk

    @property
    def waits(self) -> bool:
        """Whether something waits to be written."""
        return bool(self._chunks)

    def put(self, chunk: bytes) -> None:
        """Add a chunk; when too much waits, throw it all away and ask the reader to fetch the state anew."""
        if self._direct is not None and not self._chunks:
            if not self._direct(chunk):
                self._direct = None
                self._filled.set()
            return
        if len(self._chunks) >= MOST_CHUNKS or self._bytes + len(chunk) > MOST_BYTES:
            self._chunks.clear()
            self._bytes = 0
            chunk = RESYNC
        self._chunks.append(chunk)
        self._bytes += len(chunk)
        self._filled.set()

    def end(self) -> None:
        """Let what waits go out, then close."""
        self.ended = True
        self._direct = None
        self._filled.set()


@dataclass(slots=True)
class _Room:
    """Readers of a room by what they may see, its newest frames, and those for the next tick."""

    ring: deque[Frame] = field(default_factory=lambda: deque(maxlen=RING))
    groups: dict[Streams, set[Reader]] = field(default_factory=dict)
    pending: list[Frame] = field(default_factory=list)
    pollers: dict[str, float] = field(default_factory=dict)
    told: int = 0
    tick: asyncio.TimerHandle | None = None
    beat: asyncio.TimerHandle | None = None
    last_seq: int = 0
    last_flush: float = 0.0


class Hub:
    """All rooms with readers in this process. Every method runs in the event loop, without an `await` in between."""

    def __init__(self) -> None:
        self._rooms: dict[int, _Room] = {}

    def join(
        self,
        room_id: int,
        streams: Streams,
        *,
        last_seq: int,
        since: int,
        missed: Sequence[Frame] | None = None,
        counts: bool = True,
    ) -> Reader:
        """A reader that misses nothing after `since`, or is told to fetch the state anew.

        Args:
            room_id: the room.
            streams: the streams it may see.
            last_seq: the newest event of the room in the journal, read by the caller before this call.
            since: the newest event that the reader has; more than there is means another journal.
            missed: its frames after `since` up to `last_seq`, in order, when the caller read them from the journal.
            counts: whether it is one of those present.
        """
        room = self._rooms.get(room_id)
        if room is None:
            room = self._rooms[room_id] = _Room(last_seq=last_seq)
            self._watch(room)
        self._flush(room)
        reader = Reader(streams, counts=counts)
        # What the journal has and the room has not been told yet comes with the next tick.
        known = [frame for frame in missed or () if frame.seq <= room.last_seq]
        reached = since if missed is None else min(last_seq, room.last_seq)
        if not _reaches_back(room, reached):
            reader.put(RESYNC)
        elif chunk := b"".join(frame.data for frame in known) + _joined(room.ring, streams, after=reached):
            reader.put(chunk)
        room.groups.setdefault(streams, set()).add(reader)
        return reader

    def reaches_back(self, room_id: int, since: int) -> bool:
        """Whether everything after `since` is still at hand, without asking the journal."""
        room = self._rooms.get(room_id)
        return room is not None and _reaches_back(room, since)

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
            for timer in (room.tick, room.beat):
                if timer is not None:
                    timer.cancel()
            del self._rooms[room_id]

    def close(self, room_id: int | None = None, *, streams: Streams | None = None) -> None:
        """End connections: of one room or all, of readers that see any of these streams or everybody."""
        rooms = list(self._rooms.values()) if room_id is None else [room for room in [self._rooms.get(room_id)] if room]
        for room in rooms:
            for seen, readers in list(room.groups.items()):
                if streams is None or seen & streams:
                    for reader in list(readers):
                        reader.end()

    def rooms(self) -> dict[int, int]:
        """The rooms with readers, each with the newest event that it was told."""
        return {room_id: room.last_seq for room_id, room in self._rooms.items()}

    def here(self, room_id: int, device: str) -> None:
        """Somebody without a stream says to be there."""
        room = self._rooms.get(room_id)
        if room is not None:
            room.pollers[device] = asyncio.get_running_loop().time()

    def present(self, room_id: int) -> int:
        """How many are there."""
        room = self._rooms.get(room_id)
        return 0 if room is None else _present(room, asyncio.get_running_loop().time())

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
            wait = max(QUIET_SECONDS, room.last_flush + TICK_SECONDS - loop.time())
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
        for streams in list(room.groups):
            _to_all(room.groups[streams], _joined(frames, streams, after=0))

    def _watch(self, room: _Room, passed: float = 0.0) -> None:
        """Now and then: say how many are there when that changed, and a sign of life to all."""
        now = asyncio.get_running_loop().time()
        room.pollers = {name: seen for name, seen in room.pollers.items() if now - seen < POLLER_SECONDS}
        count = _present(room, now)
        news = b"" if count == room.told else presence(count)
        room.told = count
        if passed >= BEAT_SECONDS:
            news, passed = news or BEAT, 0.0
        for readers in list(room.groups.values()):
            _to_all(readers, news)
        loop = asyncio.get_running_loop()
        room.beat = loop.call_later(PRESENCE_SECONDS, self._watch, room, passed + PRESENCE_SECONDS)


def presence(count: int) -> bytes:
    """How many are there, for the wire."""
    return b'event: presence\ndata: {"count":%d}\n\n' % count


def _to_all(readers: Iterable[Reader], chunk: bytes) -> None:
    if chunk:
        for reader in list(readers):
            reader.put(chunk)


def _present(room: _Room, now: float) -> int:
    streaming = sum(reader.counts for readers in room.groups.values() for reader in readers)
    return streaming + sum(now - seen < POLLER_SECONDS for seen in room.pollers.values())


def _reaches_back(room: _Room, since: int) -> bool:
    """Whether the ring holds everything after `since`."""
    if since > room.last_seq:
        return False
    oldest = room.ring[0].seq if room.ring else room.last_seq + 1
    if len(room.ring) == RING:
        # Of the oldest event a frame in the other language may have gone.
        oldest += 1
    return since >= oldest - 1


def _joined(frames: Iterable[Frame], streams: Streams, *, after: int) -> bytes:
    """The bytes of the frames that these streams hold."""
    return b"".join(frame.data for frame in frames if frame.seq > after and frame.stream in streams)
