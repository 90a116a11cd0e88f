"""Who holds what since when, straight from the definition: slow, readable, and what every faster way is held against.

Source: design of the engine, section 1: `held(o, s)` is the least day that satisfies the rules for observations,
channels and bodies. Starting from nobody, the rules are applied until nothing becomes earlier.
"""

from __future__ import annotations

from collections.abc import Iterator

from schakelbord.engine.case import Body, Case, Channel, carries

Held = dict[tuple[str, str], int]
"""(organisation, signal) -> first day on which it is held."""


def held_by_definition(case: Case) -> Held:
    """The first day of every pair that is held at all, by applying the rules until nothing changes.

    Args:
        case: a checked case.
    """
    held: Held = {}
    changed = True
    while changed:
        changed = False
        for organisation, signal, day in _arrivals(case, held):
            if day <= case.horizon and day < held.get((organisation, signal), case.horizon + 1):
                held[organisation, signal] = day
                changed = True
    return held


def _arrivals(case: Case, held: Held) -> Iterator[tuple[str, str, int]]:
    for seen in case.observations:
        yield seen.organisation, seen.signal, seen.day
    for signal in case.signals:
        for channel in case.channels:
            if carries(channel.types, signal.type):
                yield from _sent(channel, signal.id, held)
        for body in case.bodies:
            if carries(body.types, signal.type):
                yield from _met(body, signal.id, held)


def _sent(channel: Channel, signal: str, held: Held) -> Iterator[tuple[str, str, int]]:
    since = held.get((channel.sender, signal))
    if since is None:
        return
    sent_on = max(since, channel.from_day)
    if sent_on <= channel.until_day:
        yield channel.receiver, signal, sent_on + channel.delay


def _met(body: Body, signal: str, held: Held) -> Iterator[tuple[str, str, int]]:
    for day in body.days:
        present = [member.organisation for member in body.members if member.from_day <= day <= member.until_day]
        if any(held.get((organisation, signal), day) < day for organisation in present):
            for organisation in present:
                yield organisation, signal, day
