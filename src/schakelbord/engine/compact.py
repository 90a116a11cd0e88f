"""The shipped catalogue once more, in a form that loads in a millisecond.

People write YAML; `data/catalogue.json` is made from it (`scripts/make-data.py`). It is used only while it belongs to
exactly the YAML that lies beside it: it holds the checksum of those files. Otherwise the YAML itself is read, so an
edit is never overlooked.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from schakelbord.engine.catalogue import Catalogue

NAMES = ("organisations", "bodies", "channels", "signals", "patterns", "themes")


class Compact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A catalogue with its digest, and the checksum of the YAML it was made from."""

    made_from: str
    catalogue: Catalogue


def checksum(directory: Path) -> str:
    """SHA-256 over the YAML files of a catalogue, byte for byte."""
    total = hashlib.sha256()
    for name in NAMES:
        content = (directory / f"{name}.yaml").read_bytes()
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def read_compact(file: Path, directory: Path) -> Catalogue | None:
    """The catalogue from its compact form, or None when that is missing or does not belong to the YAML."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Compact)
        return found.catalogue if found.made_from == checksum(directory) else None
    except (OSError, msgspec.DecodeError):
        return None


def compact_of(catalogue: Catalogue, directory: Path) -> bytes:
    """The compact form of a catalogue read from the YAML in `directory`."""
    return msgspec.json.encode(Compact(checksum(directory), catalogue)) + b"\n"
