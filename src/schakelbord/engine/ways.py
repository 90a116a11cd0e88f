"""The ways of pieces: for one scenario, by which link each holder learnt a signal, and hop by hop from the first sight.

Of equal arrivals the way with fewer hops wins, then the smaller link, then the smaller sender, step by step back from
the end; a sender counts from the day on which it holds the piece itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schakelbord.engine.compile import Link, Meeting, Network
from schakelbord.engine.reading import Hop
from schakelbord.engine.scenarios import meeting_on_or_after

# Whether a link, meeting or seat with this mask of obstacles is open.
Open = Callable[[Link | Meeting, int], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """A piece goes from `sender` to `receiver`, leaving on `sent`, by a link whose obstacles on that day are `mask`."""

    sender: str
    receiver: str
    sent: int
    day: int
    link: Link | Meeting
    mask: int

    @property
    def name(self) -> str:
        """The id of the link: of a channel or escalation its type, of a body with its area."""
        return self.link.type if isinstance(self.link, Link) else self.link.id


class Routes:
    """The links of a network by receiver, so that many ways can be looked up."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def links_into(self) -> dict[str, list[Link]]:
        """Links by receiver."""
        found: dict[str, list[Link]] = {}
        for link in self.network.links:
            found.setdefault(link.receiver, []).append(link)
        return found

    @cached_property
    def meetings_of(self) -> dict[str, list[Meeting]]:
        """Meetings by member."""
        found: dict[str, list[Meeting]] = {}
        for meeting in self.network.meetings:
            for seat in {seat.instance for seat in meeting.seats}:
                found.setdefault(seat, []).append(meeting)
        return found

    def phase(self, day: int) -> int:
        """The number of the phase of a day."""
        return next(place for place, phase in enumerate(self.network.phases) if day <= phase.until_day)


class Ways:
    """The ways of one signal in one scenario.

    Args:
        routes: the links of the doll's network.
        number: bit of the signal.
        held: first day of every holder in this scenario.
        is_open: which obstacles do not count.
        at_once: whether every delay is one day and bodies meet daily.
    """

    def __init__(
        self, routes: Routes, number: int, held: dict[str, int], is_open: Open, *, at_once: bool = False
    ) -> None:
        self.routes = routes
        self.number = number
        self.held = held
        self.is_open = is_open
        self.at_once = at_once
        self._last: dict[str, tuple[int, Step | None]] = {}

    def hops(self, instance: str) -> tuple[Hop, ...]:
        """Hop by hop from the first sight to an instance that holds the signal; empty when it does not."""
        if instance not in self.held:
            return ()
        steps = list(self.steps(instance))
        first = steps[0].sender if steps else instance
        seen = Hop(link_kind="observation", by="observation", to=first, day=self.held[first])
        return (seen, *(hop_of(step) for step in steps))

    def steps(self, instance: str) -> tuple[Step, ...]:
        """The same as steps, without the first sight."""
        found: list[Step] = []
        step = self._best(instance)[1]
        while step is not None:
            found.append(step)
            step = self._best(step.sender)[1]
        return tuple(reversed(found))

    def last(self, instance: str) -> Step | None:
        """The step by which an instance learnt the signal; None when it saw it itself."""
        return self._best(instance)[1]

    def _best(self, instance: str) -> tuple[int, Step | None]:
        """Least hops to an instance and the last step of that way. Days fall step by step, so this ends."""
        known = self._last.get(instance)
        if known is not None:
            return known
        day = self.held[instance]
        if self.routes.network.seen.get(instance, {}).get(self.number) == day:
            found: tuple[int, Step | None] = (0, None)
        else:
            ranked = ((self._best(step.sender)[0] + 1, step.name, step.sender, step) for step in self._into(instance))
            hops, _, _, step = min(ranked, key=lambda row: row[:3])
            found = (hops, step)
        self._last[instance] = found
        return found

    def _into(self, instance: str) -> Iterator[Step]:
        """Every step that brings the signal to an instance on exactly the day on which it holds it."""
        day = self.held[instance]
        bit = 1 << self.number
        for link in self.routes.links_into.get(instance, ()):
            if link.carries & bit and self.held.get(link.sender, day) < day:
                step = self.sent(link)
                if step is not None and step.day == day:
                    yield step
        phase = self.routes.phase(day)
        for meeting in self.routes.meetings_of.get(instance, ()):
            if meeting.carries & bit and self._meets(meeting, day):
                yield from self._told(meeting, instance, phase, day)

    def sent(self, link: Link) -> Step | None:
        """When a link would deliver what its sender holds, or None when it never opens in time."""
        since = self.held[link.sender]
        for place, phase in enumerate(self.routes.network.phases):
            if phase.until_day >= since and self.is_open(link, link.masks[place]):
                sent = max(since, phase.from_day)
                day = sent + (1 if self.at_once else link.delay)
                return Step(link.sender, link.receiver, sent, day, link, link.masks[place])
        return None

    def _meets(self, meeting: Meeting, day: int) -> bool:
        return self.at_once or meeting_on_or_after(meeting, day) == day

    def _told(self, meeting: Meeting, instance: str, phase: int, day: int) -> Iterator[Step]:
        """Who could have told an instance in a meeting: present members that held the signal the day before."""
        body = meeting.masks[phase]
        if not self.is_open(meeting, body):
            return
        present = [seat for seat in meeting.seats if self.is_open(meeting, seat.masks[phase])]
        own = [seat.masks[phase] for seat in present if seat.instance == instance]
        if not own:
            return
        for seat in present:
            if seat.instance != instance and self.held.get(seat.instance, day) < day:
                yield Step(seat.instance, instance, day, day, meeting, body | own[0] | seat.masks[phase])


def hop_of(step: Step) -> Hop:
    """A step as the hop of a path."""
    return Hop(
        link_kind=_kind(step.link), by=step.name, to=step.receiver, day=step.day, from_=step.sender, sent=step.sent
    )


def _kind(link: Link | Meeting) -> Literal["channel", "body", "escalation"]:
    if isinstance(link, Meeting):
        return "body"
    return "escalation" if link.kind == "escalation" else "channel"
