"""What a run of the tests makes once, and every worker copies: a fresh demo, and an empty database with all tables."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# Workers have the environment of the process that started them.
RUN = os.environ.setdefault("RUN_OF_TESTS", str(os.getpid()))
PLACE = Path(tempfile.gettempdir()) / f"schakelbord-tests-{RUN}"


def put_demo(data: Path) -> None:
    """Fill an empty or missing folder with the demo, as the real command makes it; one that holds something stays."""
    if data.exists() and any(data.iterdir()):
        return
    shutil.copytree(made_once("demo", _make_demo), data, dirs_exist_ok=True)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """What `make` puts at the path it gets, for the first who asks in any process; others wait and have the same."""
    PLACE.mkdir(exist_ok=True)
    made = PLACE / name
    with (PLACE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            being_made = PLACE / f"{name}.being-made"
            make(being_made)
            being_made.rename(made)
    return made


def forget_what_was_made() -> None:
    """Throw away what was made for this run, in the process that began it."""
    if str(os.getpid()) == RUN:
        shutil.rmtree(PLACE, ignore_errors=True)


def _make_demo(data: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "schakelbord.cli.main", "demo-reset"],
        env={**ours, "SCHAKELBORD_DATA": str(data)},
        check=True,
        capture_output=True,
    )
