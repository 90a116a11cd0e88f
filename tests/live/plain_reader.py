"""A plain client of the stream, like `stream.js`: it comes back by itself, and fetches the state when told so."""

from __future__ import annotations

import asyncio
import json
import random
import time
from contextlib import suppress
from typing import Any

import httpless


class PlainReader:
    """Follows a room. `notes` are the events it knows of, in the order in which it got them.

    Args:
        port: where the server is.
        room: the room.
        name: who it is to the server.
        pause: seconds before it comes back, with as much again at random.
    """

    def __init__(self, port: int, room: int, name: str, *, pause: float = 0.05) -> None:
        self.port, self.room, self.name, self.pause = port, room, name, pause
        self.seq = 0
        self.notes: list[int] = []
        self.doubled = self.resyncs = self.connected = 0
        self.received = bytearray()
        self.keeps_bytes = False
        self.delays: list[float] = []
        self.present = 0
        self.is_up = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> PlainReader:
        """Follow from now on."""
        self._task = asyncio.ensure_future(self._follow())
        return self

    async def end(self) -> None:
        """Follow no longer."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.cut()

    def cut(self) -> None:
        """Lose the connection."""
        if self._writer is not None:
            self._writer.transport.abort()

    async def reaches(self, seq: int, *, within: float = 10.0) -> None:
        """Wait until it knows of this event, or of a newer one."""
        async with asyncio.timeout(within):
            while self.seq < seq:
                await asyncio.sleep(0.01)

    async def _follow(self) -> None:
        while True:
            with suppress(OSError, EOFError, ValueError):
                await self._once()
            self.is_up.clear()
            await asyncio.sleep(self.pause * (1 + random.random()))

    async def _once(self) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            address = f"/live/{self.room}/stroom"
            last = {"Last-Event-ID": f"{self.room}:{self.seq}"}
            self._writer.write(httpless.head("GET", address, cookies={"proef": self.name}, headers=last))
            begin = await reader.readuntil(b"\r\n\r\n")
            self._keep(begin)
            if not begin.startswith(b"HTTP/1.1 200"):
                return
            self.connected += 1
            buffer, text = bytearray(), b""
            while piece := await reader.read(65536):
                self._keep(piece)
                buffer += piece
                chunks = httpless.chunks_of(buffer)
                *messages, text = (text + b"".join(chunks)).split(b"\n\n")
                for message in messages:
                    await self._take(message)
                if b"" in chunks:
                    return
        finally:
            self._writer.transport.abort()

    def _keep(self, piece: bytes) -> None:
        if self.keeps_bytes:
            self.received += piece

    async def _take(self, message: bytes) -> None:
        fields = dict(line.split(b": ", 1) for line in message.split(b"\n") if b": " in line)
        kind = fields.get(b"event")
        content: dict[str, Any] = json.loads(fields[b"data"]) if kind in {b"frame", b"presence"} else {}
        if kind == b"hello":
            self.is_up.set()
        elif kind == b"presence":
            self.present = content["count"]
        elif kind == b"resync":
            self.resyncs += 1
            await self._fetch()
        elif kind == b"frame":
            assert fields[b"id"] == f"{self.room}:{content['seq']}".encode()
            if content["seq"] <= self.seq:
                self.doubled += 1
                return
            self.seq = content["seq"]
            self.notes.append(self.seq)
            if sent := content["data"].get("sent"):
                self.delays.append(time.time() - sent)

    async def _fetch(self) -> None:
        """Fetch the state; apply it only when it is newer."""
        answer = await httpless.ask_soon(self.port, "GET", f"/proef/{self.room}/stand", name=self.name)
        state = answer.json()
        if state["seq"] >= self.seq:
            self.seq, self.notes = state["seq"], state["notes"]
