"""The publisher: what was committed becomes frames, in order, and goes to the hub. One thread a process."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from django.db import connection, transaction

from schakelbord.live.follow import Follower, listening, notify
from schakelbord.live.frames import Html, Language, RoomsOf, frames_of
from schakelbord.live.hub import PRESENCE_SECONDS, Frame, Hub, Streams
from schakelbord.live.models import Event, Room

POLL_SECONDS = 2.0
# Also when nothing changed: a worker that was killed is forgotten.
PRESENT_AGAIN_SECONDS = 15.0
log = logging.getLogger(__name__)
Batch = Sequence[Event] | None


class Publisher:
    """Stands between the writer's thread and the hub's event loop.

    With SQLite this process is the only one, so its own commits are all there is. With PostgreSQL other workers write
    as well: every worker reads what is new after a notification, its own events too, and at least every two seconds.
    """

    def __init__(self) -> None:
        self.hub = Hub()
        self._rooms: Sequence[RoomsOf] = ()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: SimpleQueue[Batch] = SimpleQueue()
        self._thread: Thread | None = None
        self._lock = Lock()
        self._worker = secrets.token_hex(8)
        self._present_told: dict[int, tuple[int, float]] = {}
        self._present_at = 0.0
        self._was_listening = False

    def serve(self, rooms: Sequence[RoomsOf]) -> None:
        """Say how rooms are shown, before the first reader."""
        self._rooms = rooms

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Send to readers in this loop from now on."""
        if self._loop is loop:
            return
        with self._lock:
            self._loop = loop
            if self._thread is None:
                self._thread = Thread(target=self._run, name="publisher", daemon=True)
                self._thread.start()
        if listening():
            Follower(self._hear, self._deaf).start()

    def committed(self, events: Sequence[Event]) -> None:
        """Take a batch of events that were kept; returns at once."""
        if self._loop is not None:
            self._queue.put(None if listening() else events)

    def wake(self) -> None:
        """Something new of another worker may be in the journal."""
        if listening():
            self._queue.put(None)

    def close_readers(self, room_id: int, *, streams: Streams | None = None) -> None:
        """End connections to a room, of all or of those that see any of these streams; rights are asked anew.

        Happens after the commit of the transaction at hand, at every worker.
        """

        def close() -> None:
            self._in_loop(partial(self.hub.close, room_id, streams=streams))
            notify(f"close {self._worker} {room_id} {' '.join(sorted(streams or ()))}".strip())

        transaction.on_commit(close)

    def _in_loop(self, act: Callable[[], None]) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(act)

    def _hear(self, told: str) -> None:
        """What another worker, or this one, told."""
        if not told:
            self.wake()
            return
        what, worker, room, *more = told.split()
        if worker == self._worker:
            return
        if what == "close":
            self._in_loop(partial(self.hub.close, int(room), streams=frozenset(more) if more else None))
        elif what == "here":
            self._in_loop(partial(self.hub.elsewhere, int(room), worker, int(more[0])))

    def _deaf(self) -> None:
        """Rights may have changed without us hearing of it, and there may be news."""
        # The first time nobody is in yet, at most at the door.
        self._in_loop(self.hub.close if self._was_listening else self.hub.ask_again)
        self._was_listening = True
        self.wake()

    def _run(self) -> None:
        while True:
            batch = self._next()
            try:
                self._publish(self._new_events() if batch is None else batch)
                if listening():
                    self._tell_presence()
            except Exception:
                log.exception("a room was not told")
                self._tell_anew(batch or ())
                connection.close()

    def _next(self) -> Batch:
        """The next batch; None when the journal must be looked at. Many reasons to look are one."""
        if not listening():
            return self._queue.get()
        try:
            self._queue.get(timeout=POLL_SECONDS)
            while not self._queue.empty():
                self._queue.get_nowait()
        except Empty:
            pass
        return None

    def _publish(self, events: Sequence[Event]) -> None:
        by_room: dict[int, list[Frame]] = {}
        for event in events:
            if self.hub.follows(event.room_id):
                by_room.setdefault(event.room_id, []).extend(frames_of(event, self._html))
        for room_id, frames in by_room.items():
            self._in_loop(partial(self.hub.publish, room_id, frames))

    def _tell_anew(self, events: Sequence[Event]) -> None:
        """These could not be told; everybody who follows their rooms fetches the state."""
        newest = {event.room_id: event.seq for event in events}
        for room_id, seq in newest.items():
            self._in_loop(partial(self.hub.tell_anew, room_id, last_seq=seq))

    def _html(self, event: Event, language: Language) -> Html:
        for rooms in self._rooms:
            try:
                if found := rooms.render(event, language):
                    return found
            except Exception:
                log.exception("a fragment could not be made; pages fetch it themselves")
        return {}

    def _followed(self) -> tuple[dict[int, int], dict[int, int]]:
        """Rooms with readers: the newest event that each was told, and how many are there; read in the loop."""
        if self._loop is None:
            return {}, {}
        return asyncio.run_coroutine_threadsafe(self._rooms_now(), self._loop).result(timeout=10)

    async def _rooms_now(self) -> tuple[dict[int, int], dict[int, int]]:
        return self.hub.rooms(), self.hub.present_here()

    def _new_events(self) -> list[Event]:
        """What other workers and this one wrote since the rooms were told; each event is read once."""
        told, _ = self._followed()
        found: list[Event] = []
        for room_id, last_seq in Room.objects.filter(pk__in=told).values_list("pk", "last_seq"):
            if last_seq > told[room_id]:
                found += Event.objects.filter(room_id=room_id, seq__gt=told[room_id]).order_by("seq")
        return found

    def _tell_presence(self) -> None:
        """Tell the other workers how many follow each room here, when that changed and now and then."""
        now = time.monotonic()
        if now - self._present_at < PRESENCE_SECONDS:
            return
        self._present_at = now
        _, counts = self._followed()
        for room_id in counts.keys() | self._present_told.keys():
            count = counts.get(room_id, 0)
            before, at = self._present_told.get(room_id, (0, now))
            if count != before or (count and now - at > PRESENT_AGAIN_SECONDS):
                notify(f"here {self._worker} {room_id} {count}")
                self._present_told[room_id] = (count, now)
        self._present_told = {room_id: told for room_id, told in self._present_told.items() if told[0]}
