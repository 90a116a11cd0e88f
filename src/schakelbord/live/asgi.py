"""The stream of a room: a small ASGI application in front of Django.

Source: "Stream" and "Hub" in the design of the live layer. When a reader connects, a thread asks who it is and which
streams it may see; after that a connection holds no request, no user and no database connection.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from random import SystemRandom
from typing import Any, Final

from schakelbord.live.entry import Entry, entry_of
from schakelbord.live.frames import RoomsOf, content_of, message
from schakelbord.live.hub import UNKNOWN, Reader, presence
from schakelbord.live.publisher import Publisher
from schakelbord.live.wire import wire_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Coroutine[Any, Any, None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

log = logging.getLogger(__name__)
ADDRESS: Final = re.compile(r"/live/([1-9][0-9]{0,17})/(stroom|sinds/([0-9]{1,18})|hier)")
DOORS: Final = 4
MOST_ASKED = 3
# How long a reader waits at the door while the room is told what the journal has already.
CATCH_UP_SECONDS, LOOK_SECONDS = 0.25, 0.005
# Before everything that there is: the state must be fetched.
NOWHERE: Final = -1
RETRY_FROM, RETRY_TO = 1000, 2500
ALWAYS: Final = ((b"cache-control", b"no-cache, no-transform"), (b"x-content-type-options", b"nosniff"))
STREAM: Final = (
    *ALWAYS,
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
JSON: Final = (*ALWAYS, (b"content-type", b"application/json"), (b"vary", b"Cookie"))


class LiveApplication:
    """Answers the addresses under `/live/`; all others go on to `django`.

    Args:
        django: the application behind this one.
        rooms: how each app with rooms admits readers and shows events.
        publisher: where events come from.
    """

    def __init__(self, django: Application, *, rooms: tuple[RoomsOf, ...], publisher: Publisher) -> None:
        self._django = django
        self._rooms = rooms
        self._publisher = publisher
        self._doors = ThreadPoolExecutor(DOORS, thread_name_prefix="live-door")
        self._random = SystemRandom()
        publisher.serve(rooms)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        found = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._django(scope, receive, send)
            return
        self._publisher.attach(asyncio.get_running_loop())
        room_id, what = int(found[1]), found[2]
        if what == "stroom":
            await self._stream(scope, receive, send, room_id)
        elif what == "hier":
            await self._here(scope, send, room_id)
        else:
            await self._since(scope, send, room_id, int(found[3]))

    async def _enter(self, scope: Scope, room_id: int, since: int | None, *, always_read: bool = False) -> Entry:
        """Who this is and what was missed, asked in a thread."""
        at_hand = not always_read and since is not None and self._publisher.hub.reaches_back(room_id, since)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._doors, lambda: entry_of(scope, room_id, self._rooms, since=since, at_hand=at_hand)
        )

    async def _stream(self, scope: Scope, receive: Receive, send: Send, room_id: int) -> None:
        if scope["method"] != "GET":
            await _short(send, 405, "method")
            return
        hub = self._publisher.hub
        entry, reader = await self._arrive(scope, room_id)
        if reader is None:
            await _short(send, entry.status, "not_admitted")
            return
        gone = asyncio.ensure_future(_disconnected(receive))
        gone.add_done_callback(lambda _: reader.end())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": list(STREAM)})
            await send(_body(self._welcome(entry.last_seq, hub.present(room_id))))
            await _serve(reader, send)
        finally:
            hub.leave(room_id, reader)
            gone.cancel()

    async def _arrive(self, scope: Scope, room_id: int) -> tuple[Entry, Reader | None]:
        """From the door into the room; no reader when it is not admitted."""
        hub, cursor = self._publisher.hub, _cursor(scope, room_id)
        hub.arrive(room_id)
        try:
            entry = await self._admitted(scope, room_id, cursor.since)
        except BaseException:
            hub.turn_away(room_id)
            raise
        if entry.admission is None:
            hub.turn_away(room_id)
            return entry, None
        since = entry.last_seq if cursor.since is None else cursor.since
        reader = hub.join(
            room_id,
            entry.admission.streams,
            last_seq=entry.last_seq,
            since=NOWHERE if entry.too_far or cursor.unreadable else since,
            missed=entry.missed,
            counts=entry.admission.counts,
            device=entry.device,
        )
        if hub.readers(room_id) == 1:
            # What came to the journal while nobody was in the room to be told.
            self._publisher.wake()
        return entry, reader

    async def _admitted(self, scope: Scope, room_id: int, since: int | None) -> Entry:
        """What the door says now: it is asked anew when rights changed while it was asked."""
        hub = self._publisher.hub
        for _ in range(MOST_ASKED):
            asked_at = hub.closings
            entry = await self._enter(scope, room_id, since)
            await self._caught_up(room_id, entry.last_seq)
            if hub.closings == asked_at:
                return entry
        return Entry(None, status=503)

    async def _caught_up(self, room_id: int, last_seq: int) -> None:
        """Wait a moment for a room that was not told yet what the journal has: then nothing comes twice."""
        hub, loop = self._publisher.hub, asyncio.get_running_loop()
        until = loop.time() + CATCH_UP_SECONDS
        while UNKNOWN < hub.last_seq(room_id) < last_seq and loop.time() < until:
            await asyncio.sleep(LOOK_SECONDS)

    def _welcome(self, last_seq: int, present: int) -> bytes:
        """What comes first: when to try again, differently for each, the clock, and how many are there."""
        retry = b"retry: %d\n\n" % self._random.randint(RETRY_FROM, RETRY_TO)
        return retry + message("hello", {"seq": last_seq, "now": _now()}) + presence(present)

    async def _since(self, scope: Scope, send: Send, room_id: int, since: int) -> None:
        if scope["method"] != "GET":
            await _short(send, 405, "method")
            return
        entry = await self._enter(scope, room_id, since, always_read=True)
        if entry.admission is None:
            await _short(send, entry.status, "not_admitted")
            return
        resync = entry.too_far or since > entry.last_seq
        frames = None if resync else [content_of(event) for event in entry.visible or ()]
        seen = f"{room_id}.{since}.{entry.last_seq}.{sorted(entry.admission.streams)}"
        tag = f'"{sha256(seen.encode()).hexdigest()[:20]}"'.encode()
        if dict(scope["headers"]).get(b"if-none-match") == tag:
            await send({"type": "http.response.start", "status": 304, "headers": [*JSON, (b"etag", tag)]})
            await send({"type": "http.response.body"})
            return
        present = self._publisher.hub.present(room_id)
        content = {"seq": entry.last_seq, "frames": frames, "now": _now(), "count": present}
        await _json(send, 200, content, (*JSON, (b"etag", tag)))

    async def _here(self, scope: Scope, send: Send, room_id: int) -> None:
        if scope["method"] != "POST":
            await _short(send, 405, "method")
            return
        entry = await self._enter(scope, room_id, None)
        if entry.admission is None:
            await _short(send, entry.status, "not_admitted")
            return
        if entry.device and entry.admission.counts:
            self._publisher.hub.here(room_id, entry.device)
        await _json(send, 200, {"count": self._publisher.hub.present(room_id), "now": _now()}, JSON)


class _Cursor:
    """Where a reader left off: None when it just begins; unreadable when the id is none of this room."""

    def __init__(self, since: int | None, *, unreadable: bool = False) -> None:
        self.since = since
        self.unreadable = unreadable


def _cursor(scope: Scope, room_id: int) -> _Cursor:
    raw = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    if not raw:
        asked = re.search(r"(?:^|&)na=([^&]*)", scope.get("query_string", b"").decode("latin-1"))
        raw = asked[1].replace("%3A", ":") if asked else ""
    if not raw:
        return _Cursor(None)
    found = re.fullmatch(r"([0-9]{1,18}):([0-9]{1,18})", raw)
    if found is None or int(found[1]) != room_id:
        return _Cursor(None, unreadable=True)
    return _Cursor(int(found[2]))


async def _serve(reader: Reader, send: Send) -> None:
    """Write until the reader ends. While it keeps up the hub writes; here we wait for what must wait."""
    wire = wire_of(send)
    while not reader.ended:
        if wire is not None:
            await wire.drained()
            if not reader.waits:
                reader.let_through(wire.write)
        await reader.stirred()
        if chunk := reader.take():
            await send(_body(chunk))
    if chunk := reader.take():
        await send(_body(chunk))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _body(chunk: bytes) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": True}


def _now() -> int:
    """The clock of the server in milliseconds."""
    return int(time.time() * 1000)


async def _short(send: Send, status: int, code: str) -> None:
    """An answer without content: who may not see a room learns nothing of it."""
    await _json(send, status, {"code": code}, JSON)


async def _json(send: Send, status: int, content: dict[str, Any], headers: Headers) -> None:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})
