"""A proxy between a browser and the server, as bad as those in the world: it keeps streams, or loses answers."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Event, Thread

CHUNK = 65536
SECONDS_FOR_A_REQUEST = 30.0


class Proxy:
    """Passes one request a connection.

    Args:
        port: of the server behind it.

    `keeps_streams` holds streams back, as a proxy that buffers does; `loses` drops the answer of the next that many
    commands of phones, after the server carried them out; `asked` and `keys` say what came by.
    """

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._changed = Condition()
        self.keeps_streams = False
        self.loses = 0
        self.asks_freely = Event()
        self.asks_freely.set()
        self.open_streams = 0
        self.most_streams = 0
        self.asked: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()
        Thread(target=self._receive, daemon=True).start()

    @property
    def address(self) -> str:
        """Where a browser reaches the server through this proxy."""
        return f"http://localhost:{self._door.getsockname()[1]}"

    def wait_until(self, what: Callable[[Proxy], bool]) -> None:
        """Wait until this is true of what came by."""
        with self._changed:
            assert self._changed.wait_for(lambda: what(self), timeout=SECONDS_FOR_A_REQUEST), "it never came by"

    def close(self) -> None:
        """Take no more connections."""
        self.asks_freely.set()
        self._door.close()

    def _receive(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        client.settimeout(SECONDS_FOR_A_REQUEST)
        with client, suppress(OSError):
            request = _request_of(client)
            if not request:
                return
            path = request.split(b" ", 2)[1].decode().split("?")[0]
            kind = next((kind for kind in ("stroom", "sinds", "hier", "zeg") if f"/{kind}" in path), "page")
            loses = self._note(kind, request)
            with socket.create_connection(self._server) as server:
                server.sendall(_once(request))
                if kind == "stroom":
                    self._stream(client, server)
                else:
                    answer = b"".join(_all_of(server))
                    if kind == "sinds":
                        self.asks_freely.wait(SECONDS_FOR_A_REQUEST)
                    if not loses:
                        client.sendall(answer)

    def _note(self, kind: str, request: bytes) -> bool:
        found = re.search(rb"(?i)\r\nidempotency-key: *([^\r]+)", request)
        with self._changed:
            self.asked[kind] += 1
            if found:
                self.keys[found[1].decode()] += 1
            loses = kind == "zeg" and self.loses > 0
            self.loses -= loses
            self._changed.notify_all()
        return loses

    def _stream(self, client: socket.socket, server: socket.socket) -> None:
        client.settimeout(None)
        Thread(target=_when_gone, args=(client, server), daemon=True).start()
        self._count(1)
        try:
            held = self.keeps_streams
            for chunk in _all_of(server):
                if not held:
                    client.sendall(chunk)
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self.open_streams += change
            self.most_streams = max(self.most_streams, self.open_streams)
            self._changed.notify_all()


@contextmanager
def proxy_before(address: str) -> Iterator[Proxy]:
    """A proxy before the server at this address."""
    proxy = Proxy(int(address.rsplit(":", 1)[1]))
    try:
        yield proxy
    finally:
        proxy.close()


def _request_of(client: socket.socket) -> bytes:
    """A whole request, head and body; empty when the browser changed its mind."""
    request = b""
    while b"\r\n\r\n" not in request:
        chunk = client.recv(CHUNK)
        if not chunk:
            return b""
        request += chunk
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", request)
    size = request.index(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
    while len(request) < size:
        request += client.recv(CHUNK)
    return request


def _once(request: bytes) -> bytes:
    """The request, with a connection of its own to the server."""
    head, _, body = request.partition(b"\r\n\r\n")
    return re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head) + b"\r\nConnection: close\r\n\r\n" + body


def _all_of(server: socket.socket) -> Iterator[bytes]:
    while chunk := server.recv(CHUNK):
        yield chunk


def _when_gone(client: socket.socket, server: socket.socket) -> None:
    """End the connection to the server when the browser ends its own."""
    with suppress(OSError):
        while client.recv(CHUNK):
            pass
    with suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)
