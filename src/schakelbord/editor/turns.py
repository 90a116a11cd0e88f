"""A newer question takes the turn of an older one: what nobody waits for any more is not computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock

Who = tuple[int, str]


class Turns:
    """For each who, one computation at a time; who waits and has been overtaken gives up."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._newest: dict[Who, int] = {}
        self._busy: dict[Who, Lock] = {}
        self._waiting: dict[Who, int] = {}
        self._lock = Lock()

    @contextmanager
    def take(self, who: Who) -> Iterator[Callable[[], bool]]:
        """Wait for one's turn; gives a function that says whether nobody newer came since."""
        with self._lock:
            mine = next(self._numbers)
            self._newest[who] = mine
            busy = self._busy.setdefault(who, Lock())
            self._waiting[who] = self._waiting.get(who, 0) + 1
        try:
            with busy:
                yield lambda: self._newest.get(who) == mine
        finally:
            self._leave(who)

    def _leave(self, who: Who) -> None:
        with self._lock:
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who], self._newest[who], self._busy[who]


TURNS = Turns()
