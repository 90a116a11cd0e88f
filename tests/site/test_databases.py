"""SQLite as we ask for it, read back from a real file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from schakelbord.errors import InputError
from schakelbord.site.databases import databases_of
from schakelbord.site.environment import read_environment


@pytest.fixture
def connection(tmp_path: Path, django_db_blocker: object) -> BaseDatabaseWrapper:
    """A connection to a new database file, with our settings."""
    handler = ConnectionHandler(databases_of(read_environment({"SCHAKELBORD_DATA": str(tmp_path)})))
    return handler["default"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000), ("temp_store", 2)],
)
@pytest.mark.django_db
def test_sqlite_keeps_what_we_ask_of_it(pragma: str, value: str | int, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    connection.close()


@pytest.mark.django_db
def test_a_transaction_takes_its_write_lock_at_the_start(connection: BaseDatabaseWrapper, tmp_path: Path) -> None:
    connection.ensure_connection()
    other = sqlite3.connect(tmp_path / "schakelbord.sqlite3", timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text)")
    connection._start_transaction_under_autocommit()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    connection.close()
    other.close()


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_address_of_postgresql_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakelbord.site.databases.find_spec", lambda name: object())
    url = "postgresql://merel:p%40s@db.voorbeeld.nl:5433/schakelbord"
    database = databases_of(read_environment({"SCHAKELBORD_DATABASE_URL": url}))["default"]
    parts = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [database.get(part) for part in parts] == ["schakelbord", "merel", "p@s", "db.voorbeeld.nl", "5433"]


def test_postgresql_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schakelbord.site.databases.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"schakelbord\[postgresql\]"):
        databases_of(read_environment({"SCHAKELBORD_DATABASE_URL": "postgresql://a:b@c/d"}))
