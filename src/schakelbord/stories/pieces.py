"""Who holds which piece on a day, and by which way it came: read off the timeline of a reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schakelbord.engine.reading import Arrival, NeedResult, Reading
from schakelbord.engine.story import Story

Piece = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Holdings:
    """The timeline of a reading, ready to be asked. A piece is held from the day of its first arrival on."""

    first: dict[Piece, Arrival]

    def of(self, instance: str, day: int) -> tuple[Arrival, ...]:
        """What an instance holds on a day, oldest first."""
        held = [row for (holder, _, _), row in self.first.items() if holder == instance and row.day <= day]
        return tuple(sorted(held, key=lambda row: (row.day, row.signal, row.about)))

    def about(self, doll: str, day: int) -> dict[str, tuple[Arrival, ...]]:
        """Who holds something about a doll on a day: arrivals by signal, oldest first."""
        found: dict[str, list[Arrival]] = {}
        for row in sorted(self.first.values(), key=lambda row: (row.day, row.organisation)):
            if row.about == doll and row.day <= day:
                found.setdefault(row.signal, []).append(row)
        return {signal: tuple(rows) for signal, rows in found.items()}

    def way(self, arrival: Arrival) -> tuple[Arrival, ...]:
        """The hops by which a piece came to its holder, from the first observation on."""
        hops = [arrival]
        while (sender := hops[0].from_) is not None and len(hops) < 200:
            before = self.first.get((sender, arrival.signal, arrival.about))
            if before is None or before in hops:
                break
            hops.insert(0, before)
        return tuple(hops)


def holdings_of(reading: Reading) -> Holdings:
    """The holdings of a reading. Of several arrivals of one piece the first counts."""
    first: dict[Piece, Arrival] = {}
    for row in reading.timeline:
        piece = (row.organisation, row.signal, row.about)
        if piece not in first or row.day < first[piece].day:
            first[piece] = row
    return Holdings(first)


def dolls_of(story: Story, need: NeedResult) -> tuple[str, ...]:
    """The dolls that count for a need: the one it is about and those of `also` in its deadline."""
    also = [
        other
        for deadline in story.deadlines
        if (deadline.pattern, deadline.about, deadline.by) == (need.pattern, need.about, need.by)
        for other in deadline.also
    ]
    return tuple(dict.fromkeys([need.about, *also]))


def signals_held(
    holdings: Holdings, instance: str, day: int, *, signals: Iterable[str], dolls: Iterable[str]
) -> frozenset[str]:
    """Which of these signals an instance holds on a day about any of these dolls."""
    wanted, about = set(signals), set(dolls)
    return frozenset(row.signal for row in holdings.of(instance, day) if row.signal in wanted and row.about in about)
