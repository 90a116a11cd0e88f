"""The data folder of a fresh demo, made once a run by the real command and copied for each server."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Workers have the environment of the process that started them.
RUN = os.environ.setdefault("RUN_OF_TESTS", str(os.getpid()))
PLACE = Path(tempfile.gettempdir()) / f"schakelbord-demo-{RUN}"


def put_demo(data: Path) -> None:
    """Fill an empty or missing folder with the demo; one that holds something stays as it is."""
    if data.exists() and any(data.iterdir()):
        return
    shutil.copytree(_made(), data, dirs_exist_ok=True)


def forget_demo() -> None:
    """Throw away what was made for this run, in the process that began it."""
    if str(os.getpid()) == RUN:
        shutil.rmtree(PLACE, ignore_errors=True)


def _made() -> Path:
    PLACE.mkdir(exist_ok=True)
    made = PLACE / "data"
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            ours = {
                name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))
            }
            subprocess.run(
                [sys.executable, "-m", "schakelbord.cli.main", "demo-reset"],
                env={**ours, "SCHAKELBORD_DATA": str(PLACE / "being-made")},
                check=True,
                capture_output=True,
            )
            (PLACE / "being-made").rename(made)
    return made
