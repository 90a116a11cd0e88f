"""A pulse from a folder: `input.json`, `votes.csv` and `participants.csv`, the last two also as `.csv.gz`.

`votes.csv` has the columns participant, statement, vote and one row for each person and statement; `participants.csv`
has participant, layer and, if wanted, polis_group. Every mistake is told as one sentence with file and row.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from schakelbord.engine.case_io import unreadable
from schakelbord.errors import InputError
from schakelbord.pulse.ballots import Ballots, Ints, Parts, ballots, positions
from schakelbord.pulse.whole_numbers import MOST_DIGITS, whole_numbers

LARGEST_FILE = 500_000_000
"""Bytes of one file, unpacked."""
LONGEST_NAME = 60
_WHOLE = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}")
_VOTES = ("participant", "statement", "vote")
_PEOPLE = ("participant", "layer")
_GROUP = "polis_group"
_Id = Annotated[int, msgspec.Meta(ge=0, lt=10**MOST_DIGITS)]


@dataclass(frozen=True, slots=True, eq=False)
class PulseFolder:
    """What a folder holds.

    Args:
        name: of the conversation.
        ballots: the votes, with people in the order of their ids.
        groups: the column `polis_group`: groups that were found elsewhere; no names when it is not there.
    """

    name: str
    ballots: Ballots
    groups: Parts


class _Input(msgspec.Struct, frozen=True):
    conversation: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    moderated_out: tuple[_Id, ...] = ()


@dataclass(frozen=True, slots=True)
class _Person:
    layer: str | None
    group: str | None


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows of whole numbers, and the line on which each stands."""

    values: Ints
    lines: Ints


def read_folder(folder: Path) -> PulseFolder:
    """Read a pulse.

    Raises:
        InputError: a file is missing, cannot be read, or says something that cannot be.
    """
    if not folder.is_dir():
        raise InputError(
            "no_such_folder",
            str(folder),
            nl="deze map is er niet; kijk de naam na.",
            en="there is no such folder; check its name.",
        )
    about = _about(folder / "input.json")
    people = _people(_file(folder, "participants"))
    votes_file = _file(folder, "votes")
    rows = _votes(votes_file)
    _check_values(votes_file.name, rows)
    _check_people(votes_file.name, rows, people)
    try:
        table = ballots(
            rows.values,
            {number: person.layer for number, person in people.items()},
            moderated_out=about.moderated_out,
        )
    except InputError as error:
        raise InputError(error.code, votes_file.name, nl=error.nl, en=error.en) from None
    _check_doubles(votes_file.name, rows, table)
    groups = Parts.from_names(people[number].group for number in table.people.tolist())
    return PulseFolder(about.conversation, table, groups)


def _about(path: Path) -> _Input:
    try:
        return msgspec.json.decode(_bytes(path), type=_Input)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InputError(
            "bad_input_json",
            path.name,
            nl="dit moet JSON zijn met “conversation” (een naam) en “moderated_out” (een lijst van nummers).",
            en="this must be JSON with “conversation” (a name) and “moderated_out” (a list of numbers).",
        ) from None


def _file(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.csv.gz"
    return packed if packed.exists() else folder / f"{name}.csv"


def _bytes(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(
            "bad_gzip",
            path.name,
            nl="dit bestand is niet goed ingepakt of is niet heel; pak het opnieuw in met gzip.",
            en="this file is not packed well or is not whole; pack it again with gzip.",
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None
    if len(data) > LARGEST_FILE:
        raise InputError(
            "too_large",
            path.name,
            nl=f"dit bestand is groter dan {LARGEST_FILE // 1_000_000} MB en past hier niet.",
            en=f"this file is larger than {LARGEST_FILE // 1_000_000} MB and does not fit here.",
        )
    if not data.strip():
        raise InputError("empty", path.name, nl="dit bestand is leeg.", en="this file is empty.")
    return data.removeprefix(b"\xef\xbb\xbf")


def _votes(path: Path) -> _Rows:
    """All votes; quickly when the file is as we would write it, and with care when it is not."""
    data = _bytes(path).replace(b"\r\n", b"\n")
    head, _, body = data.partition(b"\n")
    if head == ",".join(_VOTES).encode() and (values := whole_numbers(body, len(_VOTES))) is not None:
        found = _Rows(values, np.arange(2, len(values) + 2))
    else:
        told = [
            (line, [_number(path.name, line, *pair) for pair in zip(_VOTES, cells, strict=True)])
            for line, cells in _table(path.name, data, _VOTES, ())
        ]
        found = _Rows(
            np.array([cells for _, cells in told], dtype=np.int64).reshape(-1, len(_VOTES)),
            np.array([line for line, _ in told], dtype=np.int64),
        )
    if not len(found.values):
        raise InputError("no_votes", path.name, nl="er staat geen stem in.", en="there is no vote in it.")
    return found


def _people(path: Path) -> dict[int, _Person]:
    found: dict[int, _Person] = {}
    for line, (person, layer, *rest) in _table(path.name, _bytes(path), _PEOPLE, (_GROUP,)):
        number = _number(path.name, line, "participant", person)
        if number < 0:
            raise _negative(path.name, line, "participant")
        if number in found:
            raise InputError(
                "doubled_participant",
                f"{path.name}:{line}",
                nl=f"deelnemer {number} staat er twee keer in; laat één rij staan.",
                en=f"participant {number} is in it twice; leave one row.",
            )
        group = _name(path.name, line, rest[0]) if rest else None
        found[number] = _Person(_name(path.name, line, layer), group)
    if not found:
        raise InputError("no_participants", path.name, nl="er staat geen deelnemer in.", en="there is nobody in it.")
    return found


def _table(
    file: str, data: bytes, columns: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row, in the order of `columns`; optional ones follow when the file has them."""
    try:
        text = data.decode()
        first = text.partition("\n")[0]
        # Where a comma stands in numbers, spreadsheets write semicolons between cells.
        between = ";" if ";" in first and "," not in first else ","
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True, skipinitialspace=True)
        head = [cell.strip() for cell in next(rows)]
        wanted = [*columns, *(name for name in optional if name in head)]
        if missing := [name for name in columns if name not in head]:
            raise InputError(
                "missing_column",
                f"{file}:1",
                nl=f"de kolom “{missing[0]}” ontbreekt; de eerste rij is: {','.join(columns)}.",
                en=f"the column “{missing[0]}” is missing; the first row is: {','.join(columns)}.",
            )
        places = [head.index(name) for name in wanted]
        for cells in rows:
            if not cells:
                continue
            if len(cells) != len(head):
                raise InputError(
                    "wrong_cells",
                    f"{file}:{rows.line_num}",
                    nl=f"deze rij heeft {len(cells)} vakken, de eerste rij {len(head)}.",
                    en=f"this row has {len(cells)} cells, the first row {len(head)}.",
                )
            yield rows.line_num, [cells[place].strip() for place in places]
    except UnicodeDecodeError:
        raise InputError(
            "not_utf8",
            file,
            nl="dit bestand heeft tekens die geen UTF-8 zijn; bewaar het als UTF-8.",
            en="this file has signs that are not UTF-8; save it as UTF-8.",
        ) from None
    except csv.Error:
        raise InputError(
            "bad_csv",
            f"{file}:{rows.line_num}",
            nl="deze rij is niet te lezen; kijk naar aanhalingstekens en vreemde tekens.",
            en="this row cannot be read; look at quotation marks and odd signs.",
        ) from None


def _number(file: str, line: int, column: str, text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    said = _said(text)
    raise InputError(
        "not_a_number",
        f"{file}:{line}",
        nl=f"in de kolom “{column}” staat “{said}”; dat moet een heel getal zijn, hoogstens {MOST_DIGITS} cijfers.",
        en=f"the column “{column}” says “{said}”; that must be a whole number of at most {MOST_DIGITS} digits.",
    )


def _name(file: str, line: int, text: str) -> str | None:
    """A name of a part, or None for none; never one that a spreadsheet would run."""
    if not text:
        return None
    if len(text) > LONGEST_NAME or not text.isprintable() or text[0] in "=+-@":
        raise InputError(
            "bad_name",
            f"{file}:{line}",
            nl=f"“{_said(text)}” kan geen naam zijn: hoogstens {LONGEST_NAME} tekens, zonder = + - @ vooraan.",
            en=f"“{_said(text)}” cannot be a name: at most {LONGEST_NAME} signs, without = + - @ in front.",
        )
    return text


def _check_values(file: str, rows: _Rows) -> None:
    for place, column in enumerate(_VOTES[:2]):
        if len(wrong := np.flatnonzero(rows.values[:, place] < 0)):
            raise _negative(file, int(rows.lines[wrong[0]]), column)
    if len(wrong := np.flatnonzero(np.abs(rows.values[:, 2]) > 1)):
        raise InputError(
            "bad_vote",
            f"{file}:{rows.lines[wrong[0]]}",
            nl=f"een stem is 1 (eens), 0 (geen mening) of -1 (oneens), niet {rows.values[wrong[0], 2]}.",
            en=f"a vote is 1 (agree), 0 (pass) or -1 (disagree), not {rows.values[wrong[0], 2]}.",
        )


def _check_people(file: str, rows: _Rows, people: dict[int, _Person]) -> None:
    known = np.array(sorted(people), dtype=np.int64)
    if len(wrong := np.flatnonzero(positions(known, rows.values[:, 0]) < 0)):
        stranger = rows.values[wrong[0], 0]
        raise InputError(
            "unknown_participant",
            f"{file}:{rows.lines[wrong[0]]}",
            nl=f"deelnemer {stranger} staat niet in de lijst van deelnemers.",
            en=f"participant {stranger} is not in the list of participants.",
        )


def _check_doubles(file: str, rows: _Rows, table: Ballots) -> None:
    """A file holds last votes only, so a second one is a mistake that we cannot settle."""
    if table.cast() == len(rows.values):
        return
    person, statement = rows.values[:, 0], rows.values[:, 1]
    keys = positions(table.people, person) * len(table.statements) + positions(table.statements, statement)
    _, first = np.unique(keys, return_index=True)
    again = int(np.setdiff1d(np.arange(len(keys)), first)[0])
    raise InputError(
        "doubled_vote",
        f"{file}:{rows.lines[again]}",
        nl=f"deelnemer {person[again]} stemde al over stelling {statement[again]}; laat alleen de laatste stem staan.",
        en=f"participant {person[again]} already voted on statement {statement[again]}; leave the last vote only.",
    )


def _negative(file: str, line: int, column: str) -> InputError:
    return InputError(
        "negative_id",
        f"{file}:{line}",
        nl=f"in de kolom “{column}” staat een getal onder nul; nummers beginnen bij 0.",
        en=f"the column “{column}” has a number below zero; numbers begin at 0.",
    )


def _said(text: str) -> str:
    """What somebody wrote, short and without signs that a terminal would obey."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in text[:30])
    return clean + ("…" if len(text) > 30 else "")
