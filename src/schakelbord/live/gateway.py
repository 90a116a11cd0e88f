"""The one way in: commands to the writer of this process, and what it keeps to everybody who may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from schakelbord.live.hub import Streams
from schakelbord.live.journal import Payload
from schakelbord.live.publisher import Publisher
from schakelbord.live.writer import Command, Writer

PUBLISHER = Publisher()
WRITER = Writer(after_commit=PUBLISHER.committed, now=lambda: dt.datetime.now(dt.UTC))


def perform(command: Command) -> Payload:
    """Carry a command out; returns after it is kept, with its answer.

    Raises:
        SchakelbordError: as `Writer.perform`.
    """
    return WRITER.perform(command)


def close_readers(room_id: int, *, streams: Streams | None = None) -> None:
    """End the connections to a room, of all or of those that see any of these streams."""
    PUBLISHER.close_readers(room_id, streams=streams)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let what is kept meanwhile be of that moment. Only for a demo that is made before anybody else can write."""
    usual, WRITER.now = WRITER.now, lambda: moment
    try:
        yield
    finally:
        WRITER.now = usual
