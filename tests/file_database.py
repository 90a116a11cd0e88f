"""A database that other threads see too: a new SQLite file, or on PostgreSQL the server that the environment names."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from made_once import made_once
from schakelbord.live import gateway
from schakelbord.live.writer import Writer


@contextmanager
def file_database(folder: Path, blocker: DjangoDbBlocker) -> Iterator[None]:
    """All tables, in a file in `folder`; the database that tests use otherwise comes back afterwards."""
    chosen = connections.settings["default"]
    if os.environ.get("SCHAKELBORD_DATABASE_URL"):
        with _connected(chosen["NAME"], blocker):
            call_command("migrate", interactive=False, verbosity=0)
            yield
        return
    place = folder / "schakelbord.sqlite3"
    shutil.copy(made_once("empty.sqlite3", lambda path: _migrate(path, blocker)), place)
    with _connected(str(place), blocker):
        yield


def _migrate(path: Path, blocker: DjangoDbBlocker) -> None:
    with _connected(str(path), blocker):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _connected(name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    chosen = connections.settings["default"]
    usual, kept = connections["default"], chosen["NAME"]
    chosen["NAME"] = name
    # A connection of its own: closing the usual one would throw the database in memory of all other tests away.
    connections["default"] = connections.create_connection("default")
    with blocker.unblock():
        yield
        connections["default"].close()
    connections["default"] = usual
    chosen["NAME"] = kept


@contextmanager
def writer_with_a_thread() -> Iterator[None]:
    """The writer as it is in a server, and nobody who follows."""
    usual, gateway.WRITER = (
        gateway.WRITER,
        Writer(after_commit=lambda events: None, now=lambda: dt.datetime.now(dt.UTC)),
    )
    yield
    gateway.WRITER.stop()
    gateway.WRITER = usual
