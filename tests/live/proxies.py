"""Things between a phone and the server that do what such things do."""

from __future__ import annotations

import asyncio
from typing import Self


class Proxy:
    """Passes bytes on, at a port of its own.

    Args:
        target: port of the server.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *trouble: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.target)
        asking = asyncio.ensure_future(self._pass(reader, inner_writer))
        try:
            await self._answer(inner_reader, writer)
        finally:
            asking.cancel()
            for end in (writer, inner_writer):
                end.transport.abort()
            self._tasks.discard(task)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65536):
            writer.write(piece)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError


class Buffering(Proxy):
    """Keeps an answer to itself until it is whole: of a stream nothing ever comes through."""

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.read())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


class Cutting(Proxy):
    """Cuts every connection after a while.

    Args:
        target: port of the server.
        after: seconds.
    """

    def __init__(self, target: int, *, after: float) -> None:
        super().__init__(target)
        self.after = after

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self.after):
                await self._pass(reader, writer)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        except TimeoutError:
            pass
