"""Needs: on which day an organisation holds enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from schakelbord.engine.case import Need


class NeedMet(msgspec.Struct, frozen=True):
    """The first day on which a need is met (None: never), and whether that is in time."""

    id: str
    met_on: int | None
    in_time: bool


def met_on(need: Need, held: Mapping[tuple[str, str], int]) -> int | None:
    """The first day on which the organisation of the need holds enough of its signals."""
    days = sorted(held[key] for signal in need.signals if (key := (need.organisation, signal)) in held)
    return days[need.at_least - 1] if len(days) >= need.at_least else None


def judge(needs: Iterable[Need], held: Mapping[tuple[str, str], int]) -> tuple[NeedMet, ...]:
    """Every need with its day, in the order given."""
    days = ((need, met_on(need, held)) for need in needs)
    return tuple(NeedMet(id=need.id, met_on=day, in_time=day is not None and day <= need.by) for need, day in days)
