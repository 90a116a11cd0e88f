"""A case as numbers and plain-Python bit sets: the form in which small cases are computed.

Organisations, channels and bodies are numbered in the order of the case. A set of signals is one Python integer, bit i
for signal i, so that one pass serves all signals however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schakelbord.engine.case import EVERYTHING, Body, Case, Channel, Signal


@dataclass(frozen=True, slots=True)
class NumberedChannel:
    """A channel: `mask` holds the signals it carries; days as in `Channel`."""

    sender: int
    receiver: int
    mask: int
    delay: int
    from_day: int
    until_day: int


@dataclass(frozen=True, slots=True)
class NumberedBody:
    """A body: `mask` holds the signals it carries, `days` ascend, `members` are (organisation, from_day, until_day)."""

    mask: int
    days: tuple[int, ...]
    members: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All channels, bodies and observations; observations are (day, organisation, bits)."""

    horizon: int
    size: int
    channels: tuple[NumberedChannel, ...]
    bodies: tuple[NumberedBody, ...]
    seen: tuple[tuple[int, int, int], ...]


class Numbering:
    """The numbers of organisations and signals of a case, and the masks of types."""

    def __init__(self, case: Case) -> None:
        self.organisation = {name: number for number, name in enumerate(case.organisations)}
        self.signal = {signal.id: number for number, signal in enumerate(case.signals)}
        self._of_type = _bits_of_types(case.signals)
        self._all = (1 << len(case.signals)) - 1

    def mask(self, types: Iterable[str]) -> int:
        """The bits of all signals that a link with these types carries."""
        bits = 0
        for kind in types:
            bits |= self._all if kind == EVERYTHING else self._of_type.get(kind, 0)
        return bits

    def channel(self, channel: Channel) -> NumberedChannel:
        """A channel as numbers."""
        return NumberedChannel(
            sender=self.organisation[channel.sender],
            receiver=self.organisation[channel.receiver],
            mask=self.mask(channel.types),
            delay=channel.delay,
            from_day=channel.from_day,
            until_day=channel.until_day,
        )

    def body(self, body: Body) -> NumberedBody:
        """A body as numbers."""
        members = tuple((self.organisation[m.organisation], m.from_day, m.until_day) for m in body.members)
        return NumberedBody(mask=self.mask(body.types), days=body.days, members=members)


def _bits_of_types(signals: Sequence[Signal]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for number, signal in enumerate(signals):
        bits[signal.type] = bits.get(signal.type, 0) | 1 << number
    return bits


def network_of(case: Case) -> Network:
    """The numbers and bit sets of a case."""
    number = Numbering(case)
    return Network(
        horizon=case.horizon,
        size=len(case.organisations),
        channels=tuple(number.channel(channel) for channel in case.channels),
        bodies=tuple(number.body(body) for body in case.bodies),
        seen=tuple(
            (o.day, number.organisation[o.organisation], 1 << number.signal[o.signal]) for o in case.observations
        ),
    )


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers of the bits that are on, from low to high."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits &= bits - 1
