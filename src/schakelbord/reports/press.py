"""Documents that take a while are made once, in a thread of their own, and kept for a while in this process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError  # noqa: A004 - before Python 3.11 two errors
from threading import Lock
from typing import Final

KEPT: Final = 24
PATIENCE: Final = 6.0
"""How many seconds a page waits before it says that the document is being made."""


class Press:
    """The last documents made, at most `kept`. Who asks for one that is being made waits for the same one.

    Args:
        kept: how many documents stay.
        patience: how many seconds somebody waits for one.
    """

    def __init__(self, kept: int = KEPT, *, patience: float = PATIENCE) -> None:
        self._kept = kept
        self._patience = patience
        self._lock = Lock()
        self._made: OrderedDict[Hashable, Future[bytes]] = OrderedDict()
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes | None:
        """The document under a key, or None when it is not ready in time; it is being made then.

        Raises:
            SchakelbordError: what `make` raised; the next one who asks lets it be made again.
        """
        order = self._order(key, make)
        try:
            return order.result(timeout=self._patience)
        except TimeoutError:
            if order.done():
                raise
            return None

    def _order(self, key: Hashable, make: Callable[[], bytes]) -> Future[bytes]:
        """The order for a key: the one that stands already, unless it failed."""
        with self._lock:
            order = self._made.get(key)
            if order is None or (order.done() and order.exception() is not None):
                order = self._made[key] = self._workers.submit(make)
            self._made.move_to_end(key)
            self._let_go()
        return order

    def _let_go(self) -> None:
        """Forget the ones that were not asked for longest, as far as they are ready."""
        ready = [key for key, order in self._made.items() if order.done()]
        for key in ready[: max(0, len(self._made) - self._kept)]:
            del self._made[key]


PRESS: Final = Press()
