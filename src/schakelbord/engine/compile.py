"""Compile: from a story on a catalogue to links with day windows, each tagged with the obstacles that block it.

For each doll there is one network over the instances. A link (channel, escalation, hand-over) and a body have one
mask of obstacles for each phase of the doll's days (`obstacles.py`): 0 is open, any other is open only when all its
classes are dropped, and `NEVER` is never open. Higher bits say which part of a class it is, for repairs. Source:
engine design, "Compile" and "Settled details".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from schakelbord.engine.areas import NATION
from schakelbord.engine.catalogue import BodyType, Catalogue, ChannelType, Escalation, Ground
from schakelbord.engine.obstacles import (
    BORDER,
    GROUND,
    LAYER,
    NEVER,
    NOT_ASKED,
    ON_PAPER,
    PRACTICE,
    RECEIVER_ON_PAPER,
    SENDER_ON_PAPER,
    WITHIN_A_WEEK,
)
from schakelbord.engine.story import Story
from schakelbord.engine.world import Instance, Phase, World, age_obstacle, beats_of, fact_obstacle, set_world

LinkKind = Literal["channel", "escalation", "handover"]
EVERYTHING = "*"
A_WEEK = 7
BORDER_LINK = "~handover"


@dataclass(frozen=True, slots=True)
class Link:
    """A directed link between two instances for one doll.

    `type` is the id of its channel, or `lower>higher` for an escalation.

    `carries` has bit k for signal k of the network; `masks` one mask of obstacles a phase.
    """

    kind: LinkKind
    type: str
    sender: str
    receiver: str
    carries: int
    delay: int
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a body: an instance, with its own mask of obstacles a phase."""

    instance: str
    masks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A body at an area for one doll: it meets on `first_day` and every `every_days` after."""

    type: str
    area: str
    seats: tuple[Seat, ...]
    carries: int
    first_day: int
    every_days: int
    masks: tuple[int, ...]

    @property
    def id(self) -> str:
        """The body as it is written everywhere: `casusoverleg_zvh@r1`."""
        return f"{self.type}@{self.area}"


@dataclass(frozen=True, slots=True)
class Network:
    """Everything by which pieces about one doll can travel. `seen[instance][k]` is the first day it sees signal k
    itself.
    """

    doll: str
    horizon: int
    signals: tuple[str, ...]
    phases: tuple[Phase, ...]
    links: tuple[Link, ...]
    meetings: tuple[Meeting, ...]
    seen: dict[str, dict[int, int]]

    def number(self, signal: str) -> int | None:
        """The bit of a signal, or None when it does not occur about this doll."""
        return self.signals.index(signal) if signal in self.signals else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A story as networks, one for each doll about whom something is seen or happens."""

    world: World
    networks: dict[str, Network]


def compile_story(
    story: Story,
    catalogue: Catalogue,
    *,
    dolls: Collection[str] | None = None,
    signals: Collection[str] | None = None,
) -> Compiled:
    """Set the story in the country and make the network of every doll.

    Args:
        story: the story.
        catalogue: the system world.
        dolls: only these dolls; all by default.
        signals: only these signals; all by default.
    """
    world = set_world(story, catalogue)
    about = [doll.id for doll in story.dolls if dolls is None or doll.id in dolls]
    return Compiled(world, {doll: _network(world, doll, signals) for doll in about})


def bits_of(signals: tuple[str, ...], carried: Iterable[str]) -> int:
    """A bit for each of `signals` that is among those carried; `*` carries all."""
    wanted = set(carried)
    if EVERYTHING in wanted:
        return (1 << len(signals)) - 1
    return sum(1 << place for place, signal in enumerate(signals) if signal in wanted)


def _network(world: World, doll: str, only: Collection[str] | None) -> Network:
    seen, signals = _sights(world, doll, only)
    return Network(
        doll=doll,
        horizon=world.story.horizon,
        signals=signals,
        phases=world.phases[doll],
        links=(
            *_channels(world, doll, signals),
            *_escalations(world, doll, signals),
            *_border_links(world, doll, signals),
        ),
        meetings=tuple(_meetings(world, doll, signals)),
        seen=seen,
    )


def _sights(world: World, doll: str, only: Collection[str] | None) -> tuple[dict[str, dict[int, int]], tuple[str, ...]]:
    """Who sees which signal about a doll first on which day, and all signals that occur about it."""
    beats = list(beats_of(world.story))
    sights = [(beat.day, sight) for beat in beats for sight in beat.sees if sight.about == doll]
    happened = [row.signal for beat in beats for row in beat.happens if row.about == doll]
    occurring = dict.fromkeys([*(sight.signal for _, sight in sights), *happened])
    signals = tuple(signal for signal in occurring if only is None or signal in only)
    seen: dict[str, dict[int, int]] = {}
    for day, sight in sights:
        if sight.signal not in signals:
            continue
        instance = f"{sight.organisation}@{world.area(sight.organisation, sight.place)}"
        days = seen.setdefault(instance, {})
        number = signals.index(sight.signal)
        days[number] = min(days.get(number, day), day)
    return seen, signals


def ground_obstacle(ground: Ground | None) -> int:
    """GROUND when there is no ground, or only a bill, else 0."""
    return GROUND if ground is None or ground.status == "bill" else 0


def queue_days(catalogue: Catalogue, receiver: str) -> int:
    """The days a piece waits before an organisation of this type picks it up."""
    queue = catalogue.organisation[receiver].queue
    return queue.real_days if queue else 0


def _channels(world: World, doll: str, signals: tuple[str, ...]) -> Iterator[Link]:
    by_type: dict[str, list[Instance]] = {}
    for instance in world.instances:
        by_type.setdefault(instance.type, []).append(instance)
    for row in world.catalogue.channels:
        carries = bits_of(signals, row.carries)
        if not carries:
            continue
        delay = row.delay.days + queue_days(world.catalogue, row.to) + (row.queue.real_days if row.queue else 0)
        for sender in by_type.get(row.from_, ()):
            for receiver in by_type.get(row.to, ()):
                masks = _channel_masks(world, doll, row, sender, receiver)
                if sender != receiver and masks is not None:
                    yield Link("channel", row.id, sender.id, receiver.id, carries, delay, masks)


def _channel_masks(
    world: World, doll: str, row: ChannelType, sender: Instance, receiver: Instance
) -> tuple[int, ...] | None:
    """The obstacles of a channel between two instances in each phase; None when it never joins them."""
    if row.scope == "local" and not world.together(sender.area, receiver.area):
        return None
    phases = world.phases[doll]
    if row.scope == "handover":
        opened = _handed_over(world, doll, sender, receiver)
        if opened is None:
            return None
        reach = tuple(0 if phase.from_day >= opened else NEVER for phase in phases)
    else:
        reach = tuple(_reach_obstacle(world, row, sender.area, receiver.area, phase.place) for phase in phases)
    always = ground_obstacle(row.ground) | (PRACTICE | ON_PAPER if row.works == "paper" else 0)
    on_request = row.asked or (row.ground is not None and row.ground.asked)
    asked_on = world.asked.get((sender.type, receiver.id, doll), world.story.horizon + 1) if on_request else 0
    return tuple(
        always
        | far
        | age_obstacle(row.ages, phase.age)
        | fact_obstacle(row.requires, phase)
        | (PRACTICE | NOT_ASKED if phase.from_day < asked_on else 0)
        for phase, far in zip(phases, reach, strict=True)
    )


def _reach_obstacle(world: World, row: ChannelType, sender: str, receiver: str, place: str) -> int:
    """BORDER when a place-bound channel does not handle a doll that lives at a place, else 0."""
    if row.scope == "same_place":
        near = world.together(sender, receiver) and world.inside(sender, place) and world.inside(receiver, place)
        return 0 if near else BORDER
    if row.scope == "same_region":
        lives = place not in world.abroad
        near = world.same_region(sender, receiver) and all(
            area == NATION or (lives and world.same_region(area, place)) for area in (sender, receiver)
        )
        return 0 if near else BORDER
    return 0


def _handed_over(world: World, doll: str, sender: Instance, receiver: Instance) -> int | None:
    """The day of the first move that takes a doll from the area of the sender to that of the receiver, or None."""
    if sender.area == receiver.area:
        return None
    days = (
        move.day
        for move in world.moves
        if move.doll == doll
        and not {move.old, move.new} & world.abroad
        and world.inside(sender.area, move.old)
        and world.inside(receiver.area, move.new)
    )
    return min(days, default=None)


def _border_links(world: World, doll: str, signals: tuple[str, ...]) -> Iterator[Link]:
    """The hand-overs that every organisation would make if no border counted."""
    everything = (1 << len(signals)) - 1
    for move in world.moves:
        if move.doll != doll or {move.old, move.new} & world.abroad:
            continue
        masks = tuple(BORDER if phase.from_day >= move.day else NEVER for phase in world.phases[doll])
        for row in world.catalogue.organisations:
            old, new = (f"{row.id}@{world.area(row.id, place)}" for place in (move.old, move.new))
            if old != new and {old, new} <= world.known:
                yield Link("handover", BORDER_LINK, old, new, everything, 1, masks)


def _members(world: World, row: BodyType, area: str) -> list[tuple[Instance, bool]]:
    """The instances that sit in a body at an area, and whether only on paper."""
    return [
        (instance, member.works == "paper")
        for member in row.members
        for instance in world.instances
        if instance.type == member.organisation and world.together(instance.area, area)
    ]


def _may_discuss(world: World, doll: str, row: BodyType, area: str) -> tuple[int, ...]:
    """The obstacles for a body to discuss a doll, in each phase, apart from whether it works in practice."""
    always = ground_obstacle(row.ground)
    return tuple(
        always
        | age_obstacle(row.ages, phase.age)
        | fact_obstacle(row.requires, phase)
        | (0 if world.inside(area, phase.place) else BORDER)
        for phase in world.phases[doll]
    )


def _seat_masks(world: World, doll: str, area: str, instance: Instance, *, paper: bool) -> tuple[int, ...]:
    """The obstacles for a member to take part for a doll: only where it lives inside the member's own area."""
    seat = PRACTICE if paper else 0
    if NATION in (area, instance.area):
        return tuple(seat for _ in world.phases[doll])
    return tuple(seat | (0 if world.inside(instance.area, phase.place) else BORDER) for phase in world.phases[doll])


def _seats(world: World, doll: str, row: BodyType, area: str) -> tuple[Seat, ...]:
    return tuple(
        Seat(instance.id, _seat_masks(world, doll, area, instance, paper=paper))
        for instance, paper in _members(world, row, area)
    )


def _meetings(world: World, doll: str, signals: tuple[str, ...]) -> Iterator[Meeting]:
    for row in world.catalogue.bodies:
        carries = bits_of(signals, row.carries)
        if not carries:
            continue
        works = PRACTICE | ON_PAPER if row.works == "paper" else 0
        for area in world.areas(row.jurisdiction):
            masks = tuple(mask | works for mask in _may_discuss(world, doll, row, area))
            seats = _seats(world, doll, row, area)
            yield Meeting(row.id, area, seats, carries, row.rhythm.first_day, row.rhythm.every_days, masks)


def _escalations(world: World, doll: str, signals: tuple[str, ...]) -> Iterator[Link]:
    for row in world.catalogue.bodies:
        carries = bits_of(signals, row.carries)
        if not carries:
            continue
        for area in world.areas(row.jurisdiction):
            for step in row.escalates_to:
                yield from _escalation(world, doll, row, area=area, step=step, carries=carries)


def _escalation(
    world: World, doll: str, lower: BodyType, *, area: str, step: Escalation, carries: int
) -> Iterator[Link]:
    """From every member of the lower body to every member of the higher ones that belong to the same area."""
    may = _may_discuss(world, doll, lower, area)
    higher = world.catalogue.body[step.body]
    paper = LAYER if step.works == "paper" else 0
    for above in world.areas(higher.jurisdiction):
        if not world.together(area, above):
            continue
        for sender in _seats(world, doll, lower, area):
            for receiver in _seats(world, doll, higher, above):
                if sender.instance == receiver.instance:
                    continue
                masks = tuple(
                    discussed
                    | first
                    | second
                    | paper
                    | (SENDER_ON_PAPER if first & PRACTICE else 0)
                    | (RECEIVER_ON_PAPER if second & PRACTICE else 0)
                    for discussed, first, second in zip(may, sender.masks, receiver.masks, strict=True)
                )
                name = f"{lower.id}>{higher.id}"
                yield Link("escalation", name, sender.instance, receiver.instance, carries, step.delay.days, masks)
                if step.delay.days > A_WEEK:
                    soon = tuple(mask | LAYER | WITHIN_A_WEEK for mask in masks)
                    yield Link("escalation", name, sender.instance, receiver.instance, carries, A_WEEK, soon)
