"""The short way to a reader: straight to its socket, past the server's `send`, when the server is uvicorn.

`send` makes every chunk anew for every reader. Here a chunk for a thousand readers is framed once. With another server
`wire_of` gives nothing, and a task a reader writes what waits with `send`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

FRAMED_AT_HAND: Final = 16


class Wire:
    """The socket of one answer that has begun, in chunks of HTTP/1.1."""

    __slots__ = ("_cycle", "_flow", "_transport")

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._flow = cycle.flow
        self._transport = cycle.transport

    def write(self, chunk: bytes) -> bool:
        """Write a chunk; whether the next one may be written as well, because the other side takes it."""
        if not self._cycle.disconnected:
            self._transport.write(framed(chunk))
        return not self._flow.write_paused

    async def drained(self) -> None:
        """Wait until the other side takes more."""
        await self._flow.drain()


def wire_of(send: object) -> Wire | None:
    """The way to the socket behind this `send`; None when it is not uvicorn's, or the answer is not in chunks."""
    cycle = getattr(send, "__self__", None)
    return Wire(cycle) if isinstance(cycle, RequestResponseCycle) and cycle.chunked_encoding else None


@lru_cache(FRAMED_AT_HAND)
def framed(chunk: bytes) -> bytes:
    """A chunk as HTTP/1.1 sends it; readers of a tick share what is made for the first."""
    return b"%x\r\n%b\r\n" % (len(chunk), chunk)
