"""What the kernel walks over, made once for a case: links that carry something, in the order in which they are used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schakelbord.engine.arrays import ArrayCase, Int, Start, Words
from schakelbord.engine.case import EVERYTHING

WORD = 64
"""Signals in a machine word."""

BLOCK_WORDS = 8
"""Words in one pass of the kernel: a cache line. By measurement, see docs/benchmarks.md."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Arrays of one case; links that carry nothing are gone.

    O organisations, C channels, B bodies, M memberships, D meetings, K masks, F wake-ups, N observations,
    W words of 64 signals. Signals are numbered by the day of their first observation, so that those which travel at
    the same time share words; `order[bit]` is the number in the case.
    """

    horizon: int
    organisations: int
    order: Int  # (S,) signal of every bit
    masks: Words  # (K, W)
    channel_start: Start  # (O + 1,) rows of a sender
    channel: Int  # (C, 5) receiver, delay, from_day, until_day, mask
    body_mask: Int  # (B,) row of masks
    member_start: Start  # (B + 1,)
    member: Int  # (M, 3) organisation, from_day, until_day
    day_start: Start  # (B + 1,)
    day: Int  # (D,) ascending within a body
    seat_start: Start  # (O + 1,) bodies of an organisation
    seat: Int  # (M',) body
    wake_day: Int  # (F,) ascending: meetings at which a member's window has begun
    wake_body: Int  # (F,)
    seen_day: Int  # (N,) ascending
    seen_organisation: Int  # (N,)
    seen_bit: Int  # (N,)

    @property
    def words(self) -> int:
        """Words of 64 signals that an organisation's row has."""
        return int(self.masks.shape[1])


def plan_of(case: ArrayCase) -> Plan:
    """Sort and index the links of a case for the kernel."""
    order = _order(case)
    bit = np.empty(len(order), dtype=np.int32)
    bit[order] = np.arange(len(order), dtype=np.int32)
    masks = _masks(case, bit)
    useful: npt.NDArray[np.bool_] = np.asarray(masks.any(axis=1))
    channel_start, channel = _channels(case, useful)
    bodies = _by_neighbourhood(case, np.flatnonzero(_meeting(case, useful)))
    member_start, member_rows = _rows(case.member_start, bodies)
    member = np.stack((case.member_organisation, case.member_from_day, case.member_until_day), axis=1, dtype=np.int32)[
        member_rows
    ]
    day_start, day_rows = _rows(case.day_start, bodies)
    day = case.day[day_rows]
    seat_start, seat = _seats(len(case.organisation_id), member, member_start)
    wake_day, wake_body = _wakes(member, member_start, day, day_start)
    seen = np.argsort(case.observation_day, kind="stable")
    return Plan(
        horizon=case.horizon,
        organisations=len(case.organisation_id),
        order=order,
        masks=masks,
        channel_start=channel_start,
        channel=channel,
        body_mask=case.body_types[bodies],
        member_start=member_start,
        member=member,
        day_start=day_start,
        day=day,
        seat_start=seat_start,
        seat=seat,
        wake_day=wake_day,
        wake_body=wake_body,
        seen_day=case.observation_day[seen],
        seen_organisation=case.observation_organisation[seen],
        seen_bit=bit[case.observation_signal[seen]],
    )


def _order(case: ArrayCase) -> Int:
    """Signals by the day of their first observation; as they are where one pass takes them all."""
    if len(case.signal_id) <= BLOCK_WORDS * WORD:
        return np.arange(len(case.signal_id), dtype=np.int32)
    first = np.full(len(case.signal_id), case.horizon + 1, dtype=np.int32)
    np.minimum.at(first, case.observation_signal, case.observation_day)
    return np.argsort(first, kind="stable").astype(np.int32)


def _masks(case: ArrayCase, bit: Int) -> Words:
    sets = len(case.types_start) - 1
    words = max(1, -(-len(bit) // WORD))
    masks = np.zeros((max(1, sets), words), dtype=np.uint64)
    for number in range(sets):
        kinds = case.types_name[case.types_start[number] : case.types_start[number + 1]]
        chosen = np.ones(len(bit), dtype=bool) if EVERYTHING in kinds else np.isin(case.signal_type, kinds)
        bits = bit[chosen].astype(np.uint64)
        np.bitwise_or.at(masks[number], bits // np.uint64(WORD), np.uint64(1) << bits % np.uint64(WORD))
    return masks


def _channels(case: ArrayCase, useful: npt.NDArray[np.bool_]) -> tuple[Start, Int]:
    kept = np.flatnonzero(useful[case.channel_types])
    kept = kept[np.argsort(case.channel_from[kept], kind="stable")]
    rows = np.stack(
        (
            case.channel_to[kept],
            # A delay past the horizon never arrives, and must not overflow when a day is added.
            np.minimum(case.channel_delay[kept], case.horizon + 1),
            case.channel_from_day[kept],
            case.channel_until_day[kept],
            case.channel_types[kept],
        ),
        axis=1,
        dtype=np.int32,
    )
    return _starts_by(case.channel_from[kept], len(case.organisation_id)), rows


def _meeting(case: ArrayCase, useful: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return useful[case.body_types] & (np.diff(case.day_start) > 0) & (np.diff(case.member_start) > 1)


def _by_neighbourhood(case: ArrayCase, bodies: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Bodies in the order of their first member: what is touched together then lies together in memory."""
    first = case.member_organisation[case.member_start[:-1][bodies]]
    return bodies[np.argsort(first, kind="stable")]


def _rows(start: Start, kept: npt.NDArray[np.intp]) -> tuple[Start, npt.NDArray[np.int64]]:
    """The rows of the bodies kept, and where each of them now starts."""
    lengths = (start[1:] - start[:-1])[kept]
    new_start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    shift = np.repeat(start[:-1][kept] - new_start[:-1], lengths)
    return new_start, np.arange(new_start[-1], dtype=np.int64) + shift


def _starts_by(owner: Int, owners: int) -> Start:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners)))).astype(np.int64)


def _seats(organisations: int, member: Int, member_start: Start) -> tuple[Start, Int]:
    """The bodies of every organisation, each once, also for somebody who is a member twice."""
    bodies = len(member_start) - 1
    body = np.repeat(np.arange(bodies, dtype=np.int64), np.diff(member_start))
    pairs = np.unique(member[:, 0].astype(np.int64) * max(1, bodies) + body)
    owner = (pairs // max(1, bodies)).astype(np.int32)
    return _starts_by(owner, organisations), (pairs % max(1, bodies)).astype(np.int32)


def _wakes(member: Int, member_start: Start, day: Int, day_start: Start) -> tuple[Int, Int]:
    """For every window that begins after day 0: the body, and its first meeting in that window or later."""
    body = np.repeat(np.arange(len(member_start) - 1, dtype=np.int64), np.diff(member_start))
    late = np.flatnonzero(member[:, 1] > 0)
    span = np.int64(1) << 32
    meeting = np.repeat(np.arange(len(day_start) - 1, dtype=np.int64), np.diff(day_start)) * span + day
    found = np.searchsorted(meeting, body[late] * span + member[late, 1])
    inside = found < day_start[body[late] + 1]
    pairs = np.unique(day[found[inside]] * span + body[late][inside])
    return (pairs // span).astype(np.int32), (pairs % span).astype(np.int32)
