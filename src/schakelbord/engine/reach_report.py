"""The answer of `reach` as JSON text, written piece by piece: a national answer is too large to hold as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from schakelbord.engine.case import Case
from schakelbord.engine.case_io import LargeCase
from schakelbord.engine.needs import NeedMet, judge
from schakelbord.engine.paths import Paths
from schakelbord.engine.reach import Reach

Row = tuple[str, str, int]
ROWS_TOGETHER = 10_000


def report(answer: Reach, paths_of: Case | None = None) -> Iterator[bytes]:
    """The JSON of `reach`: held, needs, and the paths of all pairs when a case is given for them."""
    yield from _held(answer.rows())
    yield from _needs(answer.needs)
    if paths_of is not None:
        found = Paths(paths_of, answer.held)
        yield b',\n"paths":{'
        for number, (organisation, signal, _) in enumerate(answer.rows()):
            hops = [hop.as_json() for hop in found.path(organisation, signal)]
            key = msgspec.json.encode(f"{organisation}|{signal}")
            yield (b",\n" if number else b"\n") + key + b":" + msgspec.json.encode(hops)
        yield b"}"
    yield b"}\n"


def large_report(large: LargeCase) -> Iterator[bytes]:
    """The same for a case as arrays, row by row from the matrix of first days."""
    from schakelbord.engine.reach_arrays import NEVER, first_days  # noqa: PLC0415  a small case never waits for numpy

    days = first_days(large.arrays)
    organisations, signals = large.arrays.organisation_id.tolist(), large.arrays.signal_id.tolist()
    column_order = sorted(range(len(signals)), key=signals.__getitem__)
    held: dict[tuple[str, str], int] = {}

    def rows() -> Iterator[Row]:
        for number in sorted(range(len(organisations)), key=organisations.__getitem__):
            row = days.of(number).tolist()
            for column in column_order:
                if row[column] != NEVER:
                    yield organisations[number], signals[column], row[column]

    where = {name: number for number, name in enumerate(organisations)}
    which = {name: number for number, name in enumerate(signals)}
    for need in large.needs:
        for signal in need.signals:
            if (day := int(days.of(where[need.organisation])[which[signal]])) != NEVER:
                held[need.organisation, signal] = day
    yield from _held(rows())
    yield from _needs(judge(large.needs, held))
    yield b"}\n"


def _held(rows: Iterable[Row]) -> Iterator[bytes]:
    yield b'{"held":['
    rest = iter(rows)
    first = True
    while some := list(islice(rest, ROWS_TOGETHER)):
        yield (b"" if first else b",") + msgspec.json.encode(some)[1:-1]
        first = False
    yield b"],\n"


def _needs(needs: tuple[NeedMet, ...]) -> Iterator[bytes]:
    yield b'"needs":' + msgspec.json.encode(needs)
