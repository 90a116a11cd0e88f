"""With SQLite one process a data folder, and a port that is free: else one sentence."""

from __future__ import annotations

import errno
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schakelbord.errors import StateError

LOCK_FILE = "serving.lock"
START_FILE = "starting.lock"
SEND_BUFFER = 128 * 1024


@contextmanager
def only_process(data: Path, *, address: str) -> Iterator[None]:
    """Hold the data folder for this process; the system lets go when the process ends, however it ends.

    Args:
        data: the data folder, which exists.
        address: where this process serves, to tell the next one.

    Raises:
        StateError: another process holds it; says where that one serves.
    """
    with (data / LOCK_FILE).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise _already_running(data, lock.read().strip()) from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


@contextmanager
def one_at_a_time(data: Path) -> Iterator[None]:
    """Wait for other processes that start in this data folder: they change tables and files once."""
    with (data / START_FILE).open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_socket(host: str, port: int) -> socket.socket:
    """A bound socket at this place.

    Raises:
        StateError: something else uses the port, or this place is not for us.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Taken over by every connection: else Linux keeps megabytes of stale news for each phone that sleeps.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    try:
        bound.bind((host, port))
    except OSError as trouble:
        bound.close()
        raise _no_place(host, port, taken=trouble.errno == errno.EADDRINUSE) from None
    return bound


def _already_running(data: Path, address: str) -> StateError:
    return StateError(
        "already_running",
        nl=f"Schakelbord draait al met deze gegevens ({data}): open {address}, of stop dat eerst.",
        en=f"Schakelbord already runs with this data ({data}): open {address}, or stop that one first.",
    )


def _no_place(host: str, port: int, *, taken: bool) -> StateError:
    if taken:
        return StateError(
            "port_taken",
            nl=f"Op {host}, poort {port} zit al iets anders. Kies een andere poort: --port {port + 1}",
            en=f"Something else is at {host}, port {port}. Choose another port: --port {port + 1}",
        )
    return StateError(
        "place_refused",
        nl=f"Schakelbord mag hier niet luisteren op {host}, poort {port}. Probeer: --host 127.0.0.1 --port 8000",
        en=f"Schakelbord may not listen here at {host}, port {port}. Try: --host 127.0.0.1 --port 8000",
    )
