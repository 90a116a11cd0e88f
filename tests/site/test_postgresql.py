"""People, roles, rights and the journal on a real PostgreSQL server, started here and stopped again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SERVER_USER = "postgres"
VENDOR = """
from schakelbord.site.start import set_up_django
set_up_django()
from django.db import connection
print(connection.vendor, connection.pg_version > 0)
"""


def programs() -> Path:
    """The folder with initdb and pg_ctl of the newest PostgreSQL on this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    assert folders, "PostgreSQL is missing; scripts/ensure-postgresql.sh installs it or names the command"
    return folders[-1]


def as_server(*words: str) -> None:
    """Run a program of PostgreSQL, which refuses to run as root, as its own user then."""
    user = SERVER_USER if os.geteuid() == 0 else None
    subprocess.run(words, check=True, user=user, group=user, cwd="/", stdout=subprocess.DEVNULL, timeout=60)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server with an empty database."""
    binaries = programs()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(place, SERVER_USER, SERVER_USER)
        data = place / "data"
        as_server(str(binaries / "initdb"), "-D", str(data), "-U", "schakelbord", "--auth=trust", "-E", "UTF8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place} -c fsync=off"
        as_server(str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgresql://schakelbord:@127.0.0.1:{port}/postgres"
        finally:
            as_server(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def test_people_rights_and_journal_are_the_same_on_postgresql(address: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "tests/accounts/test_login.py",
            "tests/accounts/test_roles.py",
            "tests/live/test_journal.py",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env={**os.environ, "SCHAKELBORD_DATABASE_URL": address, "PYTEST_XDIST_WORKER": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
    used = subprocess.run(
        [
            sys.executable,
            "-c",
            VENDOR,
        ],
        env={**os.environ, "SCHAKELBORD_DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    assert used.stdout.split() == ["postgresql", "True"]
