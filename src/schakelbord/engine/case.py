"""A case: who may tell whom what, and when. The input of the low level of the engine.

Time is a whole number of days, 0 up to and including the horizon. All windows include both ends. One rule governs
everything: what you learn today you can pass on from tomorrow (strict time-respecting paths).
"""

from __future__ import annotations

import msgspec

EVERYTHING = "*"
"""The type that stands for all types."""


class Signal(msgspec.Struct, frozen=True):
    """A piece of knowledge; links ask its `type` before they carry it."""

    id: str
    type: str


class Observation(msgspec.Struct, frozen=True):
    """An organisation sees a signal itself, on a day."""

    signal: str
    organisation: str
    day: int


class Channel(msgspec.Struct, frozen=True):
    """A way from one organisation to another; `delay` in days, at least 1. The window bounds sending, not arriving."""

    id: str
    sender: str
    receiver: str
    types: tuple[str, ...]
    delay: int
    from_day: int
    until_day: int


class Member(msgspec.Struct, frozen=True):
    """An organisation at the table of a body, from day to day. Somebody may be a member twice."""

    organisation: str
    from_day: int
    until_day: int


class Body(msgspec.Struct, frozen=True):
    """Organisations that meet; `days` ascending, each once."""

    id: str
    types: tuple[str, ...]
    days: tuple[int, ...]
    members: tuple[Member, ...]


class Need(msgspec.Struct, frozen=True):
    """`organisation` should hold at least `at_least` of `signals`, on day `by` at the latest."""

    id: str
    organisation: str
    signals: tuple[str, ...]
    at_least: int
    by: int


class NewMember(msgspec.Struct, frozen=True):
    """A member that an option adds to a body."""

    body: str
    member: Member


class Option(msgspec.Struct, frozen=True):
    """A possible repair and its cost; everything it names happens together.

    `add_days` and `set_delay` go by body and channel, `add_types` by channel or body.
    """

    id: str
    cost: int
    add_days: dict[str, tuple[int, ...]] = {}
    add_channel: Channel | None = None
    add_member: NewMember | None = None
    set_delay: dict[str, int] = {}
    add_types: dict[str, tuple[str, ...]] = {}


class Case(msgspec.Struct, frozen=True):
    """A checked case. Every id that is named exists, every day lies in 0 .. horizon."""

    horizon: int
    organisations: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    observations: tuple[Observation, ...] = ()
    channels: tuple[Channel, ...] = ()
    bodies: tuple[Body, ...] = ()
    needs: tuple[Need, ...] = ()
    options: tuple[Option, ...] = ()


def carries(types: tuple[str, ...], kind: str) -> bool:
    """Whether a link that carries `types` carries a signal of type `kind`."""
    return EVERYTHING in types or kind in types
