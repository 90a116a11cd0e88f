"""The database: SQLite in the data folder, or PostgreSQL when an address is given."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from schakelbord.errors import InputError
from schakelbord.site.environment import Environment

# FULL, because what was confirmed to somebody must survive a power cut; WAL, so that readers never wait for a writer.
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
BUSY_SECONDS = 10


class Database(TypedDict, total=False):
    """One entry of Django's DATABASES."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    ATOMIC_REQUESTS: bool
    CONN_MAX_AGE: int | None
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, str | int]


def databases_of(environment: Environment) -> dict[str, Database]:
    """Django's DATABASES for this environment.

    Raises:
        InputError: PostgreSQL is asked for, but the package that speaks with it is not installed.
    """
    return {"default": _postgresql(environment.database_url) if environment.database_url else _sqlite(environment)}


def _sqlite(environment: Environment) -> Database:
    """SQLite that waits for a busy writer and takes its write lock at the start of a transaction, not halfway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(environment.database_file),
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
        # Each of the few request threads keeps its own; opening a file anew costs as much as a command.
        "CONN_MAX_AGE": None,
    }


def _postgresql(url: str) -> Database:
    if find_spec("psycopg") is None:
        raise InputError(
            "psycopg_missing",
            "SCHAKELBORD_DATABASE_URL",
            nl="Voor PostgreSQL ontbreekt een pakket; installeer het met: pip install 'schakelbord[postgresql]'",
            en="A package for PostgreSQL is missing; install it with: pip install 'schakelbord[postgresql]'",
        )
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # No more connections than request threads, doors and the three threads of the live layer.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
