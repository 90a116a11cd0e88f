"""A real database: the writer has a thread and a connection of its own, which sees only what was committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from serving import Server, serving

from file_database import file_database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A new SQLite file with all tables; on PostgreSQL the server that the environment names. Gives the data folder."""
    folder = tmp_path_factory.mktemp("live")
    with file_database(folder, django_db_blocker):
        yield folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server process that serves a new data folder."""
    with serving(tmp_path_factory.mktemp("served") / "data") as server:
        yield server
