"""The publisher: what was committed becomes frames, in order, and goes to the hub. One thread a process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from django.db import connection

from schakelbord.live.follow import Follower, listening
from schakelbord.live.frames import Html, Language, RoomsOf, frames_of
from schakelbord.live.hub import Frame, Hub, Streams
from schakelbord.live.models import Event

POLL_SECONDS = 2.0
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
            Follower(self.wake).start()

    def committed(self, events: Sequence[Event]) -> None:
        """Take a batch of events that were kept; returns at once."""
        if self._loop is not None:
            self._queue.put(None if listening() else events)

    def wake(self) -> None:
        """Something new may be in the journal."""
        self._queue.put(None)

    def close_readers(self, room_id: int, *, streams: Streams | None = None) -> None:
        """End connections to a room, of all or of those that see any of these streams; rights are asked anew."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(lambda: self.hub.close(room_id, streams=streams))

    def _run(self) -> None:
        while True:
            try:
                batch: Batch = self._queue.get(timeout=POLL_SECONDS if listening() else None)
            except Empty:
                batch = None
            try:
                self._publish(self._new_events() if batch is None else batch)
            except Exception:
                log.exception("a room was not told")
                connection.close()

    def _publish(self, events: Sequence[Event]) -> None:
        by_room: dict[int, list[Frame]] = {}
        followed = self._followed()
        for event in events:
            if event.room_id in followed:
                by_room.setdefault(event.room_id, []).extend(frames_of(event, self._html))
        if self._loop is not None:
            for room_id, frames in by_room.items():
                self._loop.call_soon_threadsafe(self.hub.publish, room_id, frames)

    def _html(self, event: Event, language: Language) -> Html:
        for rooms in self._rooms:
            try:
                if found := rooms.render(event, language):
                    return found
            except Exception:
                log.exception("a fragment could not be made; pages fetch it themselves")
        return {}

    def _followed(self) -> dict[int, int]:
        """Rooms with readers, each with the newest event that it was told; read in the loop's own thread."""
        if self._loop is None:
            return {}
        return asyncio.run_coroutine_threadsafe(self._rooms_now(), self._loop).result(timeout=10)

    async def _rooms_now(self) -> dict[int, int]:
        return self.hub.rooms()

    def _new_events(self) -> list[Event]:
        """What other workers and this one wrote since the rooms were told; each event is read once."""
        found: list[Event] = []
        for room_id, told in self._followed().items():
            found += Event.objects.filter(room_id=room_id, seq__gt=told).order_by("seq")
        return found
