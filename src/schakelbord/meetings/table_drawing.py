"""The small drawing of a table: where its chairs stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from schakelbord.meetings.models import Attendance, Table

MIDDLE, CHAIRS_AT, CHAIR = 100, 82, 12


@dataclass(frozen=True, slots=True)
class Chair:
    """A chair; in units of a square of 200. `kind` is the layer of who sits there, `empty` for nobody."""

    x: float
    y: float
    kind: str
    is_host: bool

    @property
    def top(self) -> float:
        """Where the half of a chair of both layers begins."""
        return self.y - CHAIR


def chairs_of(table: Table, people: Sequence[Attendance]) -> tuple[Chair, ...]:
    """The chairs around a table, clockwise from the top, the host first."""
    count = max(table.capacity, len(people), 1)
    seated = sorted(people, key=lambda one: (one.pk != table.host_id, one.pk))
    found = []
    for place in range(count):
        angle = 2 * math.pi * place / count - math.pi / 2
        one = seated[place] if place < len(seated) else None
        found.append(
            Chair(
                x=MIDDLE + CHAIRS_AT * math.cos(angle),
                y=MIDDLE + CHAIRS_AT * math.sin(angle),
                kind=one.layer if one else "empty",
                is_host=one is not None and one.pk == table.host_id,
            )
        )
    return tuple(found)
