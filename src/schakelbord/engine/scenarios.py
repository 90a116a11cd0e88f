"""Many scenarios of one network in one pass over the days, side by side in the bits of plain Python integers.

A *scenario* is a way the rules of play could be: a set of obstacle classes dropped, or a set of repairs switched on.
With `n` signals, scenario s holds signal k in bit `s * n + k`. A link lets bits through in a phase for the scenarios
in which it is open then. One rule governs everything: what you learn today you can pass on from tomorrow; a meeting
reads what was held the day before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from schakelbord.engine.compile import Link, Meeting, Network
from schakelbord.engine.obstacles import is_open

# For a link or meeting and its mask of obstacles: the scenarios in which it is open, one bit each.
Openness = Callable[[Link | Meeting, int], int]
# The same for the seat of a member in a meeting.
SeatOpenness = Callable[[Meeting, str, int], int]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a pass plays: the scenarios, who is open when, and whether delays are a day and bodies meet daily."""

    scenarios: int
    link: Openness
    seat: SeatOpenness
    at_once: bool = False


@dataclass(slots=True)
class Spread:
    """Who holds what since when: for each instance the days on which bits came in, in order."""

    network: Network
    scenarios: int
    arrived: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def day(self, instance: str, number: int, scenario: int = 0) -> int | None:
        """The first day on which an instance holds signal `number` in a scenario, or None."""
        bit = 1 << (scenario * len(self.network.signals) + number)
        return next((day for day, bits in self.arrived.get(instance, ()) if bits & bit), None)

    def days(self, number: int, scenario: int = 0) -> dict[str, int]:
        """Everybody who holds signal `number` in a scenario, with the first day."""
        found = ((instance, self.day(instance, number, scenario)) for instance in self.arrived)
        return {instance: day for instance, day in found if day is not None}


def replicate(pattern: int, stride: int) -> int:
    """One bit a scenario becomes one bit at every `stride`."""
    digits = str.maketrans({"0": "0" * stride, "1": "0" * (stride - 1) + "1"})
    return int(format(pattern, "b").translate(digits), 2)


def spread(network: Network, rules: Rules) -> Spread:
    """Play the days of a network in all scenarios of the rules.

    Returns:
        First arrivals of every signal at every instance, for each scenario.
    """
    return _Pass(network, rules).run()


class _Pass:
    """The state of one pass over the days."""

    def __init__(self, network: Network, rules: Rules) -> None:
        self.network = network
        self.at_once = rules.at_once
        self.stride = max(1, len(network.signals))
        self._wide: dict[int, int] = {}
        self.scenarios = rules.scenarios
        self.starts = [phase.from_day for phase in network.phases]
        self.out: dict[str, list[tuple[Link, tuple[int, ...]]]] = {}
        for link in network.links:
            through = tuple(self._widen(rules.link(link, mask)) * link.carries for mask in link.masks)
            if any(through):
                self.out.setdefault(link.sender, []).append((link, through))
        self.meetings = [self._table(meeting, rules) for meeting in network.meetings]
        self.seats_of: dict[str, list[int]] = {}
        for place, (meeting, _, _) in enumerate(self.meetings):
            for seat in meeting.seats:
                self.seats_of.setdefault(seat.instance, []).append(place)
        self.held: dict[str, int] = {}
        self.due: dict[int, dict[str, int]] = {}
        self.agenda: dict[int, set[int]] = {}
        self.days: list[int] = []
        self.result = Spread(network, rules.scenarios)

    def _widen(self, pattern: int) -> int:
        """The scenarios of a pattern at the stride of this network; few patterns occur, so they are kept."""
        found = self._wide.get(pattern)
        if found is None:
            found = self._wide[pattern] = replicate(pattern, self.stride)
        return found

    def _table(
        self, meeting: Meeting, rules: Rules
    ) -> tuple[Meeting, tuple[int, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
        """A meeting with what passes in each phase, for the body and for every seat."""
        every = (1 << self.stride) - 1
        body = tuple(self._widen(rules.link(meeting, mask)) * meeting.carries for mask in meeting.masks)
        seats = tuple(
            (seat.instance, tuple(self._widen(rules.seat(meeting, seat.instance, mask)) * every for mask in seat.masks))
            for seat in meeting.seats
        )
        return meeting, body, seats

    def run(self) -> Spread:
        """All days on which something can happen, in order."""
        everywhere = self._widen((1 << self.scenarios) - 1)
        for instance, sights in self.network.seen.items():
            for number, day in sights.items():
                self._post(day, instance, everywhere << number)
        for place in range(len(self.meetings)):
            for start in self.starts:
                self._call(place, start)
        heapify(self.days)
        while self.days:
            day = heappop(self.days)
            new = self.due.pop(day, {})
            for place in self.agenda.pop(day, ()):
                self._meet(place, day, new)
            for instance, bits in new.items():
                self._learn(day, instance, bits)
        return self.result

    def _post(self, day: int, instance: str, bits: int) -> None:
        """Bits arrive at an instance on a day, unless the story is over by then."""
        if day > self.network.horizon:
            return
        box = self.due.get(day)
        if box is None:
            box = self.due[day] = {}
            if day not in self.agenda:
                heappush(self.days, day)
        box[instance] = box.get(instance, 0) | bits

    def _call(self, place: int, earliest: int) -> None:
        """Put the first meeting of a body on or after a day in the agenda."""
        meeting = self.meetings[place][0]
        day = earliest if self.at_once else meeting_on_or_after(meeting, earliest)
        if day > self.network.horizon:
            return
        if day not in self.agenda:
            self.agenda[day] = set()
            if day not in self.due:
                heappush(self.days, day)
        self.agenda[day].add(place)

    def _meet(self, place: int, day: int, new: dict[str, int]) -> None:
        """Present members share what they held the day before."""
        _, body, seats = self.meetings[place]
        phase = self._phase(day)
        if not body[phase]:
            return
        pool = 0
        for instance, present in seats:
            pool |= self.held.get(instance, 0) & present[phase]
        pool &= body[phase]
        if not pool:
            return
        for instance, present in seats:
            fresh = pool & present[phase] & ~self.held.get(instance, 0)
            if fresh:
                new[instance] = new.get(instance, 0) | fresh

    def _learn(self, day: int, instance: str, bits: int) -> None:
        """An instance holds new bits; it sends them on and brings them to its next meetings."""
        before = self.held.get(instance, 0)
        fresh = bits & ~before
        if not fresh:
            return
        self.held[instance] = before | fresh
        self.result.arrived.setdefault(instance, []).append((day, fresh))
        for link, through in self.out.get(instance, ()):
            self._send(day, link, through, fresh)
        for place in self.seats_of.get(instance, ()):
            self._call(place, day + 1)

    def _send(self, day: int, link: Link, through: tuple[int, ...], bits: int) -> None:
        """Every bit leaves on the first day on which the link is open for it."""
        delay = 1 if self.at_once else link.delay
        for phase in range(self._phase(day), len(self.starts)):
            sent = bits & through[phase]
            if sent:
                self._post(max(day, self.starts[phase]) + delay, link.receiver, sent)
                bits &= ~sent
                if not bits:
                    return

    def _phase(self, day: int) -> int:
        return bisect_left(self.starts, day + 1) - 1


def meeting_on_or_after(meeting: Meeting, day: int) -> int:
    """The first day of a body's rhythm that is not before a day."""
    late = day - meeting.first_day
    return meeting.first_day if late <= 0 else meeting.first_day + -(-late // meeting.every_days) * meeting.every_days


def class_rules(dropped: Iterable[int], *, at_once: bool) -> Rules:
    """Rules in which scenario s drops the classes in the mask `dropped[s]`."""
    masks = tuple(dropped)
    kept: dict[int, int] = {}

    def open_in(mask: int) -> int:
        found = kept.get(mask)
        if found is None:
            found = kept[mask] = sum(1 << place for place, gone in enumerate(masks) if is_open(mask, gone))
        return found

    return Rules(
        scenarios=len(masks),
        link=lambda _, mask: open_in(mask),
        seat=lambda _, __, mask: open_in(mask),
        at_once=at_once,
    )
