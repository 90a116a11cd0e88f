"""The pieces about one doll as a case of the low level, so that a reading can be checked by other means."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from schakelbord.engine.case import Body, Case, Channel, Member, Observation, Signal
from schakelbord.engine.compile import Link, Meeting, Network
from schakelbord.engine.obstacles import TIME, is_open
from schakelbord.engine.scenarios import meeting_on_or_after


def case_of(network: Network, dropped: int = 0) -> Case:
    """The network of a doll when the classes of obstacles in `dropped` are gone.

    Every signal is a type of its own. A link that opens more than once becomes a channel for each time.
    """
    channels = [
        channel for place, link in enumerate(network.links) for channel in _channels(network, link, place, dropped)
    ]
    bodies = [body for meeting in network.meetings if (body := _body(network, meeting, dropped)).members]
    names = dict.fromkeys(
        [
            *network.seen,
            *(end for channel in channels for end in (channel.sender, channel.receiver)),
            *(member.organisation for body in bodies for member in body.members),
        ]
    )
    return Case(
        horizon=network.horizon,
        organisations=tuple(names),
        signals=tuple(Signal(signal, signal) for signal in network.signals),
        observations=tuple(
            Observation(network.signals[number], instance, day)
            for instance, days in network.seen.items()
            for number, day in days.items()
        ),
        channels=tuple(channels),
        bodies=tuple(bodies),
        needs=(),
        options=(),
    )


def _types(network: Network, carries: int) -> tuple[str, ...]:
    return tuple(signal for number, signal in enumerate(network.signals) if carries >> number & 1)


def _windows(network: Network, masks: tuple[int, ...], dropped: int) -> Iterator[tuple[int, int]]:
    """First and last day of each stretch of phases in which these masks are open."""
    pairs = zip(network.phases, masks, strict=True)
    for opened, stretch in groupby(pairs, key=lambda pair: is_open(pair[1], dropped)):
        if opened:
            phases = [phase for phase, _ in stretch]
            yield phases[0].from_day, phases[-1].until_day


def _channels(network: Network, link: Link, place: int, dropped: int) -> Iterator[Channel]:
    delay = 1 if dropped & TIME else link.delay
    for number, (first, last) in enumerate(_windows(network, link.masks, dropped)):
        name = f"{link.type}#{place}.{number}"
        yield Channel(name, link.sender, link.receiver, _types(network, link.carries), delay, first, last)


def _body(network: Network, meeting: Meeting, dropped: int) -> Body:
    days: list[int] = []
    for first, last in _windows(network, meeting.masks, dropped):
        days += _days(meeting, first, last, daily=bool(dropped & TIME))
    members = tuple(
        Member(seat.instance, first, last)
        for seat in meeting.seats
        for first, last in _windows(network, seat.masks, dropped)
    )
    return Body(meeting.id, _types(network, meeting.carries), tuple(days), members)


def _days(meeting: Meeting, first: int, last: int, *, daily: bool) -> range:
    """The days on which a body meets within a window."""
    return range(first, last + 1) if daily else range(meeting_on_or_after(meeting, first), last + 1, meeting.every_days)
