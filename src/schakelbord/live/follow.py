"""Several workers on one PostgreSQL: who writes notifies, who has readers listens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Thread

from django.db import connection
from django.db.backends.utils import CursorWrapper

CHANNEL = "schakelbord_live"
PAUSE_SECONDS = 1.0
log = logging.getLogger(__name__)


def listening() -> bool:
    """Whether this database can tell other workers."""
    return connection.vendor == "postgresql"


def notify(what: str = "") -> None:
    """Tell all workers, with the commit of the transaction at hand.

    Args:
        what: "" when there is something new in the journal, once a batch; else what only workers tell each other.
    """
    if listening():
        cursor: CursorWrapper
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, what])


class Follower(Thread):
    """Waits for notifications on a connection of its own; a lost connection is made anew.

    Args:
        hear: called with each notification, from this thread.
        deaf: called when notifications may have been lost.
    """

    def __init__(self, hear: Callable[[str], None], deaf: Callable[[], None]) -> None:
        super().__init__(name="journal-follower", daemon=True)
        self._hear = hear
        self._deaf = deaf

    def run(self) -> None:
        """Listen until the process ends."""
        while True:
            try:
                self._listen()
            except Exception as trouble:  # noqa: BLE001 - whatever it is, the publisher polls and we try again
                log.warning("not listening to other workers for a moment: %s", trouble)
                time.sleep(PAUSE_SECONDS)
            finally:
                connection.close()

    def _listen(self) -> None:
        connection.ensure_connection()
        raw = connection.connection
        raw.autocommit = True
        raw.execute(f"LISTEN {CHANNEL}")
        self._deaf()
        for told in raw.notifies():
            self._hear(told.payload)
