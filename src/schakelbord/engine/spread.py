"""One pass over the days of a small case, with plain-Python bit sets. No numpy, no numba: nothing to load or compile.

Only days on which something can happen are visited. A body sleeps until a member gets something it carries, or until a
member's window begins; its next meeting is then put in the agenda. Meetings of one day all read what was held the day
before, then everything of that day is written at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from schakelbord.engine.network import Network, NumberedBody

Gain = tuple[int, int, int]
"""(day, organisation, bits that it holds from that day on)."""


def spread(
    network: Network, enough: Callable[[list[int]], bool] | None = None, *, until: int | None = None
) -> list[Gain]:
    """Who gets which signals on which day, by day.

    Args:
        network: the case as numbers.
        enough: asked after every day with the bits held by each organisation; the pass ends when it says so.
        until: the last day that matters; the horizon when None.
    """
    run = _Run(network)
    last = network.horizon if until is None else min(until, network.horizon)
    gains: list[Gain] = []
    while run.agenda:
        day = heappop(run.agenda)
        if day > last:
            break
        gained = run.live(day)
        gains.extend((day, organisation, bits) for organisation, bits in gained.items())
        if enough is not None and enough(run.held):
            break
        for organisation, bits in gained.items():
            run.pass_on(day, organisation, bits)
    return gains


@dataclass(slots=True)
class _Today:
    arriving: list[tuple[int, int]] = field(default_factory=list)
    meeting: set[int] = field(default_factory=set)


class _Run:
    """What is held, and the agenda of days on which something arrives or a body meets."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.held = [0] * network.size
        self.agenda: list[int] = []
        self.days: dict[int, _Today] = {}
        self.channels_of: list[list[int]] = [[] for _ in range(network.size)]
        self.bodies_of: list[list[int]] = [[] for _ in range(network.size)]
        for day, organisation, bits in network.seen:
            self.on(day).arriving.append((organisation, bits))
        for number, channel in enumerate(network.channels):
            if channel.mask:
                self.channels_of[channel.sender].append(number)
        for number, body in enumerate(network.bodies):
            if body.mask and body.days:
                self.member(number, body)

    def member(self, number: int, body: NumberedBody) -> None:
        for organisation in {member[0] for member in body.members}:
            self.bodies_of[organisation].append(number)
        for from_day in {member[1] for member in body.members if member[1] > 0}:
            self.wake(number, from_day)

    def on(self, day: int) -> _Today:
        today = self.days.get(day)
        if today is None:
            today = self.days[day] = _Today()
            heappush(self.agenda, day)
        return today

    def wake(self, number: int, not_before: int) -> None:
        days = self.network.bodies[number].days
        place = bisect_left(days, not_before)
        if place < len(days):
            self.on(days[place]).meeting.add(number)

    def live(self, day: int) -> dict[int, int]:
        """Read all meetings, then write; returns the new bits of each organisation."""
        today = self.days.pop(day)
        writes = [write for number in today.meeting for write in self.shared(self.network.bodies[number], day)]
        gained: dict[int, int] = {}
        for organisation, bits in (*today.arriving, *writes):
            new = bits & ~self.held[organisation]
            if new:
                self.held[organisation] |= new
                gained[organisation] = gained.get(organisation, 0) | new
        return gained

    def shared(self, body: NumberedBody, day: int) -> list[tuple[int, int]]:
        present = [member[0] for member in body.members if member[1] <= day <= member[2]]
        pool = 0
        for organisation in present:
            pool |= self.held[organisation]
        pool &= body.mask
        return [(organisation, pool) for organisation in present] if pool else []

    def pass_on(self, day: int, organisation: int, bits: int) -> None:
        """Send new bits down the channels and wake the bodies that carry any of them."""
        for number in self.channels_of[organisation]:
            channel = self.network.channels[number]
            sent_on = max(day, channel.from_day)
            if channel.mask & bits and sent_on <= channel.until_day and sent_on + channel.delay <= self.network.horizon:
                self.on(sent_on + channel.delay).arriving.append((channel.receiver, channel.mask & bits))
        for number in self.bodies_of[organisation]:
            if self.network.bodies[number].mask & bits:
                self.wake(number, day + 1)
