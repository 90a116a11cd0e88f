"""What options do to the network of a case: which of their changes help, which harm, which exclude each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schakelbord.engine.case import Case, Option
from schakelbord.engine.network import Network, NumberedBody, NumberedChannel, Numbering, network_of


@dataclass(frozen=True, slots=True)
class Change:
    """One option as numbers: days, members and masks go by body number, delays and masks by channel number."""

    days: dict[int, tuple[int, ...]]
    members: dict[int, tuple[tuple[int, int, int], ...]]
    body_masks: dict[int, int]
    channel_masks: dict[int, int]
    delays: dict[int, int]
    channels: tuple[NumberedChannel, ...]


class Workshop:
    """A case and its options, ready to be computed with any set of them."""

    def __init__(self, case: Case) -> None:
        self.base = network_of(case)
        self.number = Numbering(case)
        self._channel = {channel.id: number for number, channel in enumerate(case.channels)}
        self._body = {body.id: number for number, body in enumerate(case.bodies)}
        self.changes = tuple(self._change(option) for option in case.options)
        self.slower = tuple(self._slows(change) for change in self.changes)

    def _change(self, option: Option) -> Change:
        number = self.number
        added = option.add_member
        member = added and (
            number.organisation[added.member.organisation],
            added.member.from_day,
            added.member.until_day,
        )
        return Change(
            days={self._body[body]: days for body, days in option.add_days.items()},
            members={self._body[added.body]: (member,)} if added and member else {},
            body_masks={self._body[k]: number.mask(t) for k, t in option.add_types.items() if k in self._body},
            channel_masks={self._channel[k]: number.mask(t) for k, t in option.add_types.items() if k in self._channel},
            delays={self._channel[channel]: delay for channel, delay in option.set_delay.items()},
            channels=(number.channel(option.add_channel),) if option.add_channel else (),
        )

    def _slows(self, change: Change) -> bool:
        return any(delay > self.base.channels[channel].delay for channel, delay in change.delays.items())

    def exclude(self, one: int, other: int) -> bool:
        """Whether two options set the delay of the same channel, so that they cannot go together."""
        return not self.changes[one].delays.keys().isdisjoint(self.changes[other].delays)

    def network(self, chosen: Iterable[int], slowed: Iterable[int]) -> Network:
        """The network with the options `chosen`, as favourable as it could be.

        A channel takes the least delay that anybody sets, its own included; only the options in `slowed` make it slower
        as well. With no two options that exclude each other, and `slowed` equal to `chosen`, this is exactly the case
        with those options.
        """
        changes = [self.changes[option] for option in chosen]
        forced = {c: delay for option in slowed for c, delay in self.changes[option].delays.items()}
        channels, bodies = list(self.base.channels), list(self.base.bodies)
        for change in changes:
            channels.extend(change.channels)
            for channel, delay in change.delays.items():
                channels[channel] = _faster(channels[channel], delay)
            for channel, mask in change.channel_masks.items():
                channels[channel] = _carrying(channels[channel], mask)
            for body in {*change.days, *change.members, *change.body_masks}:
                bodies[body] = _extended(bodies[body], change, body)
        for channel, delay in forced.items():
            channels[channel] = _with_delay(channels[channel], delay)
        base = self.base
        return Network(base.horizon, base.size, channels=tuple(channels), bodies=tuple(bodies), seen=base.seen)


def _with_delay(channel: NumberedChannel, delay: int) -> NumberedChannel:
    return NumberedChannel(channel.sender, channel.receiver, channel.mask, delay, channel.from_day, channel.until_day)


def _faster(channel: NumberedChannel, delay: int) -> NumberedChannel:
    return _with_delay(channel, delay) if delay < channel.delay else channel


def _carrying(channel: NumberedChannel, mask: int) -> NumberedChannel:
    return NumberedChannel(
        channel.sender, channel.receiver, channel.mask | mask, channel.delay, channel.from_day, channel.until_day
    )


def _extended(body: NumberedBody, change: Change, number: int) -> NumberedBody:
    return NumberedBody(
        mask=body.mask | change.body_masks.get(number, 0),
        days=tuple(sorted({*body.days, *change.days.get(number, ())})),
        members=(*body.members, *change.members.get(number, ())),
    )
