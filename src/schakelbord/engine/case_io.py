"""Cases in files: JSON of any kind that `parse_case` reads, and `.npz` for those too large for it.

An `.npz` holds the arrays of `ArrayCase` under their names, and `rest`: JSON text of the needs. It has no
options. Nothing in it is ever executed (no pickles).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schakelbord.engine.case import Case, Channel, Member, Need, Option
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.json_text import LARGEST_JSON, refuse_size
from schakelbord.errors import InputError

if TYPE_CHECKING:
    from schakelbord.engine.arrays import ArrayCase

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class LargeCase:
    """A case from an `.npz`: its links as arrays, and its needs."""

    arrays: ArrayCase
    needs: tuple[Need, ...]


def read_case(path: Path, *, strict: bool = False) -> Case:
    """Read a case from a JSON file, from an `.npz`, or from standard input when the path is `-`.

    Raises:
        InputError: there is no such file, it cannot be read, or what it holds is not a case.
    """
    if path.suffix == ".npz":
        from schakelbord.engine.npz import read_npz_case  # noqa: PLC0415  a small case never waits for numpy

        return read_npz_case(path)
    return parse_case(read_bytes(path), strict=strict)


def read_bytes(path: Path) -> bytes:
    """The bytes of a JSON file, at most `LARGEST_JSON` of them.

    Raises:
        InputError: it is not there, not readable or too large.
    """
    data = sys.stdin.buffer.read(LARGEST_JSON + 1) if str(path) == "-" else _read_file(path)
    if len(data) > LARGEST_JSON:
        refuse_size(len(data))
    return data


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST_JSON:
                refuse_size(size)
            return file.read(LARGEST_JSON + 1)
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> InputError:
    """The sentence for a file that cannot be read or written."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            "no_file",
            str(path),
            nl="dit bestand of deze map is er niet; kijk de naam na.",
            en="there is no such file or folder; check the name.",
        )
    if isinstance(error, IsADirectoryError):
        return InputError(
            "a_folder",
            str(path),
            nl="dit is een map; geef de naam van een bestand.",
            en="this is a folder; give the name of a file.",
        )
    return InputError(
        "unreadable",
        str(path),
        nl="dit bestand mag of kan hier niet gebruikt worden; kijk naar de rechten.",
        en="this file may not or cannot be used here; look at its permissions.",
    )


def case_as_json(case: Case) -> Json:
    """A case as JSON in the format of the design; `parse_case` reads it back as the same case."""
    return {
        "horizon": case.horizon,
        "organisations": list(case.organisations),
        "signals": [{"id": signal.id, "type": signal.type} for signal in case.signals],
        "observations": [msgspec.to_builtins(seen) for seen in case.observations],
        "channels": [_channel(channel) for channel in case.channels],
        "bodies": [
            {
                "id": body.id,
                "types": list(body.types),
                "days": list(body.days),
                "members": [_member(member) for member in body.members],
            }
            for body in case.bodies
        ],
        "needs": [msgspec.to_builtins(need) for need in case.needs],
        "options": [_option(option) for option in case.options],
    }


def _channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "from": channel.sender,
        "to": channel.receiver,
        "types": list(channel.types),
        "delay": channel.delay,
        "from_day": channel.from_day,
        "until_day": channel.until_day,
    }


def _member(member: Member) -> Json:
    return {"organisation": member.organisation, "from_day": member.from_day, "until_day": member.until_day}


def _option(option: Option) -> Json:
    found: Json = {"id": option.id, "cost": option.cost}
    if option.add_channel is not None:
        found["add_channel"] = _channel(option.add_channel)
    if option.add_member is not None:
        found["add_member"] = {"body": option.add_member.body, **_member(option.add_member.member)}
    for name in ("add_days", "set_delay", "add_types"):
        if changes := getattr(option, name):
            found[name] = changes
    return found
