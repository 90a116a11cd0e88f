"""Writes requirements/*.txt anew from the *.in files: pinned, with hashes, without any registry address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = (
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--universal",
    "--upgrade",
    "--quiet",
)


def lock(name: str) -> None:
    """Resolve one file of wishes into one file of pins."""
    folder = ROOT / "requirements"
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        *OPTIONS,
        "--python-version",
        "3.11",
        f"{name}.in",
        "-o",
        f"{name}.txt",
    ]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603  our own command, no outside input


if __name__ == "__main__":
    for wished in ("build", "base", "test", "bench"):
        lock(wished)
