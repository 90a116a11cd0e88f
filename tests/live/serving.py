"""Start, stop and kill a server process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpless

from made_once import put_demo

PROGRAM = Path(__file__).with_name("proving_server.py")
LONGEST_START = 60.0


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Server:
    """One server process; `start` after `kill` or `stop` serves the same data at the same port."""

    data: Path
    port: int = field(default_factory=free_port)
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Return when it answers."""
        environment = {**os.environ, "SCHAKELBORD_DATA": str(self.data), **self.variables}
        log = (self.data / "server.log").open("a", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(self.port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if f":{self.port}" in line:
                return
        raise AssertionError((self.data / "server.log").read_text()[-3000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """End it as an administrator would; gives how many seconds that took."""
        begin = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - begin

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def new_room(self) -> int:
        """A room without events."""
        room: int = httpless.ask(self.port, "POST", "/proef").json()["room"]
        return room

    def give_roles(self, roles: dict[str, list[str]]) -> None:
        """Say what readers may see, before they come."""
        (self.data / "roles.json").write_text(json.dumps(roles))

    def memory(self) -> int:
        """Bytes that the process holds in memory."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def said(self) -> str:
        """What it wrote to its log."""
        return (self.data / "server.log").read_text()


@contextmanager
def serving(data: Path, **more: Any) -> Iterator[Server]:
    """A server that is gone afterwards."""
    data.mkdir(exist_ok=True, parents=True)
    server = Server(data, **more)
    variables = {**os.environ, **server.variables}
    if "SCHAKELBORD_DATABASE_URL" not in variables and "SCHAKELBORD_MODE" not in variables:
        put_demo(data)
    try:
        server.start()
        yield server
    finally:
        server.kill()
