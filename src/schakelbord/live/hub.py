"""The hub: what was kept goes to everybody who may see it, encoded once, in order, and nobody slow holds up the rest.

Lives in the event loop of the server and knows no database. Source: "Hub" in the design of the live layer. For a reader
that keeps up the hub writes itself; one that must wait gets a short queue, and what that cannot hold is dropped and
told with one `resync`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from schakelbord.live.presence import Presence

# Frames kept: 500 events in two languages.
RING = 1000
TICK_SECONDS = 0.02
# Of the time at most this part goes to writing: a large room gets its news in fewer, larger pieces when much happens.
WRITING_PART = 1 / 2
LONGEST_TICK_SECONDS = 0.2
# Readers written to before the loop takes something else, such as an answer to who wrote.
AT_A_TIME = 100
# The answer to who wrote leaves before the news goes round.
QUIET_SECONDS = 0.002
BEAT_SECONDS = 15.0
PRESENCE_SECONDS = 5.0
MOST_CHUNKS = 64
MOST_BYTES = 256 * 1024
RESYNC = b"event: resync\ndata: {}\n\n"
# An event, not a comment: a page must be able to notice that it hears nothing.
BEAT = b"event: beat\ndata: 1\n\n"
UNKNOWN: Final = -1
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
        device: what makes two connections of one browser one person; "" when it is not known.
    """

    def __init__(self, streams: Streams, *, counts: bool = True, device: str = "") -> None:
        self.streams = streams
        self.counts = counts
        self.device = device
        self.ended = False
        self._direct: Direct | None = None
        self._chunks: deque[bytes] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()

    def let_through(self, direct: Direct) -> None:
        """From now on write chunks with `direct`, which answers whether the next may go straight out as well."""
        self._direct = direct

    async def stirred(self) -> None:
        """Wait until something waits to be written, a chunk could not go straight out, or the reader ended."""
        await self._filled.wait()
        self._filled.clear()

    async def next_chunk(self) -> bytes:
        """Everything that waits, joined; waits for it when there is nothing. Nothing at all when it ended."""
        await self.stirred()
        return self.take()

    def take(self) -> bytes:
        """Everything that waits now, joined."""
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
        if self.ended:
            return
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
    """Readers of a room by what they may see, its newest frames, and those for the next tick.

    `last_seq` is the newest event that the room was told, `UNKNOWN` before the first reader or frame; `arriving` counts
    who is at the door, so that what comes meanwhile is kept for them. `writing` is what is left of the last tick, and
    `took` how many seconds went into writing it.
    """

    ring: deque[Frame] = field(default_factory=lambda: deque(maxlen=RING))
    groups: dict[Streams, set[Reader]] = field(default_factory=dict)
    pending: list[Frame] = field(default_factory=list)
    presence: Presence = field(default_factory=Presence)
    told: int = 0
    tick: asyncio.TimerHandle | None = None
    beat: asyncio.TimerHandle | None = None
    last_seq: int = UNKNOWN
    arriving: int = 0
    last_flush: float = 0.0
    writing: deque[tuple[Reader, bytes]] = field(default_factory=deque)
    took: float = 0.0


class Hub:
    """All rooms with readers in this process. Every method runs in the event loop, without an `await` in between."""

    def __init__(self) -> None:
        self._rooms: dict[int, _Room] = {}
        self._closings = 0
        self._is_over = False

    @property
    def closings(self) -> int:
        """How often connections were closed: who asked for rights before the last time must ask again."""
        return self._closings

    def ask_again(self) -> None:
        """Rights may have changed: who is at the door must ask for them anew."""
        self._closings += 1

    def arrive(self, room_id: int) -> None:
        """Somebody is at the door of a room: keep what comes from now on. Ends with `join` or `turn_away`."""
        room = self._rooms.get(room_id)
        if room is None:
            room = self._rooms[room_id] = _Room()
            self._watch(room)
        room.arriving += 1

    def turn_away(self, room_id: int) -> None:
        """Who was at the door does not come in."""
        room = self._rooms[room_id]
        room.arriving -= 1
        self._forget_when_empty(room_id, room)

    def join(
        self,
        room_id: int,
        streams: Streams,
        *,
        last_seq: int,
        since: int,
        missed: Sequence[Frame] | None = None,
        counts: bool = True,
        device: str = "",
    ) -> Reader:
        """A reader that misses nothing after `since`, or is told to fetch the state anew. It arrived before.

        Args:
            room_id: the room.
            streams: the streams it may see.
            last_seq: the newest event of the room in the journal, read after the reader arrived.
            since: the newest event that the reader has; more than there is means another journal.
            missed: its frames after `since` up to `last_seq`, in order, when the caller read them from the journal.
            counts: whether it is one of those present.
            device: as in `Reader`.
        """
        room = self._rooms[room_id]
        room.arriving -= 1
        if room.last_seq == UNKNOWN:
            room.last_seq = last_seq
        self._flush(room)
        reader = Reader(streams, counts=counts, device=device)
        # What the journal has and the room has not been told yet comes with the next tick.
        known = [frame for frame in missed or () if frame.seq <= room.last_seq]
        reached = since if missed is None else min(last_seq, room.last_seq)
        if not _reaches_back(room, reached):
            reader.put(RESYNC)
        elif chunk := b"".join(frame.data for frame in known) + _joined(room.ring, streams, after=reached):
            reader.put(chunk)
        room.groups.setdefault(streams, set()).add(reader)
        if self._is_over:
            reader.end()
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
        self._forget_when_empty(room_id, room)

    def close(self, room_id: int | None = None, *, streams: Streams | None = None) -> None:
        """End connections: of one room or all, of readers that see any of these streams or everybody."""
        self.ask_again()
        rooms = list(self._rooms.values()) if room_id is None else [room for room in [self._rooms.get(room_id)] if room]
        for room in rooms:
            for seen, readers in list(room.groups.items()):
                if streams is None or seen & streams:
                    for reader in list(readers):
                        reader.end()

    def end(self) -> None:
        """End all connections, and those that still come at once."""
        self._is_over = True
        self.close()

    def follows(self, room_id: int) -> bool:
        """Whether a room has readers, or somebody at the door. May be asked from any thread."""
        return room_id in self._rooms

    def rooms(self) -> dict[int, int]:
        """The rooms with readers, each with the newest event that it was told."""
        return {room_id: room.last_seq for room_id, room in self._rooms.items() if room.last_seq != UNKNOWN}

    def last_seq(self, room_id: int) -> int:
        """The newest event that a room was told; `UNKNOWN` when it has no readers yet."""
        room = self._rooms.get(room_id)
        return UNKNOWN if room is None else room.last_seq

    def here(self, room_id: int, device: str) -> None:
        """Somebody without a stream says to be there."""
        room = self._rooms.get(room_id)
        if room is not None:
            room.presence.here(device, _now())

    def elsewhere(self, room_id: int, worker: str, count: int) -> None:
        """Another worker says how many follow a room there."""
        room = self._rooms.get(room_id)
        if room is not None:
            room.presence.elsewhere(worker, count, _now())

    def present(self, room_id: int) -> int:
        """How many are there."""
        room = self._rooms.get(room_id)
        return 0 if room is None else room.presence.all(_devices(room), _now())

    def present_here(self) -> dict[int, int]:
        """How many are there at this worker, a room."""
        return {room_id: room.presence.own(_devices(room), _now()) for room_id, room in self._rooms.items()}

    def publish(self, room_id: int, frames: Iterable[Frame]) -> None:
        """Send frames to who follows the room: at once when it was quiet, else with the next tick."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        new = [frame for frame in frames if frame.seq > room.last_seq]
        if not new:
            return
        if room.last_seq not in {UNKNOWN, new[0].seq - 1}:
            self.tell_anew(room_id, last_seq=new[0].seq - 1)
        room.pending += new
        room.last_seq = new[-1].seq
        if room.tick is None:
            pace = min(max(TICK_SECONDS, room.took / WRITING_PART), LONGEST_TICK_SECONDS)
            wait = max(QUIET_SECONDS, room.last_flush + pace - _now())
            room.tick = asyncio.get_running_loop().call_later(wait, self._flush, room)

    def tell_anew(self, room_id: int, *, last_seq: int) -> None:
        """Events up to `last_seq` were lost on their way here: everybody in this room fetches the state."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        room.last_seq = max(room.last_seq, last_seq)
        self._write(room, len(room.writing))
        room.pending.clear()
        room.ring.clear()
        for readers in room.groups.values():
            _to_all(readers, RESYNC)

    def readers(self, room_id: int) -> int:
        """How many follow a room."""
        room = self._rooms.get(room_id)
        return 0 if room is None else sum(map(len, room.groups.values()))

    def _forget_when_empty(self, room_id: int, room: _Room) -> None:
        if room.groups or room.arriving:
            return
        for timer in (room.tick, room.beat):
            if timer is not None:
                timer.cancel()
        del self._rooms[room_id]

    def _flush(self, room: _Room) -> None:
        """Give what waits to every group, joined once a group."""
        if room.tick is not None:
            room.tick.cancel()
            room.tick = None
        if not room.pending:
            return
        self._write(room, len(room.writing))
        frames, room.pending = room.pending, []
        room.ring.extend(frames)
        room.last_flush = _now()
        room.took = 0.0
        for streams, readers in room.groups.items():
            if chunk := _joined(frames, streams, after=0):
                room.writing.extend((reader, chunk) for reader in readers)
        self._write_on(room)

    def _write_on(self, room: _Room) -> None:
        """Write to the next readers of this tick; between two pieces the loop does what else there is to do."""
        self._write(room, AT_A_TIME)
        if room.writing:
            asyncio.get_running_loop().call_soon(self._write_on, room)

    def _write(self, room: _Room, most: int) -> None:
        """Write to so many readers of this tick. What is older always goes out before what is newer."""
        begin = _now()
        for _ in range(min(most, len(room.writing))):
            reader, chunk = room.writing.popleft()
            reader.put(chunk)
        room.took += _now() - begin

    def _watch(self, room: _Room, passed: float = 0.0) -> None:
        """Now and then: say how many are there when that changed, and a sign of life to all."""
        self._write(room, len(room.writing))
        count = room.presence.all(_devices(room), _now())
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


def _devices(room: _Room) -> Iterator[str]:
    """The devices of all streams that count."""
    return (reader.device for readers in room.groups.values() for reader in readers if reader.counts)


def _now() -> float:
    """The time of the loop."""
    return asyncio.get_running_loop().time()


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
