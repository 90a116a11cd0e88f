"""A case as a structure of arrays, for cases that are too large for objects: the national ones, and `.npz` files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from schakelbord.engine.case import Body, Case, Channel, Member, Observation, Signal

Int = npt.NDArray[np.int32]
Start = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class ArrayCase:
    """The links of a case, column by column; `i` numbers organisations, signals and sets of types.

    O organisations, S signals, N observations, C channels, B bodies, M memberships, D meetings, K sets of types.
    Rows of a body (or set) b lie at `start[b] .. start[b + 1]` of its members, days (or types).
    """

    horizon: int
    organisation_id: Names  # (O,)
    signal_id: Names  # (S,)
    signal_type: Names  # (S,)
    observation_signal: Int  # (N,) i
    observation_organisation: Int  # (N,) i
    observation_day: Int  # (N,)
    types_start: Start  # (K + 1,)
    types_name: Names  # (types_start[K],)
    channel_id: Names  # (C,)
    channel_from: Int  # (C,) i
    channel_to: Int  # (C,) i
    channel_types: Int  # (C,) i
    channel_delay: Int  # (C,) days
    channel_from_day: Int  # (C,)
    channel_until_day: Int  # (C,)
    body_id: Names  # (B,)
    body_types: Int  # (B,) i
    member_start: Start  # (B + 1,)
    member_organisation: Int  # (M,) i
    member_from_day: Int  # (M,)
    member_until_day: Int  # (M,)
    day_start: Start  # (B + 1,)
    day: Int  # (D,) ascending within a body

    def attendances(self) -> int:
        """How many seats all meetings together have; the measure of the size of a case."""
        return int((np.diff(self.day_start) * np.diff(self.member_start)).sum())


def ints(values: object) -> Int:
    """Values as int32."""
    return np.asarray(values, dtype=np.int32).reshape(-1)


def names(values: object) -> Names:
    """Values as an array of text."""
    return np.asarray(values, dtype=np.str_).reshape(-1)


def starts(lengths: object) -> Start:
    """The start of every row in a flat array, from the lengths of the rows; one more than there are rows."""
    return np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64)))).astype(np.int64)


def arrays_of(case: Case) -> ArrayCase:
    """The links of a case as arrays. Needs and options stay behind: they are few."""
    organisation = {name: number for number, name in enumerate(case.organisations)}
    signal = {item.id: number for number, item in enumerate(case.signals)}
    carried = [*(channel.types for channel in case.channels), *(body.types for body in case.bodies)]
    type_sets = list(dict.fromkeys(carried))
    set_number = {types: number for number, types in enumerate(type_sets)}
    members = [member for body in case.bodies for member in body.members]
    return ArrayCase(
        horizon=case.horizon,
        organisation_id=names(case.organisations),
        signal_id=names([item.id for item in case.signals]),
        signal_type=names([item.type for item in case.signals]),
        observation_signal=ints([signal[o.signal] for o in case.observations]),
        observation_organisation=ints([organisation[o.organisation] for o in case.observations]),
        observation_day=ints([o.day for o in case.observations]),
        types_start=starts([len(types) for types in type_sets]),
        types_name=names([name for types in type_sets for name in types]),
        channel_id=names([c.id for c in case.channels]),
        channel_from=ints([organisation[c.sender] for c in case.channels]),
        channel_to=ints([organisation[c.receiver] for c in case.channels]),
        channel_types=ints([set_number[c.types] for c in case.channels]),
        channel_delay=ints([c.delay for c in case.channels]),
        channel_from_day=ints([c.from_day for c in case.channels]),
        channel_until_day=ints([c.until_day for c in case.channels]),
        body_id=names([body.id for body in case.bodies]),
        body_types=ints([set_number[body.types] for body in case.bodies]),
        member_start=starts([len(body.members) for body in case.bodies]),
        member_organisation=ints([organisation[m.organisation] for m in members]),
        member_from_day=ints([m.from_day for m in members]),
        member_until_day=ints([m.until_day for m in members]),
        day_start=starts([len(body.days) for body in case.bodies]),
        day=ints([day for body in case.bodies for day in body.days]),
    )


def case_of(arrays: ArrayCase) -> Case:
    """The same case as objects, without needs and options."""
    organisations: list[str] = arrays.organisation_id.tolist()
    signals: list[str] = arrays.signal_id.tolist()
    return Case(
        horizon=arrays.horizon,
        organisations=tuple(organisations),
        signals=tuple(
            Signal(id=name, type=kind) for name, kind in zip(signals, arrays.signal_type.tolist(), strict=True)
        ),
        observations=tuple(
            Observation(signal=signals[s], organisation=organisations[o], day=day)
            for s, o, day in zip(
                arrays.observation_signal.tolist(),
                arrays.observation_organisation.tolist(),
                arrays.observation_day.tolist(),
                strict=True,
            )
        ),
        channels=_channels(arrays, organisations),
        bodies=_bodies(arrays, organisations),
    )


def _type_sets(arrays: ArrayCase) -> list[tuple[str, ...]]:
    found: list[str] = arrays.types_name.tolist()
    bounds: list[int] = arrays.types_start.tolist()
    return [tuple(found[first:last]) for first, last in pairwise(bounds)]


def _channels(arrays: ArrayCase, organisations: list[str]) -> tuple[Channel, ...]:
    sets = _type_sets(arrays)
    columns = (
        arrays.channel_id,
        arrays.channel_from,
        arrays.channel_to,
        arrays.channel_types,
        arrays.channel_delay,
        arrays.channel_from_day,
        arrays.channel_until_day,
    )
    return tuple(
        Channel(
            id=name,
            sender=organisations[sender],
            receiver=organisations[receiver],
            types=sets[types],
            delay=delay,
            from_day=first,
            until_day=last,
        )
        for name, sender, receiver, types, delay, first, last in zip(*(c.tolist() for c in columns), strict=True)
    )


def _bodies(arrays: ArrayCase, organisations: list[str]) -> tuple[Body, ...]:
    sets = _type_sets(arrays)
    members = [
        Member(organisation=organisations[number], from_day=first, until_day=last)
        for number, first, last in zip(
            arrays.member_organisation.tolist(),
            arrays.member_from_day.tolist(),
            arrays.member_until_day.tolist(),
            strict=True,
        )
    ]
    days: list[int] = arrays.day.tolist()
    seats: list[int] = arrays.member_start.tolist()
    meetings: list[int] = arrays.day_start.tolist()
    return tuple(
        Body(
            id=name,
            types=sets[types],
            days=tuple(days[meetings[b] : meetings[b + 1]]),
            members=tuple(members[seats[b] : seats[b + 1]]),
        )
        for b, (name, types) in enumerate(zip(arrays.body_id.tolist(), arrays.body_types.tolist(), strict=True))
    )
