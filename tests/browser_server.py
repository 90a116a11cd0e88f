"""The real command as a process of its own, to be killed and started again in a test with a browser."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from made_once import put_demo

WELCOME = "Ctrl-C"


class Server:
    """The real command on a data folder of its own; can be killed and started again at the same address."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = data
        self.address = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start and wait for its welcome; an empty folder gets the demo first."""
        put_demo(self.data)
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
        command = [sys.executable, *self.command()]
        environment = {**ours, "SCHAKELBORD_DATA": str(self.data)}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert any(WELCOME in line for line in self._process.stdout)

    def command(self) -> list[str]:
        """What Python runs."""
        return ["-m", "schakelbord.cli.main", "serve", "--port", str(self.port)]

    def kill(self) -> None:
        """As the system does when the power goes: without a word."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def ask(self, question: str, *values: object) -> list[tuple[str, ...]]:
        """Rows of the database."""
        with closing(sqlite3.connect(self.data / "schakelbord.sqlite3", timeout=10)) as database:
            return database.execute(question, values).fetchall()
