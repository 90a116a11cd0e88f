"""A newer question takes the turn of an older one: what nobody waits for any more is not computed.

The browser numbers its questions: two that it asks shortly after each other may arrive in the other order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

Who = tuple[int, str]


def turn_of(header: str) -> tuple[str, int]:
    """Which tab asks and the number of its question, from `tab.number`; what has no number overtakes nothing."""
    tab, _, number = header.partition(".")
    return tab[:50], int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


class Turns:
    """For each who, one computation at a time; who waits and has been overtaken gives up."""

    def __init__(self) -> None:
        self._newest: dict[Who, int] = {}
        self._busy: dict[Who, Lock] = {}
        self._waiting: dict[Who, int] = {}
        self._lock = Lock()

    @contextmanager
    def take(self, who: Who, number: int) -> Iterator[Callable[[], bool]]:
        """Wait for one's turn; gives a function that says whether no question with a higher number has come."""
        with self._lock:
            self._newest[who] = max(number, self._newest.get(who, 0))
            busy = self._busy.setdefault(who, Lock())
            self._waiting[who] = self._waiting.get(who, 0) + 1
        try:
            with busy:
                yield lambda: self._newest[who] <= number
        finally:
            self._leave(who)

    def _leave(self, who: Who) -> None:
        with self._lock:
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who], self._newest[who], self._busy[who]


TURNS = Turns()
