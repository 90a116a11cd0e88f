"""Reach: who holds which signal from which day. Chooses the way to compute it by the size of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schakelbord.engine.case import Case
from schakelbord.engine.needs import NeedMet, judge
from schakelbord.engine.network import network_of, numbers_in
from schakelbord.engine.spread import spread

SMALL = 200_000
"""Seats at all meetings, plus channels, up to which plain-Python bit sets are used; above it, arrays."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The answer for a case: `held` by (organisation, signal), and every need with its day."""

    held: Mapping[tuple[str, str], int]
    needs: tuple[NeedMet, ...]

    def rows(self) -> list[tuple[str, str, int]]:
        """All pairs as (organisation, signal, day), sorted by organisation and signal."""
        return sorted((organisation, signal, day) for (organisation, signal), day in self.held.items())


def size_of(case: Case) -> int:
    """Seats at all meetings, plus channels: what the time of a pass grows with."""
    return sum(len(body.days) * len(body.members) for body in case.bodies) + len(case.channels)


def reach(case: Case) -> Reach:
    """Who holds which signal since when, exactly as `reference.held_by_definition` says.

    Args:
        case: a checked case of any size; numpy and numba are loaded only for one above `SMALL`.
    """
    held = _small(case) if size_of(case) <= SMALL else _large(case)
    return Reach(held=held, needs=judge(case.needs, held))


def _small(case: Case) -> dict[tuple[str, str], int]:
    signals = [signal.id for signal in case.signals]
    held: dict[tuple[str, str], int] = {}
    for day, number, bits in spread(network_of(case)):
        for signal in numbers_in(bits):
            held[case.organisations[number], signals[signal]] = day
    return held


def _large(case: Case) -> dict[tuple[str, str], int]:
    # Only here, so that a small case never waits for numpy.
    from schakelbord.engine.arrays import arrays_of  # noqa: PLC0415
    from schakelbord.engine.reach_arrays import first_days, held_in  # noqa: PLC0415

    arrays = arrays_of(case)
    return held_in(arrays, first_days(arrays))
