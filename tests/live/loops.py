"""Scenes with many clients at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from plain_reader import PlainReader


def in_a_loop(scene: Callable[[], Awaitable[None]]) -> None:
    """Play a scene in an event loop of its own, in a thread of its own: the browser's loop may run in this one."""

    async def play() -> None:
        await scene()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(play())).result()


async def all_in(port: int, room: int, count: int, *, pause: float = 0.05) -> list[PlainReader]:
    """So many readers, all connected."""
    readers = [PlainReader(port, room, f"reader{number}", pause=pause).begin() for number in range(count)]
    async with asyncio.timeout(30):
        for reader in readers:
            await reader.is_up.wait()
    return readers


async def all_out(readers: Sequence[PlainReader]) -> None:
    """End them."""
    await asyncio.gather(*(reader.end() for reader in readers))


async def until(is_so: Callable[[], bool], *, within: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.02)
