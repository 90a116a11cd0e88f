"""The post in a running server: once a minute, and at once when somebody put something in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

from django.db import connection

from schakelbord.meetings.letters import send_waiting

EVERY_SECONDS = 60.0
AT_ONCE = 20

Round = Callable[[str], bool]
"""Sends what is due, with links to the address that it gets; tells whether there may be more to send at once."""

log = logging.getLogger(__name__)


def letters_round(site: str) -> bool:
    """Letters about meetings."""
    return send_waiting(site=site, most=AT_ONCE).sent > 0


ROUNDS: Final[list[Round]] = [letters_round]
"""What is sent, one after the other. Apps above add to it when they are ready."""


class PostOffice:
    """One thread that sends what is due."""

    def __init__(self) -> None:
        self._wake = Event()
        self._over = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def open(self, site: str) -> None:
        """Begin, unless it goes already; `site` is the address of this installation for the links."""
        with self._lock:
            if self._thread is None:
                self._over.clear()
                self._thread = Thread(target=self._run, args=(site,), name="post-office", daemon=True)
                self._thread.start()

    def hurry(self) -> None:
        """Something was put in the post."""
        self._wake.set()

    def close(self) -> None:
        """Finish the letter at hand, and end."""
        with self._lock:
            thread, self._thread = self._thread, None
        self._over.set()
        self._wake.set()
        if thread is not None:
            thread.join(timeout=10)

    def _run(self, site: str) -> None:
        while not self._over.is_set():
            self._wake.wait(EVERY_SECONDS)
            self._wake.clear()
            for send in ROUNDS:
                try:
                    while not self._over.is_set() and send(site):
                        pass
                except Exception:
                    log.exception("the post could not go out now")
                finally:
                    connection.close()


POST_OFFICE = PostOffice()
