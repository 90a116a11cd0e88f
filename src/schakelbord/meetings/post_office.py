"""The post in a running server: once a minute, and at once when somebody put something in it."""

from __future__ import annotations

import logging
from threading import Event, Lock, Thread

from django.db import connection

from schakelbord.meetings.letters import send_waiting

EVERY_SECONDS = 60.0
AT_ONCE = 20

log = logging.getLogger(__name__)


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
            try:
                while not self._over.is_set() and send_waiting(site=site, most=AT_ONCE).sent:
                    pass
            except Exception:
                log.exception("the post could not go out now")
            finally:
                connection.close()


POST_OFFICE = PostOffice()
