"""Fetch what is vendored, at the version and with the checksum of vendored.json: `python scripts/vendor.py`.

To take a newer version: change `version`, empty `sha256`, run, and fill in the checksum that it names.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "scripts" / "vendored.json"


def main() -> int:
    """Write every vendored file; returns 1 when a checksum differs."""
    wrong = 0
    for entry in json.loads(LIST.read_text(encoding="utf-8")):
        package = _packed(f"{entry['package']}@{entry['version']}")
        for file in entry["files"]:
            content = _member(package, f"package/{file['from']}")
            found = hashlib.sha256(content).hexdigest()
            if file["sha256"] != found:
                print(f"{file['to']}: sha256 is {found}", file=sys.stderr)
                wrong = 1
                continue
            target = ROOT / file["to"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return wrong


def _packed(package: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the names come from our own list
        return next(Path(folder).glob("*.tgz")).read_bytes()


def _member(package: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(name)
        if member is None:
            raise FileNotFoundError(name)
        return member.read()


if __name__ == "__main__":
    sys.exit(main())
