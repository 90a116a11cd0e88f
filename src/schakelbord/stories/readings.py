"""Readings of stories, computed once and kept for a while in this process.

A reading depends on the story, the catalogue and the repairs that are on; those three make its key. Pages are
synchronous views, so the ASGI server runs each in a thread of its own and the event loop never computes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

import msgspec

from schakelbord.engine.reading import Reading
from schakelbord.engine.story import Story

KEPT = 64
Key = tuple[str, str, tuple[str, ...]]


def digest_of(story: Story) -> str:
    """A short name for the content of a story; two stories with the same content share it."""
    return sha256(msgspec.json.encode(story)).hexdigest()[:16]


class ReadingShelf:
    """The last readings used, at most `kept`. Two threads that want the same one compute it once."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._readings: OrderedDict[Key, Reading] = OrderedDict()
        self._busy: dict[Key, Lock] = {}
        self._lock = Lock()

    def get(self, key: Key, compute: Callable[[], Reading]) -> Reading:
        """The reading under a key, computed when nobody did so before."""
        with self._lock:
            found = self._take(key)
            if found is not None:
                return found
            busy = self._busy.setdefault(key, Lock())
        with busy:
            with self._lock:
                found = self._take(key)
            if found is not None:
                return found
            try:
                reading = compute()
                self._put(key, reading)
            finally:
                with self._lock:
                    self._busy.pop(key, None)
            return reading

    def __len__(self) -> int:
        return len(self._readings)

    def _take(self, key: Key) -> Reading | None:
        """The reading under a key, now the last one to be thrown away."""
        found = self._readings.get(key)
        if found is not None:
            self._readings.move_to_end(key)
        return found

    def _put(self, key: Key, reading: Reading) -> None:
        """Keep a reading; let go of the one that was not used for longest."""
        with self._lock:
            self._readings[key] = reading
            while len(self._readings) > self._kept:
                self._readings.popitem(last=False)
