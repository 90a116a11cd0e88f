"""A real database: the writer has a thread and a connection of its own, which sees only what was committed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker
from serving import Server, serving


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A new SQLite file with all tables; on PostgreSQL the server that the environment names. Gives the data folder."""
    folder = tmp_path_factory.mktemp("live")
    chosen = connections.settings["default"]
    usual, kept = connections["default"], chosen["NAME"]
    if not os.environ.get("SCHAKELBORD_DATABASE_URL"):
        chosen["NAME"] = str(folder / "schakelbord.sqlite3")
    # A connection of its own: closing the usual one would throw the database in memory of all other tests away.
    connections["default"] = connections.create_connection("default")
    with django_db_blocker.unblock():
        call_command("migrate", interactive=False, verbosity=0)
        yield folder
        connections["default"].close()
    connections["default"] = usual
    chosen["NAME"] = kept


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server process that serves a new data folder."""
    with serving(tmp_path_factory.mktemp("served") / "data") as server:
        yield server
