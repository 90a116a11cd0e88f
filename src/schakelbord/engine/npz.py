"""Cases in `.npz` files: the arrays of `ArrayCase` under their names, and `rest`, JSON of the needs. No options.

Reading trusts nothing: no pickles, a limit on the size once unpacked, and every number is checked before it is used.
"""

from __future__ import annotations

import zipfile
from dataclasses import fields
from pathlib import Path
from typing import NoReturn

import msgspec
import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import ArrayCase, arrays_of, case_of
from schakelbord.engine.case import Case, Need
from schakelbord.engine.case_fields import LARGEST_DAY
from schakelbord.engine.case_io import LargeCase, unreadable
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.json_text import decode_json
from schakelbord.errors import InputError

LARGEST_UNPACKED = 4_000_000_000
"""Bytes that the arrays of a file take at most."""

_COLUMNS = tuple(field.name for field in fields(ArrayCase) if field.name != "horizon")
_NAMES = ("organisation_id", "signal_id", "signal_type", "types_name", "channel_id", "body_id")
Column = npt.NDArray[np.generic]


def write_npz(path: Path, large: LargeCase) -> None:
    """Write a case as arrays.

    Raises:
        InputError: the file cannot be written.
    """
    rest = msgspec.json.encode({"needs": large.needs})
    columns = {name: getattr(large.arrays, name) for name in _COLUMNS}
    try:
        with path.open("wb") as file:
            np.savez_compressed(
                file, horizon=np.int64(large.arrays.horizon), rest=np.frombuffer(rest, dtype=np.uint8), **columns
            )
    except OSError as error:
        raise unreadable(path, error) from None


def read_npz(path: Path) -> LargeCase:
    """Read a case as arrays.

    Raises:
        InputError: it is not there, not an `.npz`, too large, or not a case; `where` names the array.
    """
    horizon, columns, rest = _load(path)
    arrays = _checked(horizon, columns)
    return LargeCase(arrays=arrays, needs=_needs(arrays, rest))


def read_npz_case(path: Path) -> Case:
    """Read a case from an `.npz` as objects.

    Raises:
        InputError: as for `read_npz`.
    """
    large = read_npz(path)
    return msgspec.structs.replace(case_of(large.arrays), needs=large.needs)


def large_case(case: Case) -> LargeCase:
    """A case of objects as arrays."""
    return LargeCase(arrays=arrays_of(case), needs=case.needs)


def _refuse(where: str, *, nl: str, en: str) -> NoReturn:
    raise InputError("bad_npz", where, nl=nl, en=en)


def _load(path: Path) -> tuple[int, dict[str, Column], bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
        if size > LARGEST_UNPACKED:
            _refuse(
                str(path),
                nl=f"dit bestand is uitgepakt groter dan {LARGEST_UNPACKED // 10**9} GB; dat lezen we niet.",
                en=f"unpacked, this file is larger than {LARGEST_UNPACKED // 10**9} GB; we do not read that.",
            )
        with np.load(path, allow_pickle=False) as archive_of_arrays:
            found = {name: np.asarray(archive_of_arrays[name]) for name in archive_of_arrays.files}
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, zipfile.BadZipFile, EOFError, KeyError, NotImplementedError):
        _refuse(
            str(path),
            nl="dit is geen .npz met een geval; maak er een met make-case.",
            en="this is not an .npz with a case; make one with make-case.",
        )
    for name in (*_COLUMNS, "horizon", "rest"):
        if name not in found:
            _refuse(name, nl="deze rij getallen ontbreekt in het bestand.", en="this array is missing in the file.")
    horizon = found["horizon"]
    if horizon.shape != () or horizon.dtype.kind not in "iu" or not 0 <= int(horizon) <= LARGEST_DAY:
        _refuse(
            "horizon", nl=f"hier hoort een getal van 0 tot {LARGEST_DAY}.", en=f"this must be from 0 to {LARGEST_DAY}."
        )
    return int(horizon), {name: found[name] for name in _COLUMNS}, found["rest"].tobytes()


def _checked(horizon: int, columns: dict[str, Column]) -> ArrayCase:
    for name, column in columns.items():
        kind = "U" if name in _NAMES else "iu"
        if column.ndim != 1 or column.dtype.kind not in kind:
            _refuse(name, nl="deze rij heeft niet de juiste vorm.", en="this array does not have the right shape.")
    long = {name: column.astype(np.int64) for name, column in columns.items() if name not in _NAMES}
    _check_sizes(columns)
    for name, (least, most) in _bounds(horizon, columns).items():
        if len(long[name]) and not (least <= int(long[name].min()) and int(long[name].max()) <= most):
            _refuse(
                name,
                nl=f"hierin staat een getal buiten {least} tot en met {most}.",
                en=f"this holds a number outside {least} to {most}.",
            )
    for start, rows in (("types_start", "types_name"), ("member_start", "member_organisation"), ("day_start", "day")):
        begins = long[start]
        if not len(begins) or begins[0] != 0 or begins[-1] != len(columns[rows]) or bool((np.diff(begins) < 0).any()):
            _refuse(start, nl=f"deze rij past niet bij {rows}.", en=f"this array does not fit {rows}.")
    _check_order(long)
    return ArrayCase(horizon=horizon, **{name: _typed(name, column) for name, column in columns.items()})  # type: ignore[arg-type]


def _typed(name: str, column: Column) -> Column:
    if name in _NAMES:
        return column
    return column.astype(np.int64 if name.endswith("_start") else np.int32)


def _check_sizes(columns: dict[str, Column]) -> None:
    for name, like in (
        ("signal_type", "signal_id"),
        *((f"observation_{part}", "observation_day") for part in ("signal", "organisation")),
        *((f"channel_{part}", "channel_id") for part in ("from", "to", "types", "delay", "from_day", "until_day")),
        ("body_types", "body_id"),
        ("member_from_day", "member_organisation"),
        ("member_until_day", "member_organisation"),
    ):
        if len(columns[name]) != len(columns[like]):
            _refuse(name, nl=f"deze rij is niet even lang als {like}.", en=f"this array is not as long as {like}.")
    for name in ("member_start", "day_start"):
        if len(columns[name]) != len(columns["body_id"]) + 1:
            _refuse(name, nl="deze rij past niet bij body_id.", en="this array does not fit body_id.")
    for name in ("organisation_id", "signal_id", "channel_id", "body_id"):
        if len(np.unique(columns[name])) != len(columns[name]):
            _refuse(name, nl="hierin staat een naam dubbel.", en="this holds a name twice.")


def _bounds(horizon: int, columns: dict[str, Column]) -> dict[str, tuple[int, int]]:
    organisation = (0, len(columns["organisation_id"]) - 1)
    types = (0, len(columns["types_start"]) - 2)
    day = (0, horizon)
    days = ("observation_day", "channel_from_day", "channel_until_day", "member_from_day", "member_until_day", "day")
    return {
        "observation_signal": (0, len(columns["signal_id"]) - 1),
        **dict.fromkeys(
            ("observation_organisation", "channel_from", "channel_to", "member_organisation"), organisation
        ),
        **dict.fromkeys(("channel_types", "body_types"), types),
        **dict.fromkeys(days, day),
        "channel_delay": (1, LARGEST_DAY),
    }


def _check_order(long: dict[str, npt.NDArray[np.int64]]) -> None:
    for kind in ("channel", "member"):
        if bool((long[f"{kind}_from_day"] > long[f"{kind}_until_day"]).any()):
            _refuse(
                f"{kind}_until_day",
                nl="hierin eindigt een periode vóór het begin; draai de dagen om.",
                en="in this a window ends before it begins; swap the days.",
            )
    rising = np.diff(long["day"]) > 0
    rising[
        long["day_start"][1:-1][(long["day_start"][1:-1] > 0) & (long["day_start"][1:-1] < len(long["day"]))] - 1
    ] = True
    if not bool(rising.all()):
        _refuse("day", nl="de dagen van een overleg moeten oplopen.", en="the days of a body must ascend.")


def _needs(arrays: ArrayCase, rest: bytes) -> tuple[Need, ...]:
    found = decode_json(rest)
    if not isinstance(found, dict):
        _refuse("rest", nl="hier hoort JSON met needs.", en="this must be JSON with needs.")
    signals = zip(arrays.signal_id.tolist(), arrays.signal_type.tolist(), strict=True)
    document = {
        "horizon": arrays.horizon,
        "organisations": arrays.organisation_id.tolist(),
        "signals": [{"id": name, "type": kind} for name, kind in signals],
        "needs": found.get("needs", []),
    }
    return parse_case(document).needs
