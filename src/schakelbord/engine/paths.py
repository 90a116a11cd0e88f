"""Witness paths: how somebody came to hold a signal, hop by hop. A path is a proof that anyone can replay.

Nothing is recorded while computing: a path follows from the case and the days of `held`.

Which reading of "fewer hops": every sender on a path passes on what it holds as soon as it can, on its own `held` day,
so each pair (organisation, signal) has one predecessor. The other reading also counts paths on which somebody on the
way learns it later than it could; we do not. Among equal arrivals the path with fewer hops wins, then the smaller id of
the last link, then of its sender, and so on back from the end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from schakelbord.engine.case import Body, Case, Channel, carries

Key = tuple[str, str]
"""(organisation, signal)."""


class Hop(msgspec.Struct, frozen=True):
    """`receiver` got it on `day` by link `by` from `sender`. An observation has no sender: `by` is "observation"."""

    by: str
    receiver: str
    day: int
    sender: str | None = None

    def as_json(self) -> dict[str, str | int]:
        """As in the output of `reach --paths`."""
        if self.sender is None:
            return {"by": self.by, "at": self.receiver, "day": self.day}
        return {"by": self.by, "from": self.sender, "to": self.receiver, "day": self.day}


Step = tuple[int, str, str]
"""(hops, id of the link, sender): least is best."""


class Paths:
    """The paths of one case, found on request and remembered.

    Args:
        case: the case.
        held: first days of all its pairs, as `reach` found them.
    """

    def __init__(self, case: Case, held: Mapping[Key, int]) -> None:
        self._held = held
        self._types = {signal.id: signal.type for signal in case.signals}
        self._seen = {(seen.organisation, seen.signal, seen.day) for seen in case.observations}
        self._channels: dict[str, list[Channel]] = defaultdict(list)
        self._bodies: dict[str, dict[str, Body]] = defaultdict(dict)
        for channel in case.channels:
            self._channels[channel.receiver].append(channel)
        for body in case.bodies:
            for member in body.members:
                self._bodies[member.organisation][body.id] = body
        self._steps: dict[Key, Step] = {}

    def path(self, organisation: str, signal: str) -> tuple[Hop, ...]:
        """How `organisation` came to hold `signal`, the observation first.

        Raises:
            KeyError: it never holds it.
        """
        self._resolve((organisation, signal))
        hops: list[Hop] = []
        while True:
            hop_count, link, sender = self._steps[organisation, signal]
            day = self._held[organisation, signal]
            if hop_count == 0:
                hops.append(Hop(by="observation", receiver=organisation, day=day))
                return tuple(reversed(hops))
            hops.append(Hop(by=link, receiver=organisation, day=day, sender=sender))
            organisation = sender

    def _resolve(self, wanted: Key) -> None:
        """Find the best last step of a pair, after those of everybody it may have it from; no recursion."""
        waiting = [wanted]
        while waiting:
            key = waiting[-1]
            if key in self._steps:
                waiting.pop()
                continue
            senders = self._senders(key)
            unknown = [(sender, key[1]) for _, sender in senders if (sender, key[1]) not in self._steps]
            if unknown:
                waiting.extend(unknown)
            else:
                self._steps[key] = (
                    min((self._steps[sender, key[1]][0] + 1, link, sender) for link, sender in senders)
                    if senders
                    else (0, "", "")
                )
                waiting.pop()

    def _senders(self, key: Key) -> list[tuple[str, str]]:
        """Every (link, sender) by which the pair is held on its first day; none when it was observed that day."""
        organisation, signal = key
        day = self._held[key]
        if (organisation, signal, day) in self._seen:
            return []
        kind = self._types[signal]
        found = [
            (c.id, c.sender)
            for c in self._channels[organisation]
            if carries(c.types, kind) and self._arrives(c, signal, day)
        ]
        for body in self._bodies[organisation].values():
            if carries(body.types, kind) and _meets(body, day):
                present = {m.organisation for m in body.members if m.from_day <= day <= m.until_day}
                if organisation in present:
                    found.extend((body.id, other) for other in present if self._held.get((other, signal), day) < day)
        return found

    def _arrives(self, channel: Channel, signal: str, day: int) -> bool:
        since = self._held.get((channel.sender, signal))
        if since is None:
            return False
        sent_on = max(since, channel.from_day)
        return sent_on <= channel.until_day and sent_on + channel.delay == day


def _meets(body: Body, day: int) -> bool:
    place = bisect_left(body.days, day)
    return place < len(body.days) and body.days[place] == day
