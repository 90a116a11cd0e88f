"""HTTP by hand over plain sockets: requests for threads and for event loops, so that tests see every byte."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4


@dataclass(frozen=True)
class Answer:
    """What came back: `raw` is every byte of it."""

    status: int
    headers: dict[str, str]
    body: bytes
    raw: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def head(method: str, path: str, *, body: bytes = b"", cookies: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def answer_of(raw: bytes) -> Answer:
    """Read a whole answer.

    Raises:
        ConnectionError: it is not whole.
    """
    begin, found, body = raw.partition(b"\r\n\r\n")
    if not found:
        raise ConnectionError("no answer")
    first, *lines = begin.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = b"".join(chunks_of(bytearray(body)))
    elif len(body) < int(headers.get("content-length", 0)):
        raise ConnectionError("half an answer")
    return Answer(int(first.split()[1]), headers, body, raw)


def chunks_of(buffer: bytearray) -> list[bytes]:
    """Take all whole chunks of a chunked body out of the buffer; an empty one is the end."""
    found = []
    while (end := buffer.find(b"\r\n")) >= 0:
        size = int(buffer[:end], 16)
        if len(buffer) < end + 4 + size:
            break
        found.append(bytes(buffer[end + 2 : end + 2 + size]))
        del buffer[: end + 4 + size]
    return found


def ask(port: int, method: str, path: str, *, name: str = "", content: Any = None, **headers: str) -> Answer:
    """One request over a connection of its own."""
    return answer_of(send(port, _request(method, path, name, content, headers)))


def send(port: int, request: bytes) -> bytes:
    """Send these bytes and read until the other side closes."""
    raw = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        while piece := connection.recv(65536):
            raw += piece
    return bytes(raw)


async def ask_soon(port: int, method: str, path: str, *, name: str = "", content: Any = None, **headers: str) -> Answer:
    """The same in an event loop."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_request(method, path, name, content, headers))
        return answer_of(await asyncio.wait_for(reader.read(), 20))
    finally:
        writer.close()


def note(port: int, room: int, text: str, *, name: str = "writer", key: str = "", audience: str = "meeting") -> Answer:
    """Send a note."""
    content = {"text": text, "audience": audience}
    return ask(port, "POST", f"/proef/{room}/noteer", name=name, content=content, idempotency_key=key or uuid4().hex)


async def note_soon(
    port: int, room: int, text: str, *, name: str = "writer", key: str = "", audience: str = "meeting"
) -> Answer:
    """The same in an event loop; tells when it was sent."""
    content = {"text": text, "audience": audience, "sent": time.time()}
    key = key or uuid4().hex
    return await ask_soon(port, "POST", f"/proef/{room}/noteer", name=name, content=content, idempotency_key=key)


async def note_for_sure(port: int, room: int, text: str, *, name: str, key: str, audience: str = "meeting") -> int:
    """Send a note until it is acknowledged, as an outbox does; gives its place."""
    while True:
        try:
            answer = await note_soon(port, room, text, name=name, key=key, audience=audience)
            if answer.status == 200:
                place: int = answer.json()["seq"]
                return place
        except (OSError, TimeoutError):
            pass
        await asyncio.sleep(0.05)


def _request(method: str, path: str, name: str, content: Any, headers: Mapping[str, str]) -> bytes:
    more = {key.replace("_", "-"): value for key, value in headers.items()} | {"Connection": "close"}
    body = b"" if content is None else json.dumps(content).encode()
    return head(method, path, body=body, cookies={"proef": name} if name else {}, headers=more)
