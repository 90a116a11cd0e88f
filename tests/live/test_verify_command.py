"""`schakelbord journal verify`, on a real file, as a process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from schakelbord.live.journal import Journal, Payload
from schakelbord.live.rooms import open_room
from schakelbord.live.writer import Command, Writer

pytestmark = pytest.mark.skipif(bool(os.environ.get("SCHAKELBORD_DATABASE_URL")), reason="changes a file of SQLite")


def verify(database: Path, *more: str) -> tuple[int, str]:
    """Exit code and everything it says."""
    done = subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", "journal", "verify", *more],
        env={**os.environ, "SCHAKELBORD_DATA": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_it_tells_whole_from_changed(database: Path) -> None:
    assert verify(database) == (0, "Er is nog geen logboek.\n")
    room = open_room("Wilg in Ede", now=timezone.now())
    writer = Writer(after_commit=lambda events: None, now=timezone.now)

    def work(journal: Journal) -> Payload:
        return {"seq": [journal.append("noted", audience="meeting", payload={"n": n}) for n in range(4)][-1]}

    writer.perform(Command(room.pk, "actor", "device", "key", {}, work))
    writer.stop()
    assert verify(database) == (0, f"{room.pk} Wilg in Ede: heel, 4 gebeurtenissen\n")
    with sqlite3.connect(database / "schakelbord.sqlite3") as behind:
        behind.execute("DROP TRIGGER live_event_no_update")
        behind.execute("UPDATE live_event SET payload = '{}' WHERE seq = 3")
    behind.close()
    code, said = verify(database, "--lang", "en")
    assert code == 1
    assert "Wilg in Ede: event 3 was changed" in said
    assert "1 of 1 journals" in said
    assert "Traceback" not in said


def test_a_room_that_is_not_there_gets_one_sentence(database: Path) -> None:
    code, said = verify(database, "--room", "99")
    assert code == 2
    assert "laat --room weg" in said
    assert "Traceback" not in said
