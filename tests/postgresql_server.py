"""A real PostgreSQL server for a test, started here and stopped again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"


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


@contextmanager
def postgresql() -> Iterator[str]:
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
